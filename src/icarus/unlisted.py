"""Themes that a question wants tools on, and no tool of the catalogue is."""

from icarus.catalogue import Catalogue
from icarus.question import Ask, Question, without_filters
from icarus.spelling import is_rare
from icarus.text import fold
from icarus.topic import Unit, theme_units
from icarus.vocabulary import find_terms
from icarus.wording import says

_PLAINLY = 2  # things by which a tool is asked for plainly; more describe it, in words that need not be the report's


def unlisted_theme(question: Question, catalogue: Catalogue) -> str | None:
    """The theme, if tools on a thing plainly named are asked for and none speaks of it: 'against football hooliganism'.

    Args:
        question: one that names no tool.
        catalogue: what is told of each tool; those are looked at that are in the area and category asked for.
    """
    if question.tools or not catalogue.cards:
        return None
    of_tools = not question.carried and says("speaks_of_tools").search(question.standalone)
    listing = question.ask in {Ask.LIST, Ask.COUNT} and of_tools
    listed = [question.filters.theme] if listing and question.filters.theme else []
    cards = catalogue.select(focus_area=question.filters.focus_area, category=question.filters.category)
    for theme in (*listed, *(match[1] for match in says("tool_on").finditer(question.standalone))):
        units = theme_units(without_filters(theme))
        unsaid = [unit for unit in units if not catalogue.speaks_of(unit, cards)]
        if len(units) <= _PLAINLY and any(theme not in listed or _is_a_thing(unit) for unit in unsaid):
            return theme
    return None


def _is_a_thing(unit: Unit) -> bool:
    """Whether a word names a thing, 'burglary' or 'podcast', and is not one of those that any question may have."""
    return bool(find_terms(unit.printed)) or any(is_rare(fold(word)) for word in unit.printed.split())
