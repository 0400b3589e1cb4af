"""Which groups a case is counted in: all, by type, focus area, language, number of turns, answerable or not."""

from icarus_evals.cases import Case

ALL = ("all", "all")
Slice = tuple[str, str]

DIMENSIONS = ("all", "type", "focus area", "language", "turns", "answerable")


def slices_of(case: Case) -> tuple[Slice, ...]:
    """The slices of one case, each as (dimension, value); `ALL` first."""
    area = case.focus_area.value if case.focus_area else "none or several"
    turns = str(len(case.turns)) if len(case.turns) < 3 else "3 or more"
    return (
        ALL,
        ("type", case.type.value),
        ("focus area", area),
        ("language", case.language),
        ("turns", turns),
        ("answerable", "yes" if case.answerable else "no"),
    )
