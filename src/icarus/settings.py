"""Every knob in one typed place: environment variables `ICARUS_*`, or a `.env` file in the working folder."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things are and how the assistant behaves; each field is the variable ICARUS_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="ICARUS_", env_file=".env", extra="ignore", frozen=True)

    corpus: Path = Field(default=Path("corpus"), description="folder with the deliverables and their manifest")
    index: Path = Field(default=Path(".icarus/index"), description="folder that holds the published index")
    embedding_model: str = Field(
        default="all-MiniLM-L6-v2",
        description="sentence-transformers model: the built-in all-MiniLM-L6-v2, or a folder or hub name of another",
    )
    query_threads: int = Field(default=1, ge=1, description="threads that encode a question; more was slower")
    max_question_chars: int = Field(default=4000, ge=1, description="longest question that is taken, in characters")
    host: str = Field(default="127.0.0.1", description="address that the chat window, or the HTTP API, listens on")
    port: int = Field(default=7860, ge=1, le=65535, description="port that the chat window listens on")
    api_port: int = Field(default=7861, ge=1, le=65535, description="port that the HTTP API listens on")
    api_token: SecretStr | None = Field(
        default=None, description="bearer token that the HTTP API asks for; it must, where others can reach it"
    )


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Settings of this process, read once.

    Raises:
        pydantic.ValidationError: a variable has a value of the wrong kind.
    """
    return Settings()
