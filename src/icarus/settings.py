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
    host: str = Field(default="127.0.0.1", description="address that the chat window listens on")
    port: int = Field(default=7860, ge=1, le=65535, description="port that the chat window listens on")
    password: SecretStr | None = Field(default=None, description="one password for all who use the window")
    users: Path | None = Field(
        default=None, description="file of who may log in, as `htpasswd -B` writes it, instead of one password"
    )
    user_header: str | None = Field(
        default=None, description="header in which a trusted proxy names who has logged in with it"
    )
    trusted_proxies: str | None = Field(
        default=None, description="addresses or networks of proxies that are believed, with commas between"
    )
    host_names: str | None = Field(
        default=None, description="names under which others reach the window, with commas between; others are refused"
    )
    open_to_all: bool = Field(default=False, description="serve to others without a login")
    questions_per_minute: int = Field(
        default=20, ge=0, description="questions that one visitor may ask a minute when served to others; 0: no limit"
    )
    keep_feedback: bool = Field(default=False, description="show thumbs under answers and keep what is sent")
    keep_questions: bool = Field(default=False, description="keep what is asked and how it was answered")
    kept: Path = Field(default=Path(".icarus/kept"), description="folder for feedback and questions that are kept")
    keep_days: int = Field(default=30, ge=1, description="days after which they are deleted")


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Settings of this process, read once.

    Raises:
        pydantic.ValidationError: a variable has a value of the wrong kind.
    """
    return Settings()
