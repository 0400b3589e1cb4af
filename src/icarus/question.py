"""What a turn asks for: a typed, inspectable object, and the kind of answer that its wording asks for."""

import re
from collections.abc import Sequence
from enum import StrEnum

from icarus.languages.lexicon import ENGLISH
from icarus.records import Category, Filters, FocusArea, Record
from icarus.wording import kinds, named, says

_NEGATED = re.compile(
    r"\b(?:not|no|except|excluding|without|leav(?:e|ing) out|rather than|other than)(?:\s+[\w'-]+){0,3}\s*$", re.I
)


_INCLUDED = re.compile(r"\s*(?:ones |tools |practices )?(?:included|inclusive)\b", re.I)  # 'diagnostics included'
_INCLUDING = re.compile(r"\b(?:counting|including|incl\.?)(?: the)?\s*$", re.I)
_FROM_TO = re.compile(
    r"\bfrom (?:[\w-]+ ){0,2}(?:diagnos|assess)\w* (?:[\w-]+ )?to (?:[\w-]+ ){0,2}evaluation\w*", re.I
)  # all of it
_EXCEPT = re.compile(
    r"(?:[,;(.?!]|\band\b|\bbut\b)?\s*\b(?:(?<=[,;.?!] )not(?! (?:only|just|sure|necessarily|really|yet|even|so)\b)|"
    r"but not|not (?:about|on|of|for|from|in|at|those|the ones?)|except(?: for)?|"
    r"(?:is|are) not(?= (?:an? )?(?:activit|diagnos|evaluat|assess))|"
    r"not (?:filed|listed|classed|counted) (?:under|as|in|among)|not counting|disregarding|ignoring|"
    r"(?:leave|leaving|setting) aside(?: what)?|leav(?:e|ing) out|skip(?:ping)?|"
    r"nothing (?:about|on|from|for|to do with)|excluding|other than|apart from|outside(?: of)?|"
    r"without(?= (?:the |any )?(?:ones?|those|tools|practices|projects)\b)|(?:(?<=, )|\bbut )without(?= the\b)|"
    r"(?:I|we) (?:already (?:know|have|use)|know(?= [^,;:.?!]{1,40} already\b))|"
    r"(?:take|taking) away|minus|(?:drop|dropping|remove|removing|omit|omitting|delete|deleting|discard|discarding)"
    r"(?= (?:all |any )?(?:those|the ones?|of those|everything|anything|what|whatever)\b)|"
    r"I (?:do not|don't) (?:mean|want|need))\b"
    r"(?P<what>[^,;:.?!)]+)\)?"
    r"|\b(?:if (?:I|we|you) )?(?:leav(?:e|ing) (?P<left>(?:[\w'’-]+ ){1,6}?)(?:away|out|aside)|"
    r"(?:set|put)(?:ting)? (?P<set>(?:[\w'’-]+ ){1,6}?)aside)\b"
    r"|\((?:so |but |and )?(?:not|no) (?P<bracketed>[^()]+)\)",
    re.I,
)


# 'Is it Liverpool?', 'is Arabic one of them?', 'I guess Lisbon?'
_GUESS = re.compile(
    r"(?:^|(?<=[.?!,;:–-])\s*|\b(?:and|or|so|but) )"
    r"(?:(?:[Ii]s|[Aa]re|[Ww]as|[Ww]ere) (?:it |this |that |they )?|[Mm]aybe |[Pp]erhaps |[Pp]robably |"
    r"I(?:'d| would)? (?:guess|think|suppose|bet|assume|believe|say) (?:it is |it's |it was |that it is )?)"
    r"(?P<name>(?!OK\b)[A-ZÀ-Ý][\w-]+(?: [A-ZÀ-Ý][\w-]+)*)"
    r"(?: (?:one of|among) (?:them|these|those)| included| (?:on|in) (?:it|the list))?\W*$"
)
_A_QUESTION = 4  # words that are left of a question without its guess, at least


_NARROWED = re.compile(r"\b(?:how many|which|that|who)\b", re.I)  # 'among those on organised crime, how many are about'


class Ask(StrEnum):
    """The kinds of answers that can be asked for."""

    FACT = "fact"
    LIST = "list"
    COUNT = "count"
    FIGURE = "figure"
    COMPARE = "compare"
    REASON = "reason"
    LINK = "link"
    OVERVIEW = "overview"
    SMALL_TALK = "small_talk"
    OUT_OF_SCOPE = "out_of_scope"


class Question(Record):
    """One turn as understood.

    `focus` is what is asked of the tools named, without their names; in a conversation, what the turn itself says.
    `topic` are the stems that are left when names, filters and scaffolding are set aside. `categories` has more than
    one member where tools in all of them are asked for. `excluded` are tools that a list is to leave out; `among`
    restricts it to tools shown before.
    `either` are the areas and categories of a list that names several: a tool is to be in one of each kind.
    `guess` is a name that the asker thinks is the answer.
    `language` is the code of the language asked in; all else is English, glossed where it is another. `limits` are the
    filters set by hand: nothing outside them is looked at. `carried` is a turn that leans on the topic of the one
    before, which the rules can only join to it.
    """

    asked: str
    standalone: str
    focus: str = ""
    ask: Ask
    filters: Filters = Filters()
    tools: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    either: tuple[FocusArea | Category, ...] = ()
    excluded: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    language: str = ENGLISH
    limits: Filters = Filters()
    carried: bool = False
    guess: str = ""


