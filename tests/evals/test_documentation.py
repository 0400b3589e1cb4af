"""The README says what there is."""

import inspect
import re
import tomllib

from icarus.records import ToolCard
from icarus_evals.baselines.registry import BASELINES
from icarus_evals.cases import Case, CaseType
from icarus_evals.cli import evaluate
from icarus_evals.figures import FIGURES, score
from icarus_evals.metrics.cards import quote_fields
from icarus_evals.stages import Stage
from tests.conftest import ROOT
from tests.evals.builders import case, citation, reply, subject, tool, unanswerable

README = (ROOT / "evals/README.md").read_text(encoding="utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", README))


def test_every_figure_is_defined_and_no_other() -> None:
    start = README.index("| figure |")
    table = README[start : README.index("\n\n", start)]
    named = re.findall(r"`([\w@]+)`", "\n".join(row.split("|")[1] for row in table.splitlines()[2:]))
    assert sorted(named) == sorted(figure.name for figure in FIGURES)
    assert len({figure.name for figure in FIGURES}) == len(FIGURES)


def test_every_key_type_baseline_and_stage_is_named() -> None:
    assert set(Case.model_fields) <= CODE
    assert {kind.value for kind in CaseType} <= CODE
    assert set(BASELINES) <= CODE
    assert all(f"**{stage.value}**" in README for stage in Stage)


def test_every_option_is_shown() -> None:
    options = {name.replace("_", "-") for name in inspect.signature(evaluate).parameters} - {"robustness", "seed"}
    assert all(f"--{option}" in README for option in options | {"no-robustness", "seed"})


def test_whatever_is_computed_has_a_name() -> None:
    given = reply("It helped 40. [1]", citation(1, "It helped 40 families."), tools=(tool("A"),))
    found = set()
    for kind in CaseType:
        of = (
            unanswerable(type=kind)
            if kind in {"unanswerable", "hostile"}
            else case(type=kind, tools=["A"], key_facts=[["40"]], pages=[1])
        )
        found |= set(score(subject(of, given))) | set(score(subject(of, None)))
    assert found <= {figure.name for figure in FIGURES}
    assert {"unharmed", "count", "missing", "first", "exact", "answer_f1"} <= found


def test_the_extras_named_are_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"evals", "baselines"} <= set(project["optional-dependencies"])
    for pin in project["optional-dependencies"]["evals"]:
        assert pin in project["optional-dependencies"]["dev"] + project["dependencies"]


def test_cards_gold_names_fields_that_hold_quotes() -> None:
    empty = ToolCard(id="a", document="d", name="A", page=1, pages=(1,))
    assert {"places", "links", "results"} <= {name for name, _ in quote_fields(empty)}
