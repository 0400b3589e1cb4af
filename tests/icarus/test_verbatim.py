"""What an answer looks like: the report's words in a thin frame, nothing of them taken for mark-up."""

import re
from typing import TYPE_CHECKING

import pytest

from icarus.answer.draft import Draft
from icarus.answer.verbatim import VerbatimWriter
from icarus.catalogue import ThemeHit
from icarus.evidence import Evidence
from icarus.languages.frame import THIS, message
from icarus.question import Ask, Question
from icarus.records import Category, Filters, FocusArea, Status
from icarus.retrieval import Retriever
from tests.icarus.contract import markers

if TYPE_CHECKING:
    from icarus.assistant import Assistant

AUDIT = "It consists of a set of 9 parameters that together contribute to the perception of safety."


@pytest.fixture(scope="module")
def write(assistant: "Assistant") -> VerbatimWriter:
    return VerbatimWriter(assistant.index)


@pytest.fixture(scope="module")
def audit(assistant: "Assistant") -> Evidence:
    """The sentence on the Safety Audit."""
    retriever = Retriever(assistant.index, assistant.catalogue, assistant.model.encode_query)
    for passage in assistant.index.find_passages(tool="safetipin-com"):
        for i, sentence in enumerate(passage.sentences):
            if sentence.text == AUDIT:
                [hit] = retriever.search(retriever.query(AUDIT), 1, within=[passage.id])
                return Evidence(hit, i, i, 1.0)
    raise AssertionError("the report lost a sentence")


def asked(ask: Ask, filters: Filters) -> Question:
    return Question(asked="?", standalone="?", ask=ask, filters=filters)


def hits(assistant: "Assistant", **filters: FocusArea | Category) -> list[ThemeHit]:
    return [ThemeHit(card, None) for card in assistant.catalogue.select(**filters)]  # type: ignore[arg-type]


def consistent(draft: Draft) -> bool:
    return markers(draft.answer) == [c.n for c in draft.citations]


def test_a_sentence_is_printed_as_it_is_quoted(assistant: "Assistant", write: VerbatimWriter, audit: Evidence) -> None:
    card = assistant.catalogue.get("safetipin-com")
    assert card
    draft = write.sentences([audit], [card])
    assert draft.answer == f"{AUDIT} [1]"
    assert draft.citations[0].quote == AUDIT
    assert (draft.status, draft.tools) == (Status.ANSWERED, (card,))


def test_without_evidence_there_is_no_answer(write: VerbatimWriter) -> None:
    assert write.sentences([], []).status is Status.NOT_IN_REPORT


class TestLists:
    def test_a_short_list_says_what_each_tool_is(self, assistant: "Assistant", write: VerbatimWriter) -> None:
        filters = Filters(focus_area=FocusArea.ORGANISED_CRIME, category=Category.EVALUATION)
        found = hits(assistant, focus_area=FocusArea.ORGANISED_CRIME, category=Category.EVALUATION)
        draft = write.listed(asked(Ask.LIST, filters), found, counted=False)
        head, _, *lines = draft.answer.split("\n")
        assert head == ("2 evaluation tools in the focus area Preventing and reducing trafficking and organised crime:")
        assert [re.match(r"- \*\*(.+?)\*\*: .+ \[\d\]$", line) is not None for line in lines] == [True, True]
        assert consistent(draft)

    def test_a_long_list_has_names_alone(self, assistant: "Assistant", write: VerbatimWriter) -> None:
        draft = write.listed(asked(Ask.LIST, Filters()), hits(assistant), counted=False)
        lines = draft.answer.split("\n")[2:]
        assert len(lines) == 104
        assert [line for line in lines if not re.match(r"- \*\*.+\*\* \[\d+\]$", line)] == []
        assert consistent(draft)

    def test_a_count_of_one_is_in_the_singular(self, assistant: "Assistant", write: VerbatimWriter) -> None:
        filters = Filters(focus_area=FocusArea.JUVENILE_DELINQUENCY, category=Category.DIAGNOSTIC)
        found = hits(assistant, focus_area=FocusArea.JUVENILE_DELINQUENCY, category=Category.DIAGNOSTIC)
        draft = write.listed(asked(Ask.COUNT, filters), found, counted=True)
        assert re.match(r"1 \S.* tool in the focus area Preventing juvenile delinquency:", draft.answer)

    def test_none_is_said_in_so_many_words(self, write: VerbatimWriter) -> None:
        filters = Filters(focus_area=FocusArea.PUBLIC_SPACES, category=Category.EVALUATION)
        draft = write.none_listed(asked(Ask.LIST, filters), [])
        assert draft.answer == (
            "None: the catalogue lists 0 evaluation tools in the focus area Designing and managing safe public spaces."
        )
        assert draft.tools == ()


class TestRefusals:
    def test_it_says_what_is_missing_and_what_is_nearest(self, write: VerbatimWriter, audit: Evidence) -> None:
        draft = write.not_said(asked(Ask.FACT, Filters()), message("a cost or budget"), [audit])
        assert draft.status is Status.NOT_IN_REPORT
        assert "a cost or budget" in draft.answer
        assert draft.answer.endswith(f"{AUDIT} [1]")
        assert consistent(draft)

    def test_with_nothing_near_it_says_just_that(self, write: VerbatimWriter) -> None:
        draft = write.not_said(asked(Ask.FACT, Filters()), THIS, [])
        assert draft.answer
        assert "\n" not in draft.answer
        assert draft.citations == ()


def test_tools_are_compared_a_paragraph_each(assistant: "Assistant", write: VerbatimWriter, audit: Evidence) -> None:
    cards = [
        card
        for tool in ("safetipin-com", "sam-mobile-social-work-in-public-areas")
        if (card := assistant.catalogue.get(tool))
    ]
    draft = write.compared([(cards[0], [audit]), (cards[1], [])])
    first, second = draft.answer.split("\n\n")
    assert first == f"**Safetipin.com**: {AUDIT} [1]"
    assert second.startswith("**")
    assert draft.tools == tuple(cards)


def test_what_the_report_prints_is_never_mark_up(assistant: "Assistant", write: VerbatimWriter) -> None:
    draft = write.listed(asked(Ask.LIST, Filters()), hits(assistant), counted=False)
    plain = re.sub(r"^- \*\*(.*)\*\* \[\d+\]$", r"\1", draft.answer, flags=re.M)
    assert re.findall(r"(?<!\\)[`*_\[\]<>]", plain) == []
