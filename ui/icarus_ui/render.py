"""Views as HTML: Jinja2 templates that escape everything they are given."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from functools import cache, partial
from uuid import uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from icarus.records import Citation, Document, Page, Record, Reply, ToolCard
from icarus.text import words
from icarus_ui import highlight, markdown
from icarus_ui.address import (
    AccessAddress,
    CompareAddress,
    NoAddress,
    PageAddress,
    ShortlistAddress,
    SourceAddress,
    ToolAddress,
    ToolsAddress,
)
from icarus_ui.browsing import Browsed
from icarus_ui.cards import cards_of, view_card
from icarus_ui.comparing import FEWEST, MOST, Comparison
from icarus_ui.conversation import Conversation, Turn
from icarus_ui.desk import Desk
from icarus_ui.export.as_markdown import as_plain
from icarus_ui.export.content import of_answer
from icarus_ui.export.files import File
from icarus_ui.limits import limit_label, limits_to_choose, limits_with
from icarus_ui.related import Trait, related
from icarus_ui.shortlist import Shortlist
from icarus_ui.wording import LANGUAGES, Wording, examples, wording_of

_ACCESS_CHECKED = "2026-11"  # when the accessibility statement was last held against the window
_ADDRESSES: dict[str, type[Record]] = {
    "source": SourceAddress,
    "page": PageAddress,
    "tool": ToolAddress,
    "tools": ToolsAddress,
    "shortlist": ShortlistAddress,
    "compare": CompareAddress,
    "access": AccessAddress,
    "nothing": NoAddress,
}


def header(desk: Desk, log_out: bool = False) -> str:
    """The bar at the top, with a button to log out where people log in here."""
    return _render("header.html.j2", desk, log_out=log_out)


def login(wording: Wording, named: bool, problem: str = "") -> str:
    """The page to log in, with a field for a name where there are names."""
    return _environment(wording.language).get_template("login.html.j2").render(named=named, problem=problem)


def conversation(state: Conversation, desk: Desk) -> str:
    """All turns of a conversation, or the first look where there are none yet."""
    return _render(
        "conversation.html.j2", desk, conversation=state, examples=examples(desk.documents, desk.wording.language)
    )


def sources(turn: Turn, n: int, desk: Desk) -> str:
    """The sources of a turn that has a reply, the one numbered `n` open with its quote marked."""
    return _render("sources.html.j2", desk, turn=turn, n=n)


def page(shown: Page, document: Document, cited: Citation | None, turn: int, desk: Desk) -> str:
    """A page of the report, with the quote of a citation marked on it."""
    n = cited.n if cited else 0
    headings = desk.headings(document.id, shown.number)
    rows = highlight.lines(shown.text, [cited.quote] if cited else [], headings)

    def step(by: int) -> str:
        return address("page", document=document.id, page=shown.number + by, turn=turn, n=n)

    return _render("page.html.j2", desk, page=shown, document=document, rows=rows, step=step)


def tool(card: ToolCard, desk: Desk) -> str:
    """The whole card of a tool, with the tools that are related to it."""
    near = [(view_card(other.card, desk), other.shared) for other in related(card, desk.catalogue)]
    return _render("tool.html.j2", desk, view=view_card(card, desk), near=near)


def tools(at: ToolsAddress, browsed: Browsed, desk: Desk) -> str:
    """All tools that meet the filters of an address, with the inventory and the filters beside it."""
    return _render(
        "tools.html.j2",
        desk,
        browsed=browsed,
        views=[view_card(card, desk) for card in browsed.cards],
        here=at.model_dump_json(),
        address_now=at,
        shown_text=at.text or "",
        narrowed=at != ToolsAddress(),
    )


def shortlist(cards: list[ToolCard], desk: Desk) -> str:
    """The tools put aside, to be compared or taken along."""
    views = [view_card(card, desk) for card in cards]
    return _render("shortlist.html.j2", desk, views=views, fewest=FEWEST, most=MOST)


def tray(kept: Shortlist, desk: Desk, number: int = 0) -> str:
    """The line under the panel that tells what is on the shortlist after the change that the browser numbered so.

    The script reads the ids from it.
    """
    ids = [card.id for card in kept.cards(desk)]
    return _render("tray.html.j2", desk, ids=ids, number=number, comparable=FEWEST <= len(ids) <= MOST)


def comparison(at: CompareAddress, compared: Comparison, desk: Desk) -> str:
    """Tools side by side."""
    return _render("comparison.html.j2", desk, compared=compared, here=at.model_dump_json())


def parcel(file: File) -> str:
    """A file on its way to the browser, which the script saves; no two are alike, so that the second is seen."""
    held = Markup('<span hidden data-parcel="{}" data-name="{}" data-kind="{}" data-bytes="{}"></span>')
    return str(held.format(uuid4().hex, file.name, file.kind, b64encode(file.data).decode()))


def gone(message: str, desk: Desk) -> str:
    """The panel with one sentence, where an address leads nowhere."""
    return _render("gone.html.j2", desk, message=message)


def notice(desk: Desk) -> str:
    """The line that is always there: what this is, and what not to type."""
    return _render("notice.html.j2", desk)


def access(desk: Desk) -> str:
    """The accessibility statement."""
    return _render("access.html.j2", desk, checked=desk.wording.month_of(_ACCESS_CHECKED))


def areas(desk: Desk) -> str:
    """The choice of a focus area."""
    return _render("areas.html.j2", desk)


def announcement(sentence: str, problem: bool = False) -> str:
    """What screen readers are told once, shown to all when it is a problem; the region itself stays."""
    region = Markup('<p role="status" aria-live="polite" class="{}">{}</p>')
    return str(region.format("problem" if problem else "visually-hidden", sentence))


def address(to: str, **where: object) -> str:
    """An address as the page carries it: JSON that `address.parse` takes back."""
    return _ADDRESSES[to].model_validate(where).model_dump_json()


def _render(template: str, desk: Desk, **values: object) -> str:
    shared = {
        "documents": desk.documents,
        "taken_in": desk.wording.day_of(desk.built_at),
        "worded_by": desk.worded_by,
        "as_text": partial(_as_text, desk=desk),
        "answer_language": partial(_answer_language, desk=desk),
        "answer_html": partial(_answer_html, desk=desk),
        "cards": partial(cards_of, desk=desk),
        "language": desk.language_of,
        "limits_to_choose": partial(limits_to_choose, desk=desk),
        "feedback_days": desk.keep_days if desk.keep_feedback else 0,
        "question_days": desk.keep_days if desk.keep_question else 0,
    }
    return _environment(desk.wording.language).get_template(template).render(shared | values)


def _answer_html(turn: Turn, desk: Desk) -> Markup:
    """The answer so far, or the whole of it with its markers as buttons."""
    citations = {c.n: c for c in turn.reply.citations} if turn.reply else {}
    tools = {tool.name: tool.id for tool in turn.reply.tools} if turn.reply else {}
    environment = _environment(desk.wording.language)
    button, name_button = environment.get_template("marker.html.j2"), environment.get_template("name.html.j2")

    def marker(n: int) -> Markup | None:
        cited = citations.get(n)
        return Markup(button.render(turn=turn, citation=cited)) if cited else None  # noqa: S704 (a template)

    def name_link(name: str) -> Markup | None:
        shown = name_button.render(turn=turn, tool=tools[name], name=name) if name in tools else None
        return Markup(shown) if shown else None  # noqa: S704 (a template)

    answer = turn.reply.answer if turn.reply else turn.words
    return markdown.render(answer, marker, name_link, turn.language)


def _answer_language(turn: Turn, desk: Desk) -> str:
    """The code of the language of an answer's statements: the report's; where they are reworded, the question's."""
    reply = turn.reply
    quoted = reply and reply.citations and reply.mode == "verbatim"
    return desk.language_of(reply.citations[0].document) if reply and quoted else turn.language


