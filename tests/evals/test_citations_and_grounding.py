"""Quotes, markers, statements, ALCE's citation figures, and what nothing supports."""

from collections.abc import Sequence

import pytest

from icarus.records import Status
from icarus_evals.metrics.citations import alce, citation_figures
from icarus_evals.metrics.grounding import grounding_figures
from icarus_evals.metrics.quotes import markers_are_sound, quote_figures
from icarus_evals.metrics.statements import Statement, numbers_in, statements_of, supports
from tests.evals.builders import case, citation, reply, subject, tool


def test_quotes_stand_on_their_page_and_in_their_passage() -> None:
    given = reply(
        "a [1] b [2] c [3] d [4]",
        citation(1, "ran in Bari", passage="The project ran in Bari."),
        citation(2, "ran in Bari", page=2, passage="The project ran in Bari."),
        citation(3, "Nobody asked", page=2, passage="Its budget is not known."),
        citation(4, "40 families. Its budget", page=1, page_end=2),
    )
    figures = quote_figures(subject(case(), given))
    assert figures == {"markers": 1.0, "verbatim": 0.75, "quote_in_passage": 0.75}


@pytest.mark.parametrize(
    ("answer", "numbers", "sound"),
    [
        ("a [1] b [2]", (1, 2), True),
        ("a [1, 2]", (1, 2), True),
        ("a [1] b [1]", (1,), True),
        ("a [1]", (1, 2), False),
        ("a [1] b [2]", (1,), False),
        ("a [1] b [2]", (1, 1), False),
        ("nothing", (), True),
    ],
)
def test_markers_and_citations_belong_together(answer: str, numbers: tuple[int, ...], sound: bool) -> None:
    assert markers_are_sound(answer, tuple(citation(n, "q") for n in numbers)) is sound


def test_statements_and_the_markers_that_cover_them() -> None:
    answer = (
        "# Heading\n\nThese were found:\n\n"
        "- **Calm Street** helps youth. It began in 1995. [1]\n- SAM works. [2][3]\n\n"
        "The city paid.\nNobody was asked, e.g. in 2019. [4] It ended."
    )
    assert [(s.text, s.markers) for s in statements_of(answer)] == [
        ("Calm Street helps youth.", (1,)),
        ("It began in 1995.", (1,)),
        ("SAM works.", (2, 3)),
        ("The city paid.", (4,)),
        ("Nobody was asked, e.g. in 2019.", (4,)),
        ("It ended.", ()),
    ]


def test_support_needs_the_words_and_every_number() -> None:
    source = ["The project helped 40 families in Bari."]
    assert supports(source, "The project helped 40 families")
    assert supports(source, "It helped families in Bari.")
    assert not supports(source, "The project helped 41 families in Bari")
    assert not supports(source, "Schools everywhere bought cameras")
    assert numbers_in("76 000 of 76,000, 4.3 and 5%") == ("76000", "76000", "4.3", "5")


def entails_by_letters(texts: Sequence[str], statement: str) -> bool:
    """A toy verdict: the texts together have every letter of the statement."""
    return set(statement) <= set("".join(texts))


def test_alce_by_hand() -> None:
    """Its four situations: supported alone, supported only together, a citation too many, no citation.

    'ab' citing 1 = 'a' and 2 = 'b': recalled, both needed, 2 precise of 2.
    'a' citing 1 = 'a' and 2 = 'b': recalled; 1 does alone; 2 does not, and can be left out: 1 of 2.
    'c' citing 1 = 'a': not recalled, 0 of 1.
    'd' citing nothing: not recalled.
    """
    sources = {1: "a", 2: "b"}
    statements = [Statement("ab", (1, 2)), Statement("a", (1, 2)), Statement("c", (1,)), Statement("d", ())]
    recall, precision = alce(statements, sources, entails_by_letters)
    assert recall == 0.5
    assert precision == pytest.approx(3 / 5)


def test_alce_where_nothing_is_cited_or_a_marker_leads_nowhere() -> None:
    assert alce([Statement("a", ())], {}, entails_by_letters) == (0.0, 0.0)
    assert alce([Statement("a", (1, 7))], {1: "a"}, entails_by_letters) == (0.0, 0.0)


def test_citation_figures_are_of_replies_that_answer() -> None:
    given = reply("The project ran in Bari. [1] It cost millions. [1]", citation(1, "The project ran in Bari."))
    assert citation_figures(subject(case(), given)) == {"citation_recall": 0.5, "citation_precision": 0.5}
    refused = reply("The report does not say.", status=Status.NOT_IN_REPORT)
    assert citation_figures(subject(case(), refused)) == {}


def test_numbers_and_names_that_nothing_supports() -> None:
    given = reply(
        "**Calm Street** helped 40 families, and 83.4% of them in Paris. [1] It was led by Annelies Vandersteen in "
        "twelve towns. See page 1.",
        citation(1, "It helped 40 families."),
        tools=(tool("Calm Street"),),
    )
    figures = grounding_figures(subject(case(turns=["What about Paris?"]), given))
    assert figures == {"unsupported_numbers": 2.0, "unsupported_names": 2.0}


def test_what_is_known_without_a_source() -> None:
    given = reply(
        "2 tools in the focus area Preventing radicalisation [1].", citation(1, "q"), tools=(tool("A"), tool("B"))
    )
    assert set(grounding_figures(subject(case(), given)).values()) == {0.0}
