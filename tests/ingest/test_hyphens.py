import pytest

from icarus_ingest.hyphens import Vocabulary

LINES = [
    "The cooperation of all stakeholders is a whole-of-society approach, based on trust, and enforcement takes",
    "all its part in it. A multi-stakeholder approach is a co-production, which is centred on people, and so",
    "it is multi-stakeholder work, although some write multistakeholder instead of the other one, as here.",
]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("the coopera-", "tion of all", "the cooperation of all"),
        ("an unheard-of recrea-", "tion of it", "an unheard-of recreation of it"),
        ("a multi-", "stakeholder one", "a multi-stakeholder one"),
        ("law enforcement-", "centred work", "law enforcement-centred work"),
        ("a whole-of-", "society view", "a whole-of-society view"),
        ("the Saint-", "Nazaire case", "the Saint-Nazaire case"),
        ("Calm Street -", "City of Stockholm", "Calm Street - City of Stockholm"),
        ("cities/", "regions", "cities/regions"),
        ("at EU–", "level", "at EU–level"),
        ("when –", "ever", "when – ever"),
        ("See https://ec.europa.eu/system/", "files/2021-05/ran.pdf for it", None),
        ("See https://example.org/search?", "query=1", None),
        ("See https://example.org/report.", "It says so.", "See https://example.org/report. It says so."),
        ("See https://example.org/news/", "for more", "See https://example.org/news/ for more"),
    ],
)
def test_lines_are_joined(before: str, after: str, whole: str | None) -> None:
    assert Vocabulary(LINES).joined(before, after) == (before + after if whole is None else whole)


def test_at_a_page_end_a_hyphen_goes_only_where_the_word_is_known() -> None:
    vocabulary = Vocabulary(LINES)
    assert vocabulary.knows_whole("the coopera-", "tion")
    assert not vocabulary.knows_whole("the unknow-", "able")
    assert not vocabulary.knows_whole("a multi-", "stakeholder one")