def _marked_lines(citation: Citation) -> list[highlight.Line]:
    """The passage of a citation with its quote marked; the quote alone where the passage does not hold it."""
    holds = highlight.quote_span(citation.passage, citation.quote)
    return highlight.lines(citation.passage if holds else citation.quote, [citation.quote])


def _differs(turn: Turn, reply: Reply) -> bool:
    return reply.standalone_question.strip().casefold() != turn.question.strip().casefold()


def _readable(theme: str, reply: Reply) -> bool:
    """Whether a theme is words of the question, not stems of them."""
    return set(words(theme)) <= set(words(reply.standalone_question))


def _as_text(turn: Turn, desk: Desk) -> str:
    """An answer to copy."""
    return as_plain(of_answer(turn, desk, date.today()))


def _in_common(shared: Sequence[Trait], wording: Wording) -> list[str]:
    """What tools have in common, in words, the rarest first: 'Place: Germany', 'Theme: Police, Online'."""
    groups = {"focus_area": "areas", "category": "categories", "theme": "themes"}
    say = wording.say
    words_of: dict[str, list[str]] = {}
    for kind, value in shared:
        words_of.setdefault(kind, []).append(say(groups[kind], value) if kind in groups else value)
    return [f"{say('limits', kind)}: {', '.join(values)}" for kind, values in words_of.items()]


def _section_path(path: str) -> str:
    return path.replace(" > ", " › ")


@cache
def _environment(language: str) -> Environment:
    """The templates, speaking one language: what they import from each other speaks it as well."""
    environment = Environment(
        loader=PackageLoader("icarus_ui"),
        autoescape=True,
        auto_reload=False,  # templates of an update belong to its code, which comes with the next start
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    wording = wording_of(language)
    own = (wording.say, wording.count_of, wording.facts_of, address, marker_place, limits_with)
    private = (_marked_lines, _differs, _readable, _section_path)
    environment.globals.update({function.__name__.lstrip("_"): function for function in (*own, *private)})
    environment.globals.update(
        t=wording.texts,
        spoken=language,
        languages=LANGUAGES,
        page_span=partial(wording.pages, "source"),
        limit_label=partial(limit_label, wording=wording),
        in_common=partial(_in_common, wording=wording),
    )
    return environment


def marker_place(citation: Citation) -> str:
    """What a marker names beside the page: the innermost heading that the passage stands under."""
    return citation.section.rsplit(" > ", 1)[-1]
