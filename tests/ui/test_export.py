import csv
import io
from datetime import date

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from icarus.records import Quote, ToolCard
from icarus_ui.address import Address, CompareAddress, PageAddress, ShortlistAddress, SourceAddress
from icarus_ui.conversation import Conversation, Turn
from icarus_ui.desk import Desk
from icarus_ui.export.as_csv import as_csv
from icarus_ui.export.as_markdown import as_markdown
from icarus_ui.export.as_word import as_word
from icarus_ui.export.content import Content, Fact
from icarus_ui.export.files import FORMATS, file_of
from icarus_ui.shortlist import Shortlist
from tests.ui.material import DOCUMENT, HOSTILE, OTHER_QUOTE, QUOTE, card, citation, desk, reply

TODAY = date(2026, 11, 30)
TURN = Turn(id=4, question="What is Calm Street?", reply=reply(), generation="aaa")
STATE = Conversation(turns=(TURN,), next_id=5)
KEPT = Shortlist(tools=("calm-street", "other"))
WHERE: dict[str, Address] = {
    "answer": SourceAddress(turn=4),
    "shortlist": ShortlistAddress(),
    "comparison": CompareAddress(tools=("calm-street", "other")),
}
ORIGIN = ("30 November 2026", "22 November 2026", DOCUMENT.title, "can be wrong, so check the page")


def at(**changes: object) -> Desk:
    return desk(None, card(**changes), card(id="other", name="Another tool", summary=()))


def exported(where: Address, form: str, front: Desk | None = None, state: Conversation = STATE) -> bytes:
    file = file_of({"of": where.model_dump_json(), "form": form}, state, KEPT, front or at(), TODAY)
    assert file
    assert file.name == f"icarus-{next(k for k, v in WHERE.items() if v == where)}-2026-11-30.{form}"
    return file.data


