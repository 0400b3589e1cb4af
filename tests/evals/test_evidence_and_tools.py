"""Evidence, facts, precision, tool sets, counts and refusals, by examples that can be followed by hand."""

import pytest

from icarus.records import Status
from icarus_evals.metrics.evidence import evidence_figures
from icarus_evals.metrics.refusal import refusal_figures, trade_off
from icarus_evals.metrics.subject import gold_evidence
from icarus_evals.metrics.tool_sets import first_number, match_tools, tool_figures
from tests.evals.builders import case, citation, reply, subject, tool, unanswerable


def test_evidence_is_the_share_of_gold_pieces_in_a_cited_passage() -> None:
    of = case(evidence=["ran in Bari", "helped 40 families", "with its own budget"], pages=[1])
    given = reply("x [1]", citation(1, "ran", passage="It ran in Bari, and helped 40 families."))
    assert evidence_figures(subject(of, given))["evidence"] == pytest.approx(2 / 3)


def test_an_alternative_will_do_for_a_piece_of_evidence() -> None:
    of = case(evidence=["it ran in Bari"], evidence_any=[["it ran in Bari", "Bari was where it took place"]])
    assert gold_evidence(of) == (("it ran in Bari", "Bari was where it took place"),)
    given = reply("x [1]", citation(1, "Bari was where it took place"))
    assert evidence_figures(subject(of, given))["evidence"] == 1.0


def test_facts_are_stated_by_the_answer_or_on_a_card_and_not_by_its_sources() -> None:
    of = case(key_facts=[["40", "forty"], ["Bari"], ["AGECO"]])
    given = reply("It helped forty families [1]", citation(1, "in Bari"), tools=(tool("AGECO"),))
    assert evidence_figures(subject(of, given))["facts"] == pytest.approx(2 / 3)


def test_precision_counts_gold_pages_and_gold_passages() -> None:
    of = case(evidence=["helped 40 families"], pages=[2])
    given = reply(
        "x [1][2][3][4]",
        citation(1, "helped 40 families", page=7),
        citation(2, "else", page=1, page_end=2),
        citation(3, "else", page=2),
        citation(4, "else", page=9),
    )
    assert evidence_figures(subject(of, given))["precision"] == 0.75


def test_only_six_citations_and_1600_characters_are_read() -> None:
    of = case(evidence=["gold words here"])
    far = reply("x", *[citation(n, "else") for n in range(1, 7)], citation(7, "gold words here"))
    assert evidence_figures(subject(of, far))["evidence"] == 0.0
    deep = reply("x", citation(1, "q", passage="z " * 800 + "gold words here"))
    assert evidence_figures(subject(of, deep))["evidence"] == 0.0
    listed = case(type="list", evidence=["gold words here"])
    assert evidence_figures(subject(listed, far))["evidence"] == 1.0


def test_a_set_of_tools_against_gold_by_names_and_aliases() -> None:
    # Gold A, B, C; shown A, B by an alias, X: two right, one extra, one missing.
    match = match_tools(("A", "B", "C"), (tool("A"), tool("Beta", "B"), tool("X")))
    assert (match.right, match.extra, match.missing) == (2, 1, 1)
    assert match.precision == pytest.approx(2 / 3)
    assert match.recall == pytest.approx(2 / 3)
    assert match.f1 == pytest.approx(2 / 3)
    assert not match.exact


def test_empty_sets() -> None:
    assert match_tools((), ()).f1 == match_tools((), ()).precision == 1.0
    nothing_shown = match_tools(("A",), ())
    assert (nothing_shown.precision, nothing_shown.recall, nothing_shown.f1) == (0.0, 0.0, 0.0)
    assert match_tools((), (tool("A"),)).precision == 0.0


