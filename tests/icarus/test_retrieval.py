"""Words, vectors and their fusion on the real index: the passage that says it is found, whatever the wording."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from icarus.coverage import covered, weighted_units
from icarus.errors import IndexUnusableError
from icarus.lexical import LexicalIndex
from icarus.retrieval import Retriever
from icarus.text import content_stems, stem
from icarus.topic import PhraseSet

if TYPE_CHECKING:
    from pathlib import Path

    from icarus.assistant import Assistant

SAYS = [
    ("How many languages do the teams of SAM speak?", "together speak 8 languages"),
    ("kids loitering around the tube", "young people who loiter in public spaces and around subways"),
    ("a mobster's villa with rooms for tourists", "villa confiscated from the Mafia"),
    ("Why do police and youth workers not trust each other?", "mistrust between security actors"),
    ("a telephone line for people who become radical", "phone line developed by the Swedish Centre"),
    ("games that teach tolerance", "promote tolerance and civic engagement through gamification"),
    ("gender in security strategies", "comprehensive gender mainstreaming approach"),
    ("Is technology expensive for towns?", "significant amount of financial resources"),
]


@pytest.fixture(scope="module")
def retriever(assistant: "Assistant") -> Retriever:
    return Retriever(assistant.index, assistant.catalogue, assistant.model.encode_query)


@pytest.fixture(scope="module")
def lexical(assistant: "Assistant") -> LexicalIndex:
    return assistant.index.lexical_index


class TestLexical:
    def test_a_stem_counts_the_passages_that_hold_it(self, assistant: "Assistant", lexical: LexicalIndex) -> None:
        holding = [
            p for p in assistant.index.all_passages() if stem("bullying") in content_stems(f"{p.heading} {p.text}")
        ]
        assert 0 < len(holding) <= lexical.passages_with(stem("bullying")) <= len(holding) + 3  # its context counts too
        assert lexical.passages_with("qwertz") == 0
        assert lexical.stems()[stem("bullying")] == lexical.passages_with(stem("bullying"))

    def test_a_rare_word_tells_more_than_a_common_one(self, lexical: LexicalIndex) -> None:
        assert lexical.idf("qwertz") >= lexical.idf(stem("bullying")) > lexical.idf(stem("prevention")) > 0

    def test_coverage_is_a_share(self, lexical: LexicalIndex) -> None:
        shares = lexical.coverage({stem("bullying"): 1.0, stem("schools"): 0.5, "qwertz": 0.1})
        assert len(shares) == len(lexical.ids)
        assert np.all((shares >= 0) & (shares <= 1))
        assert shares.max() > 0.5

    def test_words_that_nobody_prints_cover_nothing(self, lexical: LexicalIndex) -> None:
        assert not lexical.coverage({"qwertz": 1.0}).any()
        assert not lexical.coverage({}).any()

    def test_a_damaged_index_says_how_to_mend_it(self, tmp_path: "Path") -> None:
        with pytest.raises(IndexUnusableError, match="icarus ingest"):
            LexicalIndex(tmp_path)


class TestCoverage:
    def test_the_shares_of_a_question_make_a_whole(self, lexical: LexicalIndex) -> None:
        wanted = weighted_units("Which schools teach tolerance with games?", lexical)
        assert sum(thing.share for thing in wanted) == pytest.approx(1.0)

    def test_a_text_with_all_of_it_covers_all(self, lexical: LexicalIndex) -> None:
        wanted = weighted_units("bullying at school", lexical)
        assert covered(wanted, PhraseSet(["Bullying at the school"])) == pytest.approx(1.0)
        assert covered(wanted, PhraseSet(["The weather"])) == 0.0

    def test_a_synonym_counts_nearly_as_much(self, lexical: LexicalIndex) -> None:
        wanted = weighted_units("coppers", lexical)
        assert 0.5 < covered(wanted, PhraseSet(["police officers"])) < 1.0

    def test_a_question_about_nothing_wants_nothing(self, lexical: LexicalIndex) -> None:
        assert weighted_units("which ones are there", lexical) == []


class TestSearch:
    @pytest.mark.parametrize(("question", "words"), SAYS)
    def test_the_passage_that_says_it_is_among_the_first_five(
        self, retriever: Retriever, question: str, words: str
    ) -> None:
        hits = retriever.search(retriever.query(question), 5)
        assert any(words in " ".join(hit.passage.text.split()) for hit in hits)

    def test_hits_are_ordered_and_carry_their_signals(self, retriever: Retriever) -> None:
        hits = retriever.search(retriever.query(SAYS[0][0]), 20)
        assert len(hits) == 20
        assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
        for hit in hits:
            assert len(hit.sentences) == len(hit.passage.sentences)
            assert -1 <= hit.best_sentence <= 1.001
            assert 0 <= hit.covered <= 1

    def test_it_can_be_kept_to_some_passages(self, assistant: "Assistant", retriever: Retriever) -> None:
        own = [p.id for p in assistant.index.find_passages(tool="safetipin-com")]
        hits = retriever.search(retriever.query("budget"), 50, within=own)
        assert {hit.passage.id for hit in hits} == set(own)
        assert retriever.search(retriever.query("budget"), 5, within=[]) == []

    def test_a_question_is_a_vector_of_unit_length(self, retriever: Retriever) -> None:
        assert np.linalg.norm(retriever.query("What is SAM?").vector) == pytest.approx(1.0, abs=1e-3)

    def test_everyday_words_bring_those_of_reports_at_less_weight(self, retriever: Retriever) -> None:
        stems = retriever.query("coppers").stems
        assert 0 < stems[stem("police")] < stems[stem("coppers")]


class TestTools:
    @pytest.mark.parametrize(
        ("question", "tool"),
        [
            ("kids loitering around the tube", "calm-street"),
            ("a mobster's villa turned into a small hotel", "city-of-maranello-bed-breakfast"),
            ("pupils act out a play about extremism with sound collages", "krass-project-augsburg"),
            ("a map of hate on the internet made by machines", "online-hate-mapper"),
        ],
    )  # fmt: skip
    def test_the_tool_that_is_meant_comes_first(self, retriever: Retriever, question: str, tool: str) -> None:
        query = retriever.query(question)
        assert retriever.tools(query, retriever.search(query, 20))[0].card.id == tool

    def test_only_tools_of_the_hits_are_ranked(self, retriever: Retriever) -> None:
        query = retriever.query("Who runs it?")
        hits = retriever.search(query, 6)
        assert {t.card.id for t in retriever.tools(query, hits)} == {t for h in hits for t in h.passage.tools}
        assert retriever.tools(query, []) == []