def words_of(data: bytes, form: str) -> str:
    """All words of a file, as its reader shows them."""
    if form == "csv":
        return "\n".join("\t".join(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    if form == "md":
        return data.decode()
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("where", WHERE)
def test_each_carries_its_citations_the_date_the_corpus_and_the_notice(where: str, form: str) -> None:
    said = words_of(exported(WHERE[where], form), form)
    assert [words for words in (*ORIGIN, OTHER_QUOTE, "p. 65") if words not in said] == []
    if where == "answer":
        assert "What is Calm Street?" in said
        assert "Answered from the report" in said
        assert QUOTE in said
        assert "[2]" in said
    else:
        assert "Calm Street" in said
        assert "Another tool" in said
        assert "no thorough information on how well they work" in said
        assert "not stated in the report" in said.casefold()


def test_a_comparison_is_a_table_in_each_format() -> None:
    rows = list(csv.reader(io.StringIO(exported(WHERE["comparison"], "csv").decode("utf-8-sig"))))
    assert rows[0] == ["Field", "Calm Street", "Another tool"]
    assert ["Summary", f"“{OTHER_QUOTE}” (p. 65)", "not stated in the report"] in rows
    document = docx.Document(io.BytesIO(exported(WHERE["comparison"], "docx")))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == rows[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == rows[: len(table.rows)]
    shown = MarkdownIt("commonmark").enable("table").render(exported(WHERE["comparison"], "md").decode())
    assert shown.count("<tr>") == len(table.rows)


def test_a_csv_begins_with_the_mark_by_which_excel_knows_utf8() -> None:
    data = exported(WHERE["answer"], "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines()[0] == "Part,Label,Text,Page,Report"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(sign: str) -> None:
    formula = f"{sign}HYPERLINK(1)"
    front = at(name=formula, summary=(Quote(text=formula, page=1, page_end=1, passage="p"),))
    asked = Conversation(turns=(TURN.model_copy(update={"question": formula, "reply": reply(answer=formula)}),))
    for where in WHERE.values():
        rows = csv.reader(io.StringIO(exported(where, "csv", front, asked).decode("utf-8-sig")))
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
        assert f"'{formula}" in cells


def hostile() -> tuple[ToolCard, Conversation]:
    quote = Quote(text=HOSTILE, page=1, page_end=1, passage="p")
    said = reply(answer="Said [1]", citations=(citation(1, HOSTILE, title=HOSTILE),))
    turn = TURN.model_copy(update={"question": HOSTILE, "reply": said})
    return card(name=HOSTILE, located=(HOSTILE,), summary=(quote,)), Conversation(turns=(turn,))


@pytest.mark.parametrize("where", WHERE)
def test_hostile_words_stay_text(where: str) -> None:
    tool, state = hostile()
    front = desk(None, tool, card(id="other", name="Another tool"))
    for form in ("docx", "csv"):
        assert HOSTILE in words_of(exported(WHERE[where], form, front, state), form)
    text = exported(WHERE[where], "md", front, state).decode()
    assert "<script>boom()</script>" not in text
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert "&lt;script&gt;boom()&lt;/script&gt;" in shown
    assert not [tag for tag in ("<script", "<img", "<a ") if tag in shown]


@given(st.text(min_size=1))
def test_any_words_can_be_taken_along(words: str) -> None:
    content = Content("icarus", words, (Fact("Label", words),))
    docx.Document(io.BytesIO(as_word(content)))
    as_csv(content).encode()
    shown = MarkdownIt("commonmark", {"html": True}).render(as_markdown(content))
    assert shown.count("<h1>") == 1
    assert shown.count("<li>") == 1


def test_marks_that_turn_words_round_are_left_out() -> None:
    said = words_of(as_word(Content("icarus", "safe\u202egpj.exe\x00", ())), "docx")
    assert said == "safegpj.exe"


def test_an_answer_of_an_earlier_generation_says_so() -> None:
    earlier = Conversation(turns=(TURN.model_copy(update={"generation": "older"}),))
    assert "updated since" in exported(WHERE["answer"], "md", state=earlier).decode()
    assert "updated since" not in exported(WHERE["answer"], "md").decode()


@pytest.mark.parametrize(
    ("of", "form"),
    [
        (SourceAddress(turn=3).model_dump_json(), "md"),
        (CompareAddress(tools=("calm-street",)).model_dump_json(), "md"),
        (PageAddress(document=DOCUMENT.id, page=65).model_dump_json(), "md"),
        (ShortlistAddress().model_dump_json(), "exe"),
        (ShortlistAddress().model_dump_json(), None),
        ("nothing", "md"),
        (None, "md"),
    ],
)
def test_what_is_not_there_is_no_file(of: object, form: object) -> None:
    assert file_of({"of": of, "form": form}, STATE, KEPT, at(), TODAY) is None
    assert file_of(of, STATE, KEPT, at(), TODAY) is None


def test_an_empty_shortlist_is_no_file() -> None:
    sent = {"of": ShortlistAddress().model_dump_json(), "form": "md"}
    assert file_of(sent, STATE, Shortlist(), at(), TODAY) is None


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("where", WHERE)
def test_a_file_speaks_the_language_of_the_window_around_the_quotes(where: str, form: str) -> None:
    file = file_of({"of": WHERE[where].model_dump_json(), "form": form}, STATE, KEPT, at().speaking("de"), TODAY)
    assert file
    said = words_of(file.data, form).replace("\\", "")  # Markdown escapes a number before a full stop
    for words in ("30. November 2026", "22. November 2026", "Bericht aufgenommen am", "Geben Sie keine Namen", "S. 65"):
        assert words in said
    assert OTHER_QUOTE in said
    assert "Report taken in on" not in said


def test_word_is_told_the_languages() -> None:
    file = file_of({"of": WHERE["answer"].model_dump_json(), "form": "docx"}, STATE, KEPT, at().speaking("el"), TODAY)
    assert file
    document = docx.Document(io.BytesIO(file.data))
    assert document.core_properties.language == "el"
    quoted = [run for paragraph in document.paragraphs for run in paragraph.runs if OTHER_QUOTE in run.text]
    assert 'w:lang w:val="en"' in quoted[-1]._r.xml
