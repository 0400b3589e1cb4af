"""The catalogue as JSON, CSV and Markdown."""

import csv
import io
import json

from icarus.records import Category, FocusArea, Quote, ToolCard
from icarus.tool_formats import as_csv, as_json, as_markdown


def card(name: str = "Calm Street", **fields: object) -> ToolCard:
    given: dict[str, object] = {
        "id": "calm-street",
        "document": "icarus-d2.2",
        "name": name,
        "page": 70,
        "pages": (58, 70),
        "located": ("Stockholm", "Sweden"),
        "focus_areas": (FocusArea.PUBLIC_SPACES,),
        "categories": (Category.ACTIVITY, Category.DIAGNOSTIC),
        "summary": (Quote(text="Guards walk, slowly.", page=70, page_end=70, passage="p1"),),
    }
    return ToolCard.model_validate(given | fields)


def test_json_is_a_list_of_whole_cards() -> None:
    found = json.loads(as_json([card()]))
    assert [ToolCard.model_validate(c) for c in found] == [card()]
    assert found[0]["document"] == "icarus-d2.2"
    assert json.loads(as_json([])) == []


def test_csv_has_one_row_a_tool_with_every_field() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv([card(), card("Other, with | and \n in it")]))))
    assert [row["name"] for row in rows] == ["Calm Street", "Other, with | and \n in it"]
    assert rows[0]["categories"] == "activity | diagnostic"
    assert rows[0]["summary"] == "Guards walk, slowly. (p. 70)"
    assert rows[0]["pages"] == "58 | 70"
    assert set(rows[0]) == set(ToolCard.model_fields)


def test_a_cell_that_a_spreadsheet_would_run_is_made_text() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv([card("=1+2"), card("@SUM(A1)")]))))
    assert [row["name"] for row in rows] == ["'=1+2", "'@SUM(A1)"]


def test_markdown_is_one_row_a_tool_with_pipes_escaped() -> None:
    lines = as_markdown([card("A | B")]).splitlines()
    assert lines[2] == (
        "| A \\| B | Designing and managing safe public spaces | "
        "Activity-related tools; Diagnostic, assessment and monitoring tools | Stockholm, Sweden | 70 |"
    )
    assert "efficacy" in lines[-1]
