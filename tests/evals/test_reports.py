"""The same findings on a web page, in a pull request and on a terminal."""

import re
from html.parser import HTMLParser
from io import StringIO

import pytest
from rich.console import Console

from icarus.explanation import SentenceChoice
from icarus.question import Ask, Question
from icarus.records import Status
from icarus_evals.answerers import Candidate
from icarus_evals.compare import compare
from icarus_evals.report.findings import Findings
from icarus_evals.report.html import to_html
from icarus_evals.report.markdown import to_markdown
from icarus_evals.report.terminal import print_findings
from icarus_evals.run_record import Curve
from icarus_evals.thresholds import Bound, failures
from icarus_evals.tracing import Looked, Trace
from tests.evals.builders import case, citation, reply, tool, unanswerable
from tests.evals.runs import small_run

EVIL = "<script>alert('x')</script> | <img src=https://elsewhere.example/x> & “quoted”"
VOID = {"meta", "line", "circle", "polyline"}


class Page(HTMLParser):
    """Collects what a page has and whether its tags close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.unclosed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := given.get(name))]
        self.ids += [given["id"] or ""] if "id" in given else []
        if tag not in VOID:
            self.unclosed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.unclosed.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag


@pytest.fixture(scope="module")
def findings() -> Findings:
    cases = (
        case(turns=[EVIL, EVIL], note=EVIL, key_facts=[["40"]], focus_area="public_spaces"),
        unanswerable(id="d"),
        case(id="e", type="list", tools=["A"]),
    )
    bad = reply(EVIL + " [1]", citation(1, "The project ran in Bari."))
    good = {"c": reply("It helped 40 families. [1]", citation(1, "It helped 40 families."))}
    run = small_run("new <b>system</b>", cases, {"c": bad, "d": bad})
    results = (
        run.results[0].model_copy(update={"candidates": (Candidate(text=EVIL, page=1, page_end=1),)}),
        *run.results[1:],
    )
    run = run.model_copy(
        update={"results": results, "refusal_curve": Curve(points=((0, 0), (1, 1)), area=0.5, at=(0.0, 0.5))}
    )
    base = small_run("bm25", cases, good | {"d": reply("No.", status=Status.NOT_IN_REPORT)})
    return Findings(run, [base], [compare(run, base)], failures(run, {"all": {"evidence": Bound(min=1.0)}}))


def test_the_page_is_whole_and_loads_nothing(findings: Findings) -> None:
    text = to_html(findings)
    page = Page(text)
    assert not page.unclosed
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(page.tags)
    assert all(link.startswith("#") for link in page.links)
    assert not re.search(r"url\(|@import|<base", text)
    assert "default-src 'none'" in text
    assert "prefers-color-scheme: dark" in text


def test_everything_shown_is_escaped(findings: Findings) -> None:
    text = to_html(findings)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "<b>system</b>" not in text


def test_links_within_the_page_lead_somewhere(findings: Findings) -> None:
    page = Page(to_html(findings))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(set(page.ids)) == len(page.ids)


def test_a_failure_shows_question_answer_gold_and_what_was_retrieved(findings: Findings) -> None:
    text = to_html(findings)
    start = text.index('id="case-c"')
    shown = text[start : text.index("</details>", start)]
    for part in ("Answer", "Cited", "Gold", "It helped 40 families", "Retrieved", "not retrieved", "fact: 40"):
        assert part in shown
    assert "Lost in" in text[:start]
    assert "There is no reply." in text


def test_a_failure_that_is_explained_shows_its_stages_in_place_of_the_ranking(findings: Findings) -> None:
    looked = Looked(text=EVIL, page=7, page_end=7, score=2.5, dense_rank=3)
    told = Trace(
        question=Question(asked="q", standalone="q", ask=Ask.FACT),
        tools=(tool("A tool"),),
        candidates=(looked,),
        sentences=(SentenceChoice(text=EVIL, page=7, score=1.5, chosen=False, why="scores too low"),),
        rule="count",
        missing="how many families",
        status=Status.NOT_IN_REPORT,
    )
    first, *others = findings.run.results
    run = findings.run.model_copy(update={"results": (first.model_copy(update={"trace": told}), *others)})
    text = to_html(Findings(run))
    assert not Page(text).unclosed
    assert "<script>" not in text
    start = text.index('id="case-c"')
    shown = text[start : text.index("</details>", start)]
    for part in ("As <code>fact</code> about A tool", "p. 7, 2.500, by meaning #3, by words –", "✗ p. 7, 1.500"):
        assert part in shown
    assert "in the search of this answer" in shown
    assert "not_in_report by the rule “count”: it does not say how many families" in shown
    assert shown.count("<h4>Retrieved") == 1


def test_figures_have_intervals_slices_and_a_glossary(findings: Findings) -> None:
    text = to_html(findings)
    for part in ("type=list", "cases=small", "turns=2", "share of the gold evidence", "Beside what anyone", "polyline"):
        assert part in text


def test_thresholds_that_are_missed_stand_first(findings: Findings) -> None:
    for text in (to_html(findings), to_markdown(findings)):
        assert "1 threshold is not reached." in text
        assert "evidence of all is 0.0000, and must be at least 1.0" in text


def test_markdown_cannot_be_broken_by_what_it_shows(findings: Findings) -> None:
    text = to_markdown(findings)
    assert "<script" not in text
    assert "<img" not in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    widths = [len(re.split(r"(?<!\\)\|", line)) for line in tables]
    assert len(set(widths)) <= 5
    assert text.count("<details>") == text.count("</details>") == 3


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_terminal_shows_all_at_any_width(findings: Findings, width: int) -> None:
    shown = StringIO()
    print_findings(findings, Console(file=shown, width=width))
    text = shown.getvalue()
    for part in ("evidence", "By slice", "Where cases were lost", "refusal", "1 threshold is not reached"):
        assert part in text
    assert max(map(len, text.splitlines())) <= width


def test_a_run_without_fault_says_so() -> None:
    given = reply("It helped 40 families. [1]", citation(1, "It helped 40 families."))
    run = small_run("new", (case(),), {"c": given})
    findings = Findings(run)
    assert "No case failed." in to_html(findings)
    assert "All thresholds are reached." in to_markdown(findings)
