"""Focus areas, categories and themes: their labels, and how to recognise them in headings and questions.

The areas are those of the IcARUS project (D2.2, chapter 1), the categories those of its survey (section 3.1).
Recognition goes by stems, so that other deliverables' wording of the same thing is met as well.
"""

import re

from icarus.records import Category, FocusArea

FOCUS_AREA_LABELS: dict[FocusArea, str] = {
    FocusArea.JUVENILE_DELINQUENCY: "Preventing juvenile delinquency",
    FocusArea.RADICALISATION: "Preventing radicalisation leading to violent extremism",
    FocusArea.ORGANISED_CRIME: "Preventing and reducing trafficking and organised crime",
    FocusArea.PUBLIC_SPACES: "Designing and managing safe public spaces",
}

CATEGORY_LABELS: dict[Category, str] = {
    Category.DIAGNOSTIC: "Diagnostic, assessment and monitoring tools",
    Category.ACTIVITY: "Activity-related tools",
    Category.EVALUATION: "Evaluation tools",
}

_AREA_HEADINGS: dict[FocusArea, re.Pattern[str]] = {
    FocusArea.JUVENILE_DELINQUENCY: re.compile(
        r"\b(juvenile|youth|young)\s+(?:people\s+(?:and|in)\s+)?(delinquen\w*|crime|offend\w*|justice)", re.I
    ),
    FocusArea.RADICALISATION: re.compile(r"\b(radicali[sz]\w*|extremis\w*)", re.I),
    FocusArea.ORGANISED_CRIME: re.compile(r"\b(organi[sz]ed crime|trafficking|mafias?)\b", re.I),
    FocusArea.PUBLIC_SPACES: re.compile(r"\b(public|urban) (space|place)s?\b", re.I),
}

_CATEGORY_HEADINGS: dict[Category, re.Pattern[str]] = {
    Category.DIAGNOSTIC: re.compile(r"\b(diagnos\w*|assess\w*|monitor\w*)\b", re.I),
    Category.ACTIVITY: re.compile(r"\bactivit(y|ies)\b", re.I),
    Category.EVALUATION: re.compile(r"\bevaluat\w*\b", re.I),
}


def focus_area_of_heading(heading: str) -> FocusArea | None:
    """The one focus area that a heading names, or None where it names none or several."""
    found = [area for area, pattern in _AREA_HEADINGS.items() if pattern.search(heading)]
    return found[0] if len(found) == 1 else None


def category_of_heading(heading: str) -> Category | None:
    """The one category of tools that a heading names, or None where it names none or several."""
    found = [category for category, pattern in _CATEGORY_HEADINGS.items() if pattern.search(heading)]
    return found[0] if len(found) == 1 else None


def focus_area_mentions(text: str) -> dict[FocusArea, int]:
    """How often a text names each focus area."""
    return {area: len(pattern.findall(text)) for area, pattern in _AREA_HEADINGS.items()}
