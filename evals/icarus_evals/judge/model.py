"""The judging language model, behind any server that speaks the OpenAI protocol for chats."""

import json
import re
from typing import Any

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from icarus_evals.errors import EvalError

SEED = 0
_FIRST_OBJECT = re.compile(r"\{.*\}", re.DOTALL)


class JudgeSettings(BaseSettings):
    """Where the judge is; each field is the variable ICARUS_JUDGE_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="ICARUS_JUDGE_", env_file=".env", extra="ignore", frozen=True)

    api_base: str = Field(default="", description="address of the server, such as http://127.0.0.1:8080/v1")
    model: str = Field(default="", description="name of the model that judges")
    api_key: str = Field(default="", description="key of the server, where it asks for one")
    timeout: float = Field(default=60.0, gt=0, description="seconds that one answer of the judge may take")


class UnreadableVerdictError(EvalError):
    """The judge answered something that is no verdict."""


class Judge:
    """Asks a model for JSON, at temperature 0 and with a fixed seed."""

    def __init__(self, settings: JudgeSettings) -> None:
        self._settings = settings
        self.name = settings.model

    @classmethod
    def open(cls, settings: JudgeSettings | None = None) -> "Judge":
        """The judge that the settings name.

        Raises:
            EvalError: none is set up.
        """
        settings = settings or JudgeSettings()
        if not settings.api_base or not settings.model:
            raise EvalError("No judge is set up: set ICARUS_JUDGE_API_BASE and ICARUS_JUDGE_MODEL.")
        return cls(settings)

    def ask(self, prompt: str) -> dict[str, Any]:
        """The JSON object in the model's answer to a prompt.

        Raises:
            UnreadableVerdictError: the answer holds no JSON object.
            EvalError: the server cannot be reached or answers with an error.
        """
        content = self._content(prompt)
        found = _FIRST_OBJECT.search(content)
        try:
            verdict = json.loads(found.group()) if found else None
        except ValueError:
            verdict = None
        if not isinstance(verdict, dict):
            raise UnreadableVerdictError(f"The judge {self.name} gave no verdict in JSON.")
        return verdict

    def _content(self, prompt: str) -> str:
        import httpx

        address = self._settings.api_base.rstrip("/") + "/chat/completions"
        headers = {"Authorization": f"Bearer {self._settings.api_key}"} if self._settings.api_key else {}
        asked = {
            "model": self.name,
            "messages": [{"role": "user", "content": prompt}],
            "temperature": 0,
            "seed": SEED,
        }
        try:
            answer = httpx.post(address, json=asked, headers=headers, timeout=self._settings.timeout)
            answer.raise_for_status()
            return str(answer.json()["choices"][0]["message"]["content"] or "")
        except httpx.HTTPError as error:
            raise EvalError(f"The judge at {self._settings.api_base} does not answer: {_sentence(error)}.") from error
        except (ValueError, LookupError, TypeError) as error:
            raise EvalError(f"{self._settings.api_base} does not speak the OpenAI protocol for chats.") from error


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
