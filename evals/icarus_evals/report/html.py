"""The findings as one web page that can be sent: nothing is loaded from elsewhere, everything shown is escaped."""

import re
from functools import cache
from typing import TYPE_CHECKING

from icarus_evals.matching import holds_any
from icarus_evals.metrics.subject import gold_evidence
from icarus_evals.report.findings import (
    Findings,
    by_group,
    cases_in,
    glossary,
    identity_lines,
    judged,
    with_interval,
    written,
)
from icarus_evals.report.plots import curve_plot, histogram
from icarus_evals.run_record import CaseResult

if TYPE_CHECKING:
    from jinja2 import Template

SHOWN_CANDIDATES = 5
SHOWN_SENTENCES = 10


def to_html(findings: Findings) -> str:
    """The whole page."""
    run = findings.run
    times = list(run.timing.milliseconds.values())
    return _template().render(
        findings=findings,
        run=run,
        groups=by_group(run),
        curve=curve_plot(run.refusal_curve) if run.refusal_curve else None,
        times=histogram(times),
        identity=identity_lines(run),
        glossary=glossary(),
        candidates=SHOWN_CANDIDATES,
        sentences=SHOWN_SENTENCES,
    )


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("icarus_evals", "report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"interval": with_interval}
    environment.globals |= {
        "written": written,
        "cases_in": cases_in,
        "gold": gold_state,
        "address": address,
        "judged": judged,
    }
    return environment.get_template("page.html.j2")


def gold_state(result: CaseResult) -> list[tuple[str, bool, bool | None]]:
    """Each piece of gold evidence: its words, whether it is cited, whether it was retrieved (None: not known)."""
    cited = [c.passage for c in result.reply.citations] if result.reply else []
    brought = result.trace.candidates if result.trace else result.candidates
    retrieved = [c.text for c in brought] if brought is not None else None
    return [
        (quotes[0], holds_any(cited, quotes), holds_any(retrieved, quotes) if retrieved is not None else None)
        for quotes in gold_evidence(result.case)
    ]


def address(case_id: str) -> str:
    """A case's id as the page's own link target: letters, digits and hyphens."""
    return "case-" + re.sub(r"[^A-Za-z0-9]+", "-", case_id)
