"""The nouns: a sentence that a page end cuts reads as one, and records cannot be changed by accident."""

import pytest
from pydantic import ValidationError

from icarus.records import Filters, Reply, Sentence, Status


def test_a_sentence_over_a_page_end_is_whole() -> None:
    parts = ((16, "they are more likely to"), (17, "respond to individuals."))
    assert Sentence(parts=parts).text == "they are more likely to respond to individuals."


def test_a_word_cut_at_its_hyphen_is_joined() -> None:
    parts = ((34, "suggestions for in-"), (35, "class exercises"))
    assert Sentence(parts=parts).text == "suggestions for in-class exercises"


def test_a_record_does_not_change() -> None:
    filters = Filters(place="Italy")
    with pytest.raises(ValidationError):
        filters.place = "Spain"  # type: ignore[misc]


def test_a_record_takes_no_field_that_it_does_not_know() -> None:
    with pytest.raises(ValidationError):
        Filters.model_validate({"city": "Bari"})


def test_a_reply_in_json_has_the_keys_of_the_contract() -> None:
    reply = Reply(question="?", standalone_question="?", status=Status.CLARIFY, answer="!")
    assert list(reply.model_dump(mode="json")) == [
        "id", "question", "standalone_question", "status", "answer", "mode", "citations", "tools", "filters",
        "suggestions", "elapsed_ms",
    ]  # fmt: skip
    assert reply.model_dump(mode="json")["filters"] == {
        "focus_area": None, "category": None, "place": None, "theme": None
    }  # fmt: skip
