"""Questions that ask the same of each of several things: 'what did it change, for schools, for gangs and in parks?'"""

import re

_PREPOSITION = "for|in|on|against|about|among|towards|at|within|inside"
_NO_MEMBER = f"{_PREPOSITION}|and|or|but|to|that|which|who|what|how|is|are|was|were|do|does|did|by|from|with"
_WORD = rf"(?!(?:{_NO_MEMBER})\b)[\w'’/-]+"
_MEMBER = rf"\b(?:{_PREPOSITION}) {_WORD}(?: {_WORD}){{0,5}}"
_THEN = r"(?:,|,? (?:and|or|but|as well as)(?: also| then)?)"
_LAST = re.compile(r"\b(?:and|or|but|as well as)\b", re.I)
_ASKING = re.compile(
    r"\b(?:how|what|who|which|when|where|why|is|are|was|were|do|does|did|has|have)\b", re.I
)  # 'people quarrel in the blocks and in the park: who has dealt with that?' asks it of neither
_SENTENCES = re.compile(r"[.!?]\s+")
_MEMBERS = re.compile(rf"{_MEMBER}(?:{_THEN} {_MEMBER})+", re.I)


def coordinated(text: str) -> list[str]:
    """The question asked of each thing that it enumerates, in their order; none where it enumerates nothing.

    The members of an enumeration begin with prepositions, two with the same one: 'for youth and for gangs'.
    """
    found = _MEMBERS.search(text)
    if not found or not _LAST.search(found.group()) or not _ASKING.search(_SENTENCES.split(text[: found.start()])[-1]):
        return []
    members = re.findall(_MEMBER, found.group(), re.I)
    if len(members) == 2 and len({member.split()[0].lower() for member in members}) == 2:
        return []
    before = text[: found.start()].rstrip(" ,")
    return [f"{before} {member}{text[found.end() :]}" for member in members]
