"""What an evaluation is to do, all checked before minutes are spent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from icarus_evals.baselines.registry import ALL, BASELINES, check_installed
from icarus_evals.cases import Case, load_cases
from icarus_evals.errors import CaseFileError, EvalError
from icarus_evals.judge.agreement import Labelled, load_sample
from icarus_evals.judge.model import Judge
from icarus_evals.metrics.cards import CardGold, load_card_gold
from icarus_evals.metrics.retrieval import check_measures
from icarus_evals.run_record import RunRecord, read_run
from icarus_evals.thresholds import Thresholds, load_thresholds

CASES = Path("evals/cases")
DEFAULT_CASES = ("dev.jsonl", "own.jsonl")
THRESHOLDS = Path("evals/thresholds.toml")
CARDS = "cards.jsonl"
SAMPLE = "judge-sample.jsonl"
_T = TypeVar("_T")


@dataclass(frozen=True)
class Plan:
    """Cases by file, gold cards, baselines, earlier runs to compare with, thresholds, a folder, a judge."""

    files: tuple[Path, ...]
    cases: dict[str, tuple[Case, ...]]
    cards: tuple[CardGold, ...]
    baselines: tuple[str, ...]
    earlier: tuple[RunRecord, ...]
    thresholds: Thresholds
    out: Path | None
    seed: int
    robustness: bool
    judge: Judge | None
    sample: tuple[Labelled, ...]

    @classmethod
    def of(  # noqa: PLR0913 - one an option
        cls,
        files: Sequence[Path],
        *,
        baselines: Sequence[str] = (),
        thresholds: Path = THRESHOLDS,
        out: Path | None = None,
        seed: int = 0,
        robustness: bool = True,
        judge: bool = False,
    ) -> "Plan":
        """A plan out of options; without files, of the cases that come with the project.

        Raises:
            EvalError: something that it names is not there, not of its format, or not installed.
        """
        check_measures()
        files = tuple(files) or tuple(CASES / name for name in DEFAULT_CASES if (CASES / name).is_file())
        if not files:
            raise EvalError(f"There are no cases in {CASES}: name a file with --cases.")
        if out is not None and out.exists() and not out.is_dir():
            raise EvalError(f"{out} is not a folder: name one with --out.")
        return cls(
            files=files,
            cases=_load(files),
            cards=_beside(files, CARDS, load_card_gold),
            baselines=_names([name for name in baselines if not Path(name).is_file()]),
            earlier=tuple(read_run(Path(name)) for name in baselines if Path(name).is_file()),
            thresholds=load_thresholds(thresholds) if thresholds.is_file() or thresholds != THRESHOLDS else {},
            out=out,
            seed=seed,
            robustness=robustness,
            judge=Judge.open() if judge else None,
            sample=_beside(files, SAMPLE, load_sample) if judge else (),
        )


def _names(baselines: Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(n for name in baselines for n in (BASELINES if name == ALL else (name,))))
    for name in names:
        check_installed(name)
    return names


def _load(files: Sequence[Path]) -> dict[str, tuple[Case, ...]]:
    """Cases by the name of their file; an id may stand in one file only."""
    loaded = {path.stem: load_cases(path) for path in files}
    ids = [case.id for cases in loaded.values() for case in cases]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise CaseFileError(f"The same id stands in two files of cases: {', '.join(twice[:5])}.")
    return loaded


def _beside(files: Sequence[Path], name: str, load: Callable[[Path], tuple[_T, ...]]) -> tuple[_T, ...]:
    """What a file of some name beside the cases holds; () where there is none."""
    beside = next((path.parent / name for path in files if (path.parent / name).is_file()), None)
    return load(beside) if beside else ()
