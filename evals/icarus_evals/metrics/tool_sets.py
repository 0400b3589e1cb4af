"""Whether the tool cards shown are the ones meant: sets, their order, the number stated, the place cited.

Names are compared by letters and digits, with the aliases of the cards shown. Precision, recall and F1 of sets are
van Rijsbergen's (Information Retrieval, 1979, chapter 7).
"""

import re
from dataclasses import dataclass

from icarus.records import ToolSummary
from icarus_evals.cases import CaseType
from icarus_evals.matching import NUMBER_WORDS, norm, tool_key, without_markers
from icarus_evals.metrics.subject import Figures, Subject

SET_TYPES = frozenset({CaseType.LIST, CaseType.COUNT, CaseType.LOOKUP, CaseType.COMPARE})
_NUMBER = re.compile(r"(?<![\w.,])(\d+|" + "|".join(NUMBER_WORDS) + r"|no|none)(?![\w%]|[.,]\d)")
_NONE = frozenset({"no", "none", "zero"})


@dataclass(frozen=True)
class SetMatch:
    """How a set of shown tools meets the gold set: tools in both, shown in excess, and missing."""

    right: int
    extra: int
    missing: int

    @property
    def precision(self) -> float:
        """Share of the shown tools that are gold; where none is shown, 1 if none is gold, else 0."""
        return self.right / (self.right + self.extra) if self.right + self.extra else float(not self.missing)

    @property
    def recall(self) -> float:
        """Share of the gold tools that are shown; 1 where none is gold."""
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 1 where nothing is gold and nothing shown."""
        total = 2 * self.right + self.extra + self.missing
        return 2 * self.right / total if total else 1.0

    @property
    def exact(self) -> bool:
        """No tool more and no tool fewer."""
        return not self.extra and not self.missing


def match_tools(gold_names: tuple[str, ...], shown: tuple[ToolSummary, ...]) -> SetMatch:
    """Gold names against shown cards; a card counts under its name and each of its aliases."""
    gold = {tool_key(name) for name in gold_names}
    names = {tool_key(tool.name) for tool in shown}
    aliases = {tool_key(a): tool_key(tool.name) for tool in shown for a in tool.aliases}
    right = {key for key in gold if key in names or key in aliases}
    used = {aliases.get(key, key) for key in right}
    return SetMatch(len(right), len(names - used), len(gold) - len(right))


def tool_figures(subject: Subject) -> Figures:
    """`tools_f1`, `tools_precision`, `tools_recall`, `exact`, `count`, `tools_cited` and `first`, where they apply."""
    return {**_set_figures(subject), **_count_figure(subject), **_cited_figure(subject), **_first_figure(subject)}


def _set_figures(subject: Subject) -> Figures:
    case = subject.case
    if not case.answerable or case.type not in SET_TYPES or case.tools is None:
        return {}
    if not case.tools and case.type is not CaseType.LIST and not case.is_catalogue:
        return {}
    match = match_tools(case.tools, subject.reply.tools)
    figures = {}
    if case.tools or case.type is CaseType.LIST:
        figures["tools_f1"] = match.f1
    if case.is_catalogue:
        if "tools_f1" in figures:
            figures["exact"] = float(match.exact)
        figures |= {"tools_precision": match.precision, "tools_recall": match.recall}
    return figures


def _count_figure(subject: Subject) -> Figures:
    """1 where the first number of the answer is the number of gold tools, and so many cards are shown."""
    case = subject.case
    if case.type is not CaseType.COUNT or case.tools is None:
        return {}
    right = len(case.tools)
    return {"count": float(first_number(subject.reply.answer) == right and len(subject.reply.tools) == right)}


def first_number(answer: str) -> int | None:
    """The first whole number of an answer, in digits or as a word ('no' and 'none' are 0); None without one."""
    found = _NUMBER.search(norm(without_markers(answer)))
    if found is None:
        return None
    word = found.group(1)
    return 0 if word in _NONE else int(NUMBER_WORDS.get(word, word))


def _cited_figure(subject: Subject) -> Figures:
    """Share of the cards of a list, count or comparison that a citation names, or whose page a citation is on."""
    tools = subject.reply.tools
    if subject.case.type not in {CaseType.LIST, CaseType.COUNT, CaseType.COMPARE} or not tools:
        return {}
    ids = {c.tool for c in subject.reply.citations if c.tool}
    return {"tools_cited": sum(tool.id in ids for tool in tools) / len(tools)}


def _first_figure(subject: Subject) -> Figures:
    """Whether the first card of a paraphrase is a gold tool."""
    case = subject.case
    if case.type is not CaseType.PARAPHRASE or not case.tools:
        return {}
    gold = {tool_key(name) for name in case.tools}
    cards = subject.reply.tools[:1]
    return {"first": float(any(tool_key(n) in gold for card in cards for n in (card.name, *card.aliases)))}
