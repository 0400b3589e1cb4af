"""The wording of questions and of answers to them, compiled from `data/wording.toml` and `data/attributes.toml`."""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Attribute:
    """Something that can be asked of a thing: what to call it, how it is asked for, and how a sentence states it."""

    name: str
    asked: re.Pattern[str]
    stated: tuple[str, ...]

    @cached_property
    def given(self) -> re.Pattern[str]:
        """How a sentence states it; compiled where it is asked for, for a first question should not wait for all."""
        return _compiled(self.stated, re.NOFLAG)


@cache
def _data(name: str = "wording") -> dict[str, Any]:
    return tomllib.loads(resources.files("icarus").joinpath(f"data/{name}.toml").read_text("utf-8"))


def filled(expression: str, words: Callable[[str], Iterable[str]]) -> str:
    """An expression with each <name> replaced by its words as alternatives, which may hold names themselves."""

    def alternatives(match: re.Match[str]) -> str:
        return "(?:" + "|".join(filled(word, words) for word in words(match.group(1))) + ")"

    return re.sub(r"<([a-z_]+)>", alternatives, expression)


def _words(name: str) -> list[str]:
    found: list[str] = _data()["words"][name]
    return found


def _compiled(alternatives: Iterable[str], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{filled(alternative, _words)})" for alternative in alternatives), flags)


@cache
def says(name: str) -> re.Pattern[str]:
    """The pattern of a wording by name: 'small_talk', 'ranking', 'which_place'."""
    return _compiled(_data()["says"][name])


@cache
def kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What kind of answer a wording asks for, in the order in which they are tried."""
    return tuple((entry["ask"], _compiled(entry["any"])) for entry in _data()["kind"])


@cache
def named(table: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a table of names: of the focus areas ('focus_area') or categories ('category') in questions."""
    return {name: _compiled(alternatives) for name, alternatives in _data()[table].items()}


@cache
def attributes() -> tuple[Attribute, ...]:
    """Every attribute that the product looks for by itself."""
    entries = _data("attributes")["attribute"]
    return tuple(Attribute(e["name"], _compiled(e["asked"]), tuple(e["given"])) for e in entries)
