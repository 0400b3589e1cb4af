"""Names of tools: mend line ends inside them, and find the other names that a reader may use."""

import re
from collections.abc import Callable, Iterable

from icarus.text import squash
from icarus_ingest.places import places_in

_LINE_END_HYPHEN = re.compile(r"(\w+)- (\w+)")
_BRACKET = re.compile(r"\(([^()]+)\)")
_QUOTED = re.compile(r"[\"“]([^\"”“]+)[\"”]")
_QUOTE = re.compile(r"[\"“”]")
_JOINT = re.compile(r"\s*:\s+|\s+[-–]\s+|(?<=[a-z])-\s+(?=[A-Z])|\s:\s|,\s+(?=[A-Z])")
_PLACE_PART = re.compile(
    r"(?:the\s+)?(?:city|town|municipality|region|province|state)\s+of\b.*|.*\b(?:region|municipality)$", re.I
)
_ACRONYM_OF = re.compile(r"(\S+?!?)(?:\s+(?:Project|Toolkit|Toolbox|Methodology)\b|(?<=!)\s)")
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.I)
_FEW_WORDS = 3


def mend(name: str, occurs: Callable[[str], bool]) -> str:
    """A name without the space that a line end left after a hyphen; `occurs` tells whether a form stands elsewhere."""

    def joined(match: re.Match[str]) -> str:
        whole = f"{match.group(1)}-{match.group(2)}"
        return whole if match.group(2)[0].islower() or occurs(whole) else match.group()

    return _LINE_END_HYPHEN.sub(joined, name)


def other_names(name: str, printed: str, is_rare: Callable[[str], bool], is_word: Callable[[str], bool]) -> list[str]:
    """Other names of a tool, most alike first.

    `is_rare` tells whether a short name has a word that only this tool has; `is_word` whether one is a plain
    word of the document. Short names that fit other tools as well are left out.
    """
    found = [printed, _BRACKET.sub("", name), *_bracketed(name, is_word), *_QUOTED.findall(name)]
    bare = _BRACKET.sub("", name)
    parts = [p for p in _JOINT.split(bare) if p]
    if len(parts) > 1:
        found += [_without_places(bare, parts), *(p for p in parts if _stands_alone(p, bare))]
    if match := _ACRONYM_OF.match(bare):
        found += [match.group(1)] if _is_acronym(match.group(1)) or "Project" in match.group() else []
    found += [re.sub(r"\.(com|org|net|eu)$", "", bare)]
    cleaned = [re.sub(r"\s+", " ", f).strip(' ,;:-–"“”') for f in found]
    return _unique((f for f in cleaned if _is_telling(f, is_rare)), besides=name)


def forms(name: str) -> Iterable[str]:
    """A name with and without its article."""
    yield name
    bare = _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name
    if bare != name:
        yield bare


def _bracketed(name: str, is_word: Callable[[str], bool]) -> list[str]:
    """What stands in brackets; two words that a line end may have made of one are joined as well."""
    found = []
    for inner in _BRACKET.findall(name):
        if re.search(r"\bprojects?\b", inner, re.I):
            continue
        found.append(inner)
        first, _, second = inner.partition(" ")
        if second and second.islower() and " " not in second and not is_word(second):
            found.append(first + second)
    return found


def _without_places(name: str, parts: list[str]) -> str:
    for part in parts:
        if _PLACE_PART.fullmatch(part.strip()):
            name = name.replace(part, "")
    return name


def _stands_alone(part: str, name: str) -> bool:
    """Whether a part of a name can be used for it: no place, and no plain word before a dash ('Comedy - ...')."""
    part = part.strip()
    if _PLACE_PART.fullmatch(part) or (len(part.split()) <= _FEW_WORDS and _is_place(part)):
        return False
    return " " in part or _is_acronym(part) or not re.search(re.escape(part) + r"\s+[-–]", name)


def _is_place(part: str) -> bool:
    return any(squash(place.name) == squash(part) for place in places_in(f"City of {part}"))


def _trimmed(name: str) -> str:
    """A name without loose punctuation; quotation marks go where they hold all of it, or stand alone."""
    name = re.sub(r"\s+", " ", name).strip(" ,;:-–")
    marks = len(_QUOTE.findall(name))
    holds_all = marks == 2 and bool(_QUOTE.match(name)) and bool(_QUOTE.match(name[-1]))
    return name.strip('"“”') if holds_all or marks == 1 else name


def _is_acronym(word: str) -> bool:
    return sum(c.isupper() for c in word) >= 2


def _is_telling(name: str, is_rare: Callable[[str], bool]) -> bool:
    words = [w for w in re.findall(r"\w+", name) if len(w) > 2 or w.isupper()]
    if len(squash(name)) < 3 or name.isdigit():
        return False
    return len(words) > _FEW_WORDS or is_rare(name)


def _unique(names: Iterable[str], besides: str) -> list[str]:
    seen, kept = {besides}, []
    for name in names:
        if name and name not in seen:
            seen.add(name)
            kept.append(name)
    return kept
