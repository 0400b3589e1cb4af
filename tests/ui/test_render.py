import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from icarus.records import Category, Filters, FocusArea, Quote, Status
from icarus_ui import render
from icarus_ui.conversation import Conversation, Turn
from tests.ui.material import HOSTILE, OTHER_QUOTE, QUOTE, card, citation, desk, reply, summary

DANGEROUS_TAGS = {"script", "img", "iframe", "object", "embed", "form", "link", "style", "meta", "base"}


class Seen(HTMLParser):
    """The tags and attributes that a browser would make of some HTML."""

    def __init__(self, shown: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(shown)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        if tag not in {"input", "path"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def shown(**changes: object) -> str:
    turn = Turn(id=1, question="What is Calm Street?", reply=reply(**changes))
    return render.conversation(Conversation(turns=(turn,), next_id=2), desk())


def hostile_views() -> dict[str, str]:
    quote = Quote(text=HOSTILE, page=65, page_end=65, passage="row")
    tool = card(name=HOSTILE, aliases=(HOSTILE,), located=(HOSTILE,), summary=(quote,), links=(quote,))
    cited = citation(1, HOSTILE, title=HOSTILE, section=HOSTILE, passage=f"Before {HOSTILE} after", tool=tool.id)
    said = reply(
        answer=f"{HOSTILE} [1] **Calm Street** <b>",
        citations=(cited,),
        tools=(summary(tool),),
        suggestions=(HOSTILE,),
        standalone_question=HOSTILE,
        filters=Filters(place=HOSTILE, theme=HOSTILE),
    )
    turn = Turn(id=1, question=HOSTILE, reply=said)
    at = desk(None, tool)
    page = at.page("icarus-d2.2", 65)
    assert page is not None
    hostile_page = page.model_copy(update={"text": f"Row\t{HOSTILE}\n{HOSTILE}"})
    document = at.documents[0].model_copy(update={"title": HOSTILE, "deliverable": HOSTILE})
    return {
        "conversation": render.conversation(Conversation(turns=(turn,), next_id=2), at),
        "waiting": render.conversation(Conversation(turns=(Turn(id=1, question="x", words=HOSTILE),)), at),
        "sources": render.sources(turn, 1, at),
        "page": render.page(hostile_page, document, cited, 1, at),
        "tool": render.tool(tool, at),
        "gone": render.gone(HOSTILE, at),
        "announcement": render.announcement(HOSTILE, problem=True),
    }


@pytest.mark.parametrize("view", hostile_views())
def test_hostile_words_are_shown_as_text_everywhere(view: str) -> None:
    content = hostile_views()[view]
    seen = Seen(content)
    assert not DANGEROUS_TAGS & set(seen.tags)
    assert not [name for name in seen.attributes if name.startswith("on") or name in {"src", "style"}]
    assert not [link for link in seen.links if not link.startswith("#to=tool&")]
    assert seen.open == []
    assert "<script>boom()</script>" in html.unescape(re.sub(r"<[^>]*>", "", content))


def test_right_to_left_marks_stay_inside_the_element_that_shows_them() -> None:
    reversing = "safe\u202egpj.exe"
    turn = Turn(id=1, question=reversing, reply=reply(filters=Filters(place=reversing)))
    content = render.conversation(Conversation(turns=(turn,), next_id=2), desk())
    assert f'<p class="question" dir="auto">{reversing}</p>' in content
    assert f'<bdi lang="en">{reversing}</bdi>' in content


def test_a_marker_names_its_source_and_leads_to_it() -> None:
    markers = re.findall(r'<button type="button" class="marker"[^>]*>\d+</button>', shown())
    assert len(markers) == 2
    assert 'aria-label="Source 2: page 65, Calm Street"' in markers[1]
    assert 'data-go="{&#34;to&#34;:&#34;source&#34;,&#34;turn&#34;:1,&#34;n&#34;:2}"' in markers[1]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.ANSWERED, "Answered from the report"),
        (Status.PARTIAL, "Partly answered by the report"),
        (Status.NOT_IN_REPORT, "Not in the report"),
        (Status.OUT_OF_SCOPE, "Outside what the report covers"),
        (Status.CLARIFY, "Needs a clearer question"),
        (Status.ERROR, "Could not be answered"),
    ],
)
def test_the_status_is_said_in_words(status: Status, words: str) -> None:
    assert words in shown(status=status)


def test_the_card_under_the_answer_has_its_chips_page_and_fields() -> None:
    content = shown()
    assert 'class="chip area juvenile_delinquency"' in content
    assert "Activity</span>" in content
    assert "2 of 17 fields stated in the report" in content
    assert html.escape(OTHER_QUOTE, quote=False).replace("'", "&#39;") in content