def kind_of(text: str, *, catalogued: bool = True) -> Ask:
    """What kind of answer a self-contained question asks for, by its wording.

    Args:
        text: the question.
        catalogued: whether there is a catalogue; without one, nothing is taken for a list or count of its tools.
    """
    if says("small_talk").search(text):
        return Ask.SMALL_TALK
    if is_out_of_scope(text):
        return Ask.OUT_OF_SCOPE
    of_a_catalogue = set() if catalogued else {Ask.LIST, Ask.COUNT}
    found = (Ask(ask) for ask, pattern in kinds() if pattern.search(text))
    return next((ask for ask in found if ask not in of_a_catalogue), Ask.FACT)


def is_out_of_scope(text: str) -> bool:
    """Whether a question asks for what a report assistant must not do: judge a person, advise on law, other jobs."""
    judged = says("person_suspected").search(text) and says("person_judged").search(text)
    others = ("person_accused", "legal_advice", "other_job")
    return bool(judged) or any(says(name).search(text) for name in others)


def parts_of_question(text: str) -> list[str]:
    """The questions in a question: 'who made it, and has it been evaluated?' holds two."""
    pieces = says("between_questions").split(text)
    parts: list[str] = []
    waiting = ""
    for piece in (p.strip(" ?.") for p in pieces if p.strip(" ?.")):
        whole = f"{waiting} {piece}".strip()
        asks = says("asking").search(piece)
        parts += [whole] if asks else []
        waiting = "" if asks else whole  # a topic before its question: 'In the audits, what share looks at access'
    return parts or [text]


def asks_for_a_tool(text: str) -> bool:
    """Whether a question is after one tool of a kind: 'which practice do you have from my country'."""
    return bool(says("one_tool").search(text))


def asks_about_strategies(text: str) -> bool:
    """Whether a question counts or compares authorities or their strategies, rather than being after a tool."""
    return bool(says("strategies").search(text) or says("reviewed").search(text))


def asks_of_the_report(text: str) -> bool:
    """Whether a question is after what a report concludes, rather than after a tool."""
    return bool(says("of_the_report").search(text))


def without_exceptions(text: str, *, listed: bool = False) -> tuple[str, str]:
    """A request for a list without what it excepts, and that: 'tools on X, not about Y' gives 'tools on X' and 'Y'.

    What is left must ask for a list by its words, unless it is known (`listed`) to be after one.
    """
    excepted = " ".join(match[match.lastgroup or 0] for match in _EXCEPT.finditer(text))
    wanted = " ".join(_EXCEPT.sub(" ", text).split())
    asks = listed or kind_of(wanted) in {Ask.LIST, Ask.COUNT} or (categories_in(wanted) and focus_areas_in(wanted))
    return (wanted, excepted.strip()) if excepted and asks else (text, "")


def without_guess(text: str) -> tuple[str, str]:
    """A question without the answer that its asker guesses, and that: what is looked up is the question alone."""
    match = _GUESS.search(text)
    if not match:
        return text, ""
    rest = text[: match.start()].rstrip(" ,;:–-")
    return (rest if len(rest.split()) >= _A_QUESTION else text), match["name"]


def wants_both(text: str) -> bool:
    """Whether a list asks for tools that stand in several categories at once."""
    return bool(says("both_categories").search(text))


def focus_areas_in(text: str) -> list[FocusArea]:
    """The focus areas that a question names, in their usual order."""
    return [FocusArea(name) for name, pattern in named("focus_area").items() if pattern.search(text)]


def categories_in(text: str) -> list[Category]:
    """The categories of tools that a question names; 'not the diagnostic ones' names none."""
    found = []
    text = _FROM_TO.sub(" ", text)
    for name, pattern in named("category").items():
        matches = [m for m in pattern.finditer(text) if not _INCLUDED.match(text[m.end() :])]
        before = [text[: match.start()] for match in matches]
        if any(not (_NEGATED.search(words) or _INCLUDING.search(words)) for words in before):
            found.append(Category(name))
        text = pattern.sub(" ", text)
    return found


def without_focus_areas(text: str) -> str:
    """The text without the words that name focus areas."""
    return " ".join(_without(text, "focus_area").split())


def without_filters(text: str) -> str:
    """The text without the words that name focus areas and categories."""
    return _without(text, "focus_area", "category")


def parts_of_areas(text: str) -> str:
    """What a text asks for that is a part of a focus area: 'human trafficking', unless it names all of it too.

    It may name the whole first: 'of the tools on organised crime, which are about human trafficking?'
    """
    areas = named("focus_area")
    parts = {name: pattern for name, pattern in named("part_of_area").items() if pattern.search(text)}
    told = [(name, p, piece) for name, p in parts.items() for piece in _NARROWED.split(text) if p.search(piece)]
    alone = [(p, piece) for name, p, piece in told if not areas[name].search(p.sub(" ", piece))]
    return " ".join(match.group() for pattern, piece in alone for match in pattern.finditer(piece))


def _without(text: str, *tables: str) -> str:
    for pattern in (pattern for table in tables for pattern in named(table).values()):
        text = pattern.sub(" ", text)
    return text


def either_of(areas: Sequence[FocusArea], categories: Sequence[Category]) -> tuple[FocusArea | Category, ...]:
    """The areas and categories of which a tool is to be in one: those of a question that names several of a kind."""
    return (*(areas if len(areas) > 1 else ()), *(categories if len(categories) > 1 else ()))


def filters_of(
    areas: Sequence[FocusArea], categories: Sequence[Category], place: str | None, theme: str | None
) -> Filters:
    """Filters for a question that names at most one area and one category; several name no filter."""
    return Filters(
        focus_area=areas[0] if len(areas) == 1 else None,
        category=categories[0] if len(categories) == 1 else None,
        place=place,
        theme=theme,
    )