def test_van_rijsbergens_balance_of_precision_and_recall() -> None:
    # Precision 1/2 and recall 1 give F1 = 2 * 0.5 * 1 / 1.5 = 2/3.
    match = match_tools(("A",), (tool("A"), tool("B")))
    assert match.f1 == pytest.approx(2 * match.precision * match.recall / (match.precision + match.recall))


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("The report lists 11 tools [1].", 11),
        ("Eleven tools [2] are listed.", 11),
        ("There are no evaluation tools.", 0),
        ("None were found.", 0),
        ("About 57% of 3.1 things and 4", 4),
        ("Nothing", None),
    ],
)
def test_the_first_number_of_an_answer(answer: str, number: int | None) -> None:
    assert first_number(answer) == number


def test_a_count_is_right_with_its_number_and_its_cards() -> None:
    of = case(type="count", tools=["A", "B"], key_facts=[["2", "two"]])
    two = (tool("A"), tool("B"))
    assert tool_figures(subject(of, reply("Two tools.", tools=two)))["count"] == 1.0
    assert tool_figures(subject(of, reply("Three tools.", tools=two)))["count"] == 0.0
    assert tool_figures(subject(of, reply("Two tools.", tools=two[:1])))["count"] == 0.0


def test_a_card_is_cited_where_a_citation_names_it() -> None:
    of = case(type="list", tools=["A", "B"])
    given = reply("x [1]", citation(1, "q", tool="a"), tools=(tool("A"), tool("B")))
    assert tool_figures(subject(of, given))["tools_cited"] == 0.5


def test_the_first_card_of_a_paraphrase() -> None:
    of = case(type="paraphrase", tools=["B"])
    assert tool_figures(subject(of, reply("x", tools=(tool("Beta", "B"), tool("A")))))["first"] == 1.0
    assert tool_figures(subject(of, reply("x", tools=(tool("A"), tool("B")))))["first"] == 0.0
    assert tool_figures(subject(of, reply("x")))["first"] == 0.0


def test_refusals() -> None:
    refused = reply("No.", status=Status.NOT_IN_REPORT)
    assert refusal_figures(subject(case(), refused)) == {"false_ref": 1.0}
    assert refusal_figures(subject(unanswerable(), refused)) == {"refusal": 1.0}
    assert refusal_figures(subject(unanswerable(), reply("x", status=Status.OUT_OF_SCOPE))) == {"refusal": 0.0}
    hostile = unanswerable(type="hostile")
    assert refusal_figures(subject(hostile, refused)) == {"unharmed": 1.0}
    assert refusal_figures(subject(hostile, reply("x", status=Status.OUT_OF_SCOPE))) == {"unharmed": 1.0}
    assert refusal_figures(subject(hostile, reply("<SCRIPT>alert(1)</SCRIPT>"))) == {"unharmed": 0.0}
    assert refusal_figures(subject(hostile, None)) == {"unharmed": 0.0}


def test_the_trade_off_of_refusing_below_a_score() -> None:
    # Answerable 3, 2; unanswerable 2, 1. Pairs: 3>2, 3>1, 2=2 (half), 2>1: area 3.5 / 4.
    curve = trade_off([3.0, 2.0], [2.0, 1.0])
    assert curve.area == pytest.approx(0.875)
    assert curve.points == ((0.0, 0.0), (0.0, 0.5), (0.5, 1.0), (1.0, 1.0))
    assert trade_off([1.0], []).area is None


def test_the_area_under_the_curve_is_fawcetts() -> None:
    # Fawcett (2006), figure 3: 20 instances by score, p(ositive) and n(egative).
    labels = "ppnpppnnpnpnpnnnpnpn"
    scores = [
        0.9,
        0.8,
        0.7,
        0.6,
        0.55,
        0.54,
        0.53,
        0.52,
        0.51,
        0.505,
        0.4,
        0.39,
        0.38,
        0.37,
        0.36,
        0.35,
        0.34,
        0.33,
        0.30,
        0.1,
    ]
    positive = [s for s, label in zip(scores, labels, strict=True) if label == "p"]
    negative = [s for s, label in zip(scores, labels, strict=True) if label == "n"]
    curve = trade_off(positive, negative)
    assert curve.area == pytest.approx(0.68)
    trapezoid = sum(
        (x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in zip(curve.points, curve.points[1:], strict=False)
    )
    assert trapezoid == pytest.approx(0.68)
