"""No question reads the whole corpus: what it looks up is bounded, whatever it asks."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from icarus.assistant import Assistant
from icarus.engines import IcarusRetriever
from icarus.index import Index
from icarus.records import Filters, FocusArea, Passage
from icarus.retrieval import Retriever
from icarus.settings import Settings
from icarus.shards import Shards
from icarus.store import Store

QUESTIONS = [
    "What is SAM?",
    "Which tools are there in France?",
    "Are the tools rated by how well they work?",
    "Why are the cities not named?",
    "What does Table 2 list?",
    "Compare Calm Street and SAM.",
    "What is this report about?",
    "What is the budget of Calm Street?",
]


@pytest.fixture
def assistant(index_settings: Settings) -> Assistant:
    """An assistant of its own, that remembers nothing."""
    return Assistant.open(index_settings)


@pytest.fixture
def guarded(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """It cannot go through everything once it is open."""
    _ = assistant.index.tools, assistant.index.nearest_sentences([1.0] + [0.0] * 383, 1)
    assistant.index.nearest_questions([1.0] + [0.0] * 383, 1)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the whole corpus was read for one question")

    monkeypatch.setattr(Index, "all_passages", refuse)
    monkeypatch.setattr(Shards, "all_rows", refuse)
    return assistant


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_does_not_read_the_whole_corpus(guarded: Assistant, question: str) -> None:
    assert guarded.ask(question).answer


def test_a_filter_set_by_hand_does_not_either(index_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("icarus.retrieval._FEW", 10)  # as if the area had very many passages
    fetched = counted(monkeypatch)
    assistant = Assistant.open(index_settings)
    filters = Filters(focus_area=FocusArea.PUBLIC_SPACES)
    reply = assistant.ask("How is hate speech on the internet measured?", filters)
    assert 0 < sum(fetched) <= 80
    inside = assistant.index.passages(assistant.index.passage_ids(focus_area=FocusArea.PUBLIC_SPACES))
    assert {c.passage for c in reply.citations} <= {p.text for p in inside}


def test_candidates_within_many_are_the_best_of_them(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    retriever = Retriever(assistant.index, assistant.catalogue, assistant.model.encode_query)
    query = retriever.query("How do cities make parks safer for women?")
    within = assistant.index.passage_ids(focus_area=FocusArea.PUBLIC_SPACES)
    everything = retriever.search(query, 5, within=within)
    monkeypatch.setattr("icarus.retrieval._FEW", 10)
    candidates = retriever.search(query, 5, within=within)
    assert {hit.passage.id for hit in candidates} <= set(within)
    assert [hit.passage.id for hit in candidates][:3] == [hit.passage.id for hit in everything][:3]


@pytest.mark.parametrize("mode", ["dense", "lexical", "fused"])
def test_the_retriever_for_other_programs_does_not_either(guarded: Assistant, mode: str) -> None:
    assert IcarusRetriever(guarded, mode=mode, focus_area="radicalisation").retrieve("hate on the internet")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many passages each look-up in the store fetches."""
    fetched: list[int] = []
    passages: Callable[[Store, Sequence[str]], dict[str, Passage]] = Store.passages

    def count(store: Store, ids: Sequence[str]) -> dict[str, Passage]:
        fetched.append(len(ids))
        return passages(store, ids)

    monkeypatch.setattr(Store, "passages", count)
    return fetched


def test_opening_does_not_read_the_passages(built_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = counted(monkeypatch)
    Assistant.open(Settings(index=built_index))
    assert fetched == []
