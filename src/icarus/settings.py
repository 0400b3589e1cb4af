"""Every knob in one typed place: environment variables `ICARUS_*`, or a `.env` file in the working folder."""

from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ChromaServer(BaseModel):
    """A Chroma server, and the token that it wants, if any."""

    model_config = ConfigDict(frozen=True)

    url: HttpUrl
    token: SecretStr | None = None

    def __str__(self) -> str:
        """Its address, as it is shown: without a password that the address may hold."""
        return f"{self.url.scheme}://{self.url.host}:{self.url.port}"


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
    chroma_url: HttpUrl | None = Field(
        default=None,
        description="address of a Chroma server, as http://localhost:8000, that holds the vectors; "
        "without one they are in the index folder",
    )
    chroma_token: SecretStr | None = Field(default=None, description="bearer token that this server wants, if any")
    host: str = Field(default="127.0.0.1", description="address that the chat window listens on")
    port: int = Field(default=7860, ge=1, le=65535, description="port that the chat window listens on")

    @property
    def chroma(self) -> ChromaServer | None:
        """The Chroma server, if there is one."""
        return ChromaServer(url=self.chroma_url, token=self.chroma_token) if self.chroma_url else None


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Settings of this process, read once.

    Raises:
        pydantic.ValidationError: a variable has a value of the wrong kind.
    """
    return Settings()
