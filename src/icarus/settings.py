"""Every knob in one typed place: environment variables `ICARUS_*`, or a `.env` file in the working folder."""

from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr, ValidationInfo, field_validator
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
    host: str = Field(default="127.0.0.1", description="address that the chat window, or the HTTP API, listens on")
    port: int = Field(default=7860, ge=1, le=65535, description="port that the chat window listens on")
    api_port: int = Field(default=7861, ge=1, le=65535, description="port that the HTTP API listens on")
    api_token: SecretStr | None = Field(
        default=None, description="bearer token that the HTTP API asks for; it must, where others can reach it"
    )
    stop_seconds: float = Field(
        default=20.0, ge=0, le=600, description="seconds that answers on their way may take when a server is stopped"
    )
    metrics: bool = Field(default=False, description="give figures for Prometheus at `/metrics`, to who may log in")
    log_format: Literal["text", "json"] = Field(
        default="text",
        description="`json`: servers log a JSON line for each question and request, without what is asked",
    )
    log_addresses: bool = Field(default=False, description="log who asks, by internet address, in these lines")
    llm_base_url: str | None = Field(
        default=None,
        description="address of an OpenAI-compatible server that words answers, such as `http://127.0.0.1:11434/v1`",
    )
    llm_model: str | None = Field(
        default=None, validate_default=True, description="name of the language model on that server"
    )
    llm_api_key: SecretStr | None = Field(default=None, description="key of that server, where it asks for one")
    llm_timeout: float = Field(
        default=20.0, gt=0, le=600, description="seconds that it may take for a turn; then the report is quoted"
    )
    llm_max_tokens: int = Field(default=400, ge=16, le=8192, description="longest answer it may write, in tokens")
    llm_condense: bool = Field(
        default=True, description="let it restate a follow-up question that the rules can only join to the one before"
    )
    llm_price_in: float = Field(default=0.0, ge=0, description="price of a million tokens sent, in your currency")
    llm_price_out: float = Field(default=0.0, ge=0, description="price of a million tokens received")
    llm_daily_tokens: int | None = Field(default=None, ge=0, description="most tokens a day, sent and received")
    llm_daily_cost: float | None = Field(default=None, ge=0, description="most that a day may cost")
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

    @property
    def llm_on(self) -> bool:
        """Whether a language model words answers."""
        return self.llm_base_url is not None

    @field_validator("llm_base_url", "llm_model", "llm_api_key", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("llm_base_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value.strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("it is to be an address such as http://127.0.0.1:11434/v1")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("it is to be a plain address; a key belongs into ICARUS_LLM_API_KEY")
        return value.strip().rstrip("/")

    @field_validator("llm_model")
    @classmethod
    def _goes_with_an_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("llm_base_url"):
            raise ValueError("ICARUS_LLM_BASE_URL needs the name of a model beside it")
        return value

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
