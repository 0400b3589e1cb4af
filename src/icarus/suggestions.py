"""Follow-up questions that this corpus can answer."""

from collections.abc import Sequence

from icarus.answer.draft import Draft
from icarus.catalogue import Catalogue
from icarus.languages.frame import Message, message
from icarus.question import Ask, Question
from icarus.records import Category, FocusArea, Status, ToolCard
from icarus.taxonomy import FOCUS_AREA_LABELS

_MOST = 3
_FIELDS = (
    ("barriers", message("What are the difficulties of {name}?")),
    ("results", message("What results does the report state for {name}?")),
    ("partners", message("Who are the partners of {name}?")),
    ("links", message("Is there a web address for {name}?")),
    ("success_factors", message("What made {name} succeed?")),
)
_OPENERS = (
    (FocusArea.JUVENILE_DELINQUENCY, message("Which tools are there for preventing juvenile delinquency?")),
    (FocusArea.RADICALISATION, message("How many tools does the annex list for radicalisation?")),
    (FocusArea.RADICALISATION, message("What barriers do practitioners report in preventing radicalisation?")),
)


def suggestions_for(question: Question, draft: Draft, catalogue: Catalogue) -> tuple[str, ...]:
    """At most three questions to ask next, in the asker's language, each about something that the cards do state."""
    suggested = _suggested(question, draft, catalogue)
    return tuple(suggestion.said_in(question.language) for suggestion in suggested[:_MOST])


def _suggested(question: Question, draft: Draft, catalogue: Catalogue) -> Sequence[Message]:
    if question.ask is Ask.SMALL_TALK or not draft.tools:
        openers = [asked for area, asked in _OPENERS if catalogue.select(focus_area=area)]
        return openers if draft.status is not Status.ANSWERED or question.ask is Ask.SMALL_TALK else ()
    if question.ask in {Ask.LIST, Ask.COUNT}:
        return _about_list(question, draft)
    return _about_tool(draft.tools[0])


def _about_tool(card: ToolCard) -> list[Message]:
    stated = [asked._replace(values={"name": card.name}) for field, asked in _FIELDS if getattr(card, field)]
    if card.focus_areas and card.categories:
        stated.append(message("Which other tools are there on {area}?", area=_area(card.focus_areas[0])))
    return stated


def _about_list(question: Question, draft: Draft) -> list[Message]:
    area = question.filters.focus_area
    asked = [message("What is {name}?", name=card.name) for card in draft.tools[:2]]
    if area and question.filters.category is not Category.EVALUATION:
        asked.append(message("Which evaluation tools are there on {area}?", area=_area(area)))
    return asked


def _area(area: FocusArea) -> Message:
    label = FOCUS_AREA_LABELS[area]
    return message(label[0].lower() + label[1:])
