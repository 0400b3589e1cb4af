"""Focus areas and categories are recognised in any deliverable's wording of a heading."""

import pytest

from icarus.records import Category, FocusArea
from icarus.taxonomy import CATEGORY_LABELS, FOCUS_AREA_LABELS, category_of_heading, focus_area_of_heading


@pytest.mark.parametrize(
    ("heading", "area"),
    [
        ("4.1 Tools and practices in the focus area Preventing Juvenile Delinquency", FocusArea.JUVENILE_DELINQUENCY),
        ("Preventing Radicalisation Leading to Violent Extremism", FocusArea.RADICALISATION),
        ("Preventing and Reducing Trafficking and Organised Crime", FocusArea.ORGANISED_CRIME),
        ("Reducing and Preventing Organized Crime and Trafficking", FocusArea.ORGANISED_CRIME),
        ("Designing and Managing Safe Public Spaces", FocusArea.PUBLIC_SPACES),
        ("Youth crime", FocusArea.JUVENILE_DELINQUENCY),
        ("5.5 Structures, actors and citizen participation", None),
        ("Radicalisation and organised crime", None),
    ],
)
def test_a_heading_names_a_focus_area(heading: str, area: FocusArea | None) -> None:
    assert focus_area_of_heading(heading) is area


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        ("4.2.1 Diagnostic, assessment and monitoring tools", Category.DIAGNOSTIC),
        ("Category: Activity-related tools", Category.ACTIVITY),
        ("Category: Evaluation tools", Category.EVALUATION),
        ("5.3 Assessment, Monitoring and Evaluation", None),
        ("Overview of insights and findings", None),
    ],
)
def test_a_heading_names_a_category(heading: str, category: Category | None) -> None:
    assert category_of_heading(heading) is category


def test_every_area_and_category_is_recognised_by_its_own_label() -> None:
    assert {focus_area_of_heading(label): area for area, label in FOCUS_AREA_LABELS.items()} == {
        a: a for a in FocusArea
    }
    assert {category_of_heading(label) for label in CATEGORY_LABELS.values()} == set(Category)
