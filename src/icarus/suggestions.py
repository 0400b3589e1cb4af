"""Follow-up questions that this corpus can answer."""

from icarus.answer.draft import Draft
from icarus.question import Ask, Question
from icarus.records import Category, FocusArea, Status, ToolCard
from icarus.taxonomy import FOCUS_AREA_LABELS

_MOST = 3
_FIELDS = (
    ("barriers", "What are the difficulties of {name}?"),
    ("results", "What results does the report state for {name}?"),
    ("partners", "Who are the partners of {name}?"),
    ("links", "Is there a web address for {name}?"),
    ("success_factors", "What made {name} succeed?"),
)
_OPENERS = (
    "Which tools are there for preventing juvenile delinquency?",
    "How many tools does the annex list for radicalisation?",
    "What barriers do practitioners report in preventing radicalisation?",
)


def suggestions_for(question: Question, draft: Draft) -> tuple[str, ...]:
    """At most three questions to ask next, each about something that the cards shown do state."""
    if question.ask is Ask.SMALL_TALK or not draft.tools:
        return _OPENERS if draft.status is not Status.ANSWERED or question.ask is Ask.SMALL_TALK else ()
    if question.ask in {Ask.LIST, Ask.COUNT}:
        return tuple(_about_list(question, draft))[:_MOST]
    return tuple(_about_tool(draft.tools[0]))[:_MOST]


def _about_tool(card: ToolCard) -> list[str]:
    stated = [asked.format(name=card.name) for field, asked in _FIELDS if getattr(card, field)]
    if card.focus_areas and card.categories:
        stated.append(f"Which other tools are there on {_area(card.focus_areas[0])}?")
    return stated


def _about_list(question: Question, draft: Draft) -> list[str]:
    area = question.filters.focus_area
    asked = [f"What is {card.name}?" for card in draft.tools[:2]]
    if area and question.filters.category is not Category.EVALUATION:
        asked.append(f"Which evaluation tools are there on {_area(area)}?")
    return asked


def _area(area: FocusArea) -> str:
    label = FOCUS_AREA_LABELS[area]
    return label[0].lower() + label[1:]
