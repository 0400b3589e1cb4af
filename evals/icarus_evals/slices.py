"""Which groups a case is counted in: all, by file, type, focus area, language, number of turns, answerable or not."""

from icarus_evals.cases import Case

ALL = ("all", "all")
Slice = tuple[str, str]

DIMENSIONS = ("all", "cases", "type", "focus area", "language", "turns", "answerable")


def slices_of(case: Case, source: str) -> tuple[Slice, ...]:
    """The slices of one case of a file (its name without ending), each as (dimension, value); `ALL` first."""
    area = case.focus_area.value if case.focus_area else "none or several"
    turns = str(len(case.turns)) if len(case.turns) < 3 else "3 or more"
    return (
        ALL,
        ("cases", source),
        ("type", case.type.value),
        ("focus area", area),
        ("language", case.language),
        ("turns", turns),
        ("answerable", "yes" if case.answerable else "no"),
    )


def slice_name(of: Slice) -> str:
    """A slice as a thresholds file and the reports write it: 'all' or 'type=list'."""
    return of[0] if of == ALL else f"{of[0]}={of[1]}"