def test_many_tools_are_listed_short() -> None:
    many = tuple(card(id=f"tool-{i}", name=f"Tool {i}") for i in range(5))
    turn = Turn(id=1, question="Which?", reply=reply(tools=tuple(summary(tool) for tool in many)))
    content = render.conversation(Conversation(turns=(turn,), next_id=2), desk(None, *many))
    assert "Cards of all 5 tools" in content
    assert content.count('class="card row') == 5


def test_what_was_understood_is_shown_as_chips() -> None:
    filters = Filters(focus_area=FocusArea.RADICALISATION, category=Category.EVALUATION, place="Bordeaux")
    content = shown(filters=filters, standalone_question="Which evaluation tools are there in Bordeaux?")
    assert "Which evaluation tools are there in Bordeaux?" in content
    assert 'class="chip area radicalisation"' in content
    assert '<bdi lang="en">Bordeaux</bdi>' in content


def test_stems_are_not_shown_as_a_theme() -> None:
    assert "Theme:" not in shown(filters=Filters(theme="bring peopl polic"), standalone_question="Who brings police?")
    assert "Theme:" in shown(filters=Filters(theme="police"), standalone_question="Who brings police?")


def test_suggestions_and_revisions_belong_to_the_last_turn_only() -> None:
    turns = tuple(Turn(id=i, question="Q?", reply=reply()) for i in (1, 2))
    content = render.conversation(Conversation(turns=turns, next_id=3), desk())
    assert content.count('class="followups"') == 1
    assert content.count('data-do="undo"') == 1
    assert content.rindex('class="turn') < content.index('class="followups"')


def test_the_copy_holds_question_answer_sources_and_notice() -> None:
    copied = html.unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", shown(), re.DOTALL)[0])
    assert copied.startswith("# What is Calm Street?\n")
    assert f"[2] Report describing the inventory of tools, practices and lessons learned, p. 65: “{QUOTE}”" in copied
    assert "can be wrong" in copied


def test_the_copy_is_without_the_signs_of_escaping() -> None:
    copied = shown(answer="\\[e\\]ffective crime\\_prevention [1]")
    assert "\n\n[e]ffective crime_prevention [1]\n\n" in html.unescape(copied)


def test_the_first_look_says_where_questions_go() -> None:
    here = render.conversation(Conversation(), desk())
    assert "Your questions stay on the machine" in here
    there = replace(desk(), worded_by="llama3.2 at http://llm.example:8000/v1")
    shown = render.conversation(Conversation(), there)
    assert "a language model, llama3.2 at http://llm.example:8000/v1: each question" in shown
    assert "stay on the machine" not in shown


def test_the_first_look_says_what_it_is_and_offers_questions_of_each_area() -> None:
    content = render.conversation(Conversation(), desk())
    assert "automated assistant" in content
    assert "IcARUS · D2.2 · March 2022 · 81 pages" in content
    for area in FocusArea:
        assert re.search(rf'class="example {area.value}".*?data-ask="', content, re.DOTALL)


def test_all_views_close_what_they_open() -> None:
    for content in (shown(), render.header(desk()), render.areas(desk()), render.conversation(Conversation(), desk())):
        assert Seen(content).open == []


def test_two_answers_with_a_tool_each_are_two_regions() -> None:
    turns = tuple(Turn(id=i, question="Q?", reply=reply()) for i in (1, 2))
    content = render.conversation(Conversation(turns=turns, next_id=3), desk())
    assert re.findall(r'class="tools" aria-label="([^"]*)"', content) == ["Tool, question 1", "Tool, question 2"]


def test_what_is_the_reports_says_so_in_a_window_of_another_language() -> None:
    turn = Turn(id=1, question="Was ist Calm Street?", reply=reply(), language="de")
    content = render.conversation(Conversation(turns=(turn,), next_id=2), desk().speaking("fr"))
    assert '<p class="question" dir="auto" lang="de">' in content
    assert '<div class="answer" lang="en">' in content
    assert 'class="marker" lang="fr"' in content
    assert 'class="suggestion" lang="de"' in content
    assert "Réponse tirée du rapport" in content


def test_a_reworded_answer_is_in_the_language_of_its_question() -> None:
    turn = Turn(id=1, question="Was ist Calm Street?", reply=reply(mode="generated"), language="de")
    content = render.conversation(Conversation(turns=(turn,), next_id=2), desk())
    assert '<div class="answer" lang="de">' in content
