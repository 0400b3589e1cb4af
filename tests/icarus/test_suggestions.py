"""What is suggested to ask next: at most three questions, each of which the cards shown do answer."""

import pytest

from icarus.answer.draft import Draft
from icarus.catalogue import Catalogue
from icarus.question import Ask, Question
from icarus.records import Category, Filters, FocusArea, Status
from icarus.suggestions import suggestions_for


def asked(ask: Ask, **filters: FocusArea | Category) -> Question:
    return Question(asked="?", standalone="?", ask=ask, filters=Filters.model_validate(filters))


def test_a_greeting_gets_questions_to_open_with(catalogue: Catalogue) -> None:
    assert 0 < len(suggestions_for(asked(Ask.SMALL_TALK), Draft(Status.CLARIFY, "Hello"), catalogue)) <= 3


@pytest.mark.parametrize("status", [Status.NOT_IN_REPORT, Status.OUT_OF_SCOPE])
def test_a_refusal_without_tools_gets_some_too(status: Status, catalogue: Catalogue) -> None:
    assert suggestions_for(asked(Ask.FACT), Draft(status, "no"), catalogue)


def test_reports_without_tools_are_not_asked_for_any() -> None:
    assert suggestions_for(asked(Ask.SMALL_TALK), Draft(Status.CLARIFY, "Hello"), Catalogue([], {})) == ()


def test_every_suggestion_on_a_tool_is_about_what_its_card_states(catalogue: Catalogue) -> None:
    fields = {
        "difficulties": "barriers",
        "results": "results",
        "partners": "partners",
        "web address": "links",
        "succeed": "success_factors",
    }
    for card in catalogue.cards:
        made = suggestions_for(asked(Ask.FACT), Draft(Status.ANSWERED, "x", (), (card,)), catalogue)
        assert len(made) <= 3
        for suggestion in made:
            for word, field in fields.items():
                assert word not in suggestion or card.name not in suggestion or getattr(card, field)


def test_a_list_leads_to_its_tools(catalogue: Catalogue) -> None:
    cards = tuple(catalogue.select(focus_area=FocusArea.ORGANISED_CRIME, category=Category.EVALUATION))
    made = suggestions_for(
        asked(Ask.LIST, focus_area=FocusArea.ORGANISED_CRIME), Draft(Status.ANSWERED, "x", (), cards), catalogue
    )
    assert made[:2] == ("What is MEDEA?", "What is THOR Methodology?")
    assert len(made) <= 3


def test_no_list_leads_to_itself(catalogue: Catalogue) -> None:
    cards = tuple(catalogue.select(category=Category.EVALUATION))
    question = asked(Ask.LIST, focus_area=FocusArea.RADICALISATION, category=Category.EVALUATION)
    made = suggestions_for(question, Draft(Status.ANSWERED, "x", (), cards), catalogue)
    assert not any("evaluation tools" in suggestion for suggestion in made)
