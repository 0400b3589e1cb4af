"""The findings for a pull request: GitHub Markdown, short, with the failures folded away."""

from icarus_evals.compare import Comparison
from icarus_evals.report.findings import Findings, cases_in, identity_lines, judged, with_interval, written
from icarus_evals.run_record import CaseResult

_SPECIAL = str.maketrans({"|": "\\|", "<": "&lt;", ">": "&gt;", "\n": " "})


def to_markdown(findings: Findings) -> str:
    """The whole report."""
    parts = [f"## Answer quality of {findings.run.identity.system}", f"**{findings.verdict}**"]
    parts += ["\n".join(f"- ✗ {_safe(failure.sentence)}" for failure in findings.missed)] if findings.missed else []
    parts += [_systems(findings), _slices(findings)]
    parts += [_comparison(c) for c in findings.comparisons]
    parts += [_judgement(findings), _failures(findings), _identity(findings)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(heading: list[str], rows: list[list[str]]) -> str:
    lines = [heading, [":--", *(["--:"] * (len(heading) - 1))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _systems(findings: Findings) -> str:
    names = findings.headlines()
    rows = []
    for name in names:
        cells = [with_interval(run.overall().get(name)) for run in findings.systems]
        rows.append([name, *cells])
    return _table(["figure", *(_safe(run.identity.system) for run in findings.systems)], rows)


def _slices(findings: Findings) -> str:
    names = findings.headlines()
    rows = [
        [_safe(of), str(cases_in(row)), *(written(n, row[n].mean) if n in row else "" for n in names)]
        for of, row in findings.slices
    ]
    return _folded("By slice", _table(["slice", "cases", *names], rows))


def _comparison(comparison: Comparison) -> str:
    heading = f"### Against {_safe(comparison.baseline)}\n\n{comparison.verdict}"
    rows = [
        [d.figure, written(d.figure, d.before), written(d.figure, d.after), f"{d.change:+.2f}", d.verdict]
        for d in comparison.differences
        if d.change
    ]
    moves = [
        f"- {word}: " + ", ".join(f"{m.case}" for m in group)
        for word, group in (("better", comparison.better), ("worse", comparison.worse), ("both", comparison.mixed))
        if group
    ]
    table = _table(["figure", "before", "after", "change", "verdict"], rows) if rows else ""
    return "\n\n".join(part for part in (heading, table, "\n".join(moves)) if part)


def _judgement(findings: Findings) -> str:
    if findings.judgement is None:
        return ""
    rows = [[label, value] for label, value in judged(findings.judgement)]
    return f"### As the language model {_safe(findings.judgement.judge)} judges\n\n{_table(['', ''], rows)}"


def _failures(findings: Findings) -> str:
    lines = []
    for stage, results in findings.lost:
        lines.append(f"**{stage.value}** ({len(results)})\n")
        lines += [_failure(result) for result in results]
        lines.append("")
    return _folded("Failures by the stage at which they were lost", "\n".join(lines)) if lines else ""


def _failure(result: CaseResult) -> str:
    why = result.loss.why if result.loss else ""
    return f"- `{_safe(result.case.id)}` {_safe(result.case.question)}: {_safe(why)}"


def _identity(findings: Findings) -> str:
    rows = [[label, _safe(value)] for label, value in identity_lines(findings.run)]
    return _folded("What was measured", _table(["", ""], rows))


def _folded(title: str, content: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{content}\n\n</details>"


def _safe(text: str) -> str:
    return text.translate(_SPECIAL)
