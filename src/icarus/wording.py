"""The wording of questions and of answers to them, compiled from `data/wording.toml`."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple


class Attribute(NamedTuple):
    """Something that can be asked of a thing: what to call it, how it is asked for, and how a sentence states it."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("icarus").joinpath("data/wording.toml").read_text("utf-8"))


@cache
def _words(name: str) -> str:
    return "(?:" + "|".join(_filled(word) for word in _data()["words"][name]) + ")"


def _filled(expression: str) -> str:
    return re.sub(r"<([a-z_]+)>", lambda match: _words(match.group(1)), expression)


def _compiled(alternatives: list[str], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_filled(alternative)})" for alternative in alternatives), flags)


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
    entries = _data()["attribute"]
    return tuple(Attribute(e["name"], _compiled(e["asked"]), _compiled(e["given"], re.NOFLAG)) for e in entries)
