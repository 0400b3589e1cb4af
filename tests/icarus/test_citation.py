"""Citations: numbered once, quoted word for word, and only what stands on its page is cited at all."""

from typing import TYPE_CHECKING

import pytest

from icarus.citation import Citations
from icarus.records import Passage, PassageKind, Sentence

if TYPE_CHECKING:
    from icarus.assistant import Assistant
    from icarus_evals.page_texts import PageTexts


@pytest.fixture
def citations(assistant: "Assistant") -> Citations:
    return Citations(assistant.index)


def over_pages(assistant: "Assistant") -> list[Passage]:
    return [p for p in assistant.index.all_passages() if any(len(s.parts) > 1 for s in p.sentences)]


def test_every_sentence_of_the_report_can_be_cited(assistant: "Assistant", printed: "PageTexts") -> None:
    """All passages of the index, sentence by sentence: the quote is on the printed page, and of that sentence."""
    for passage in assistant.index.all_passages():
        citations = Citations(assistant.index)
        for sentence in passage.sentences:
            number = citations.cite(passage, [sentence])
            if number is None:
                assert sum(map(str.isalnum, sentence.text)) < 12 or len(sentence.parts) > 1
                continue
            cited = citations.all()[number - 1]
            assert printed.holds_word_for_word(passage.document, cited.page, cited.page_end, cited.quote)
            assert passage.page <= cited.page <= cited.page_end <= passage.page_end


def test_whole_passages_can_be_cited_too(assistant: "Assistant", printed: "PageTexts", citations: Citations) -> None:
    together = {PassageKind.PROSE, PassageKind.LIST, PassageKind.ROW}  # others are cited sentence by sentence
    for passage in (p for p in assistant.index.all_passages() if p.kind in together):
        number = citations.cite(passage, passage.sentences)
        assert number is not None
        cited = citations.all()[number - 1]
        assert printed.holds_word_for_word(passage.document, cited.page, cited.page_end, cited.quote)
        assert cited.passage == passage.text
        assert cited.section == passage.section


def test_runs_lose_no_sentence_and_each_stands_in_one_piece(assistant: "Assistant", printed: "PageTexts") -> None:
    """Where a footnote comes between two sentences, they are cited apart instead of losing one."""
    broken = 0
    for passage in over_pages(assistant):
        citations = Citations(assistant.index)
        runs = citations.runs(passage, passage.sentences)
        assert [sentence for run in runs for sentence in run] == list(passage.sentences)
        broken += len(runs) > 1
        for run in (run for run in runs if len(run) > 1):
            number = citations.cite(passage, run)
            assert number is not None
            cited = citations.all()[number - 1]
            assert cited.quote == " ".join(sentence.text for sentence in run)
            assert printed.holds_word_for_word(passage.document, cited.page, cited.page_end, cited.quote)
    assert broken


def test_numbers_go_up_from_one_and_the_same_words_keep_theirs(assistant: "Assistant", citations: Citations) -> None:
    one, two = assistant.index.all_passages()[20:22]
    numbers = [citations.cite(p, p.sentences[:1]) for p in (one, two, one, two, one)]
    assert numbers == [1, 2, 1, 2, 1]
    assert [c.n for c in citations.all()] == [1, 2]


def test_a_sentence_over_a_page_end_names_both_pages(assistant: "Assistant", citations: Citations) -> None:
    spans = set()
    for passage in over_pages(assistant):
        [*cut] = [s for s in passage.sentences if len(s.parts) > 1]
        number = citations.cite(passage, cut[:1])
        assert number is not None
        cited = citations.all()[number - 1]
        spans.add(cited.page_end - cited.page)
    assert spans == {0, 1}  # where a footnote stands between the halves, the longer half is quoted


def test_a_tool_is_named_that_it_is_cited_for(assistant: "Assistant", citations: Citations) -> None:
    [passage, *_] = assistant.index.find_passages(tool="safetipin-com")
    citations.cite(passage, passage.sentences[:1], "safetipin-com")
    assert citations.all()[0].tool == "safetipin-com"


def test_words_that_stand_on_no_page_are_not_cited(assistant: "Assistant", citations: Citations) -> None:
    passage = assistant.index.all_passages()[20]
    invented = Sentence(parts=((passage.page, "Crime fell by forty per cent within a year."),))
    assert citations.cite(passage, [invented]) is None
    assert citations.cite(passage, []) is None
    assert citations.all() == ()


def test_words_of_another_page_are_not_cited(assistant: "Assistant", citations: Citations) -> None:
    passage = assistant.index.all_passages()[20]
    misplaced = Sentence(parts=((passage.page + 5, passage.sentences[0].text),))
    assert citations.cite(passage, [misplaced]) is None


def test_a_row_is_cited_with_its_words(assistant: "Assistant", printed: "PageTexts", citations: Citations) -> None:
    rows = [p for p in assistant.index.all_passages() if p.kind is PassageKind.ROW]
    assert len(rows) == 107
    for row in rows:
        number = citations.cite(row, row.sentences)
        assert number is not None
        cited = citations.all()[number - 1]
        assert cited.tool == row.tools[0]
        assert printed.holds_word_for_word(cited.document, cited.page, cited.page_end, cited.quote)
