"""The measure measured: each assistant that is broken on purpose is caught by the figure that should catch it."""

import pytest

from icarus.records import Reply
from icarus_evals.compare import Comparison, compare
from icarus_evals.figures import BY_NAME
from icarus_evals.run_record import Identity, RunRecord, Timing
from icarus_evals.runner import Evaluation, score_replies
from tests.evals.mutants import MUTANTS, Mutant, broken

# Kinds of figure of which there are few cases: a fall must show, if not beyond what chance does.
FEW = {"exact", "count", "tools_precision", "tools_recall"}
# Figures that must not move when only the other is broken: the measure tells one fault from another.
UNTOUCHED = {
    "shifts pages by one": ("facts", "markers", "exact", "refusal"),
    "drops a marker": ("verbatim", "evidence", "refusal"),
    "pads lists": ("evidence", "verbatim", "markers", "refusal"),
    "never refuses": ("evidence", "facts", "verbatim", "markers"),
    "counts wrong": ("exact", "verbatim", "evidence"),
    "misquotes": ("facts", "markers", "exact"),
    "duplicates markers": ("evidence", "verbatim", "facts"),
}


def run_of(name: str, replies: dict[str, Reply], evaluation: Evaluation) -> RunRecord:
    timing = Timing(started_at="2026-01-01T00:00:00+00:00", seconds=0.0)
    results = tuple(score_replies(evaluation, replies))
    return RunRecord(identity=Identity(system=name, icarus_version="0"), timing=timing, results=results, summary=())


@pytest.fixture(scope="module")
def real(dev: Evaluation, golden: dict[str, Reply]) -> RunRecord:
    return run_of("real", golden, dev)


@pytest.fixture(scope="module")
def against_real(dev: Evaluation, golden: dict[str, Reply], real: RunRecord) -> dict[str, Comparison]:
    return {m.name: compare(run_of(m.name, broken(golden, dev, m), dev), real) for m in MUTANTS}


def test_there_are_enough_of_them() -> None:
    assert len({mutant.name for mutant in MUTANTS}) >= 12


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: m.name)
def test_each_is_caught_by_the_figure_that_should(mutant: Mutant, against_real: dict[str, Comparison]) -> None:
    found = {d.figure: d for d in against_real[mutant.name].differences}
    for name in mutant.caught_by:
        worse = found[name].change < 0 if BY_NAME[name].better == "higher" else found[name].change > 0
        assert worse, found[name]
        assert name in FEW or found[name].verdict == "worse", found[name]


@pytest.mark.parametrize("name", UNTOUCHED)
def test_other_figures_stay_as_they_are(name: str, against_real: dict[str, Comparison]) -> None:
    found = {d.figure: d for d in against_real[name].differences}
    assert {figure: found[figure].change for figure in UNTOUCHED[name]} == dict.fromkeys(UNTOUCHED[name], 0.0)


def test_the_real_one_is_the_same_as_itself(real: RunRecord) -> None:
    comparison = compare(real, real)
    assert {d.verdict for d in comparison.differences} == {"the same"}
    assert not (comparison.better or comparison.worse or comparison.mixed)


@pytest.mark.parametrize("name", ["dumps the page", "always refuses", "never refuses"])
def test_no_lazy_way_to_a_good_score(name: str, against_real: dict[str, Comparison]) -> None:
    found = {d.figure: d for d in against_real[name].differences}
    assert found["truthfulness"].verdict == "worse", found["truthfulness"]
