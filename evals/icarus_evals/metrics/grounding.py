"""Numbers and names in an answer that nothing it cites holds: the marks of something made up.

After the entity and number checks of factual-consistency work (Nan et al., EACL 2021, 'entity-level factual
consistency'; here with words in place of a tagger). Besides what is cited, the question's own words, the cards shown
and how many there are, and the pages named count as known.
"""

import re
from collections import Counter

from icarus.records import Reply
from icarus.taxonomy import CATEGORY_LABELS, FOCUS_AREA_LABELS
from icarus_evals.matching import NUMBER_WORDS, norm, squash
from icarus_evals.metrics.statements import numbers_in, source_text, statements_of
from icarus_evals.metrics.subject import Figures, Subject

_WORD = re.compile(r"[^\W_][\w'’&@.+-]*[^\W_]|[^\W\d_]")
_STRUCTURE = frozenset({"d", "pdf", "page", "pages", "chapter", "section", "annex", "i", "report", "deliverable"})
_MANY = frozenset(NUMBER_WORDS) - {"zero", "one"}


def grounding_figures(subject: Subject) -> Figures:
    """`unsupported_numbers` and `unsupported_names`: how many of each the answer holds."""
    if subject.given is None:
        return {}
    known = _known_text(subject)
    return {
        "unsupported_numbers": float(len(unsupported_numbers(subject.reply, known))),
        "unsupported_names": float(len(unsupported_names(subject.reply, known))),
    }


def _known_text(subject: Subject) -> str:
    reply = subject.reply
    parts = [source_text(c) + "\n" + c.title for c in reply.citations]
    parts += [" ".join((t.name, *t.aliases)) for t in reply.tools]
    return "\n".join([*parts, *subject.case.turns, *FOCUS_AREA_LABELS.values(), *CATEGORY_LABELS.values()])


def unsupported_numbers(reply: Reply, known: str) -> list[str]:
    """Numbers of the answer, in digits or as words from two on, that are in no known text."""
    there = {*numbers_in(known), *_counts(reply), *_pages(reply)}
    there |= {NUMBER_WORDS[w] for w in _words(known) if w in NUMBER_WORDS}
    found: list[str] = []
    for statement in statements_of(reply.answer):
        found += numbers_in(statement.text)
        found += [NUMBER_WORDS[w] for w in _words(statement.text) if w in _MANY]
    return [n for n in found if n not in there]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", norm(text))


def _counts(reply: Reply) -> set[str]:
    """How many cards are shown, in all and by focus area and category."""
    groups = Counter(g for tool in reply.tools for g in (*tool.focus_areas, *tool.categories))
    pairs = Counter((a, c) for tool in reply.tools for a in tool.focus_areas for c in tool.categories)
    rows = sum(max(len(tool.categories), 1) for tool in reply.tools)
    return {str(n) for n in (len(reply.tools), rows, *groups.values(), *pairs.values())}


def _pages(reply: Reply) -> set[str]:
    pages = {p for c in reply.citations for p in (c.page, c.page_end)} | {t.page for t in reply.tools}
    return {str(p) for p in pages}


def unsupported_names(reply: Reply, known: str) -> list[str]:
    """Capitalised words of the answer, the first of a statement apart, that are in no known text."""
    words = set(_WORD.findall(known))
    there = {squash(w) for w in words} | {part for w in words for part in _parts(w)} | _STRUCTURE
    return [w for s in statements_of(reply.answer) for w in _names_in(s.text) if not _parts(w) <= there]


def _names_in(statement: str) -> list[str]:
    """Capitalised words that do not begin the statement, a quotation or what follows a colon."""
    found: list[str] = []
    for match in _WORD.finditer(statement):
        before = statement[: match.start()].rstrip()
        begins = not before or before[-1] in ":.!?\"'“‘’”([–—-;"
        if match.group()[0].isupper() and not begins:
            found.append(match.group())
    return found


def _parts(word: str) -> set[str]:
    return {p for p in map(squash, re.split(r"[-'’./&]", word)) if len(p) > 1} or {squash(word)}
