"""Views as HTML: Jinja2 templates that escape everything they are given."""

from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from icarus.records import Citation, Document, Page, Record, Reply, ToolCard
from icarus.text import words
from icarus_ui import highlight, markdown
from icarus_ui.address import NoAddress, PageAddress, SourceAddress, ToolAddress, ToolsAddress
from icarus_ui.browsing import Browsed
from icarus_ui.cards import cards_of, view_card
from icarus_ui.conversation import Conversation, Turn
from icarus_ui.desk import Desk
from icarus_ui.limits import limit_label, limits_to_choose, limits_with
from icarus_ui.transcript import as_text
from icarus_ui.wording import count_of, examples, say, texts

_ADDRESSES: dict[str, type[Record]] = {
    "source": SourceAddress,
    "page": PageAddress,
    "tool": ToolAddress,
    "tools": ToolsAddress,
    "nothing": NoAddress,
}


def header(desk: Desk, log_out: bool = False) -> str:
    """The bar at the top, with a button to log out where people log in here."""
    return _render("header.html.j2", desk, log_out=log_out)


def login(named: bool, problem: str = "") -> str:
    """The page to log in, with a field for a name where there are names."""
    return _environment().get_template("login.html.j2").render(named=named, problem=problem)


def conversation(state: Conversation, desk: Desk) -> str:
    """All turns of a conversation, or the first look where there are none yet."""
    return _render("conversation.html.j2", desk, conversation=state, examples=examples(desk.documents))


def sources(turn: Turn, n: int, desk: Desk) -> str:
    """The sources of a turn that has a reply, the one numbered `n` open with its quote marked."""
    return _render("sources.html.j2", desk, turn=turn, n=n)


def page(shown: Page, document: Document, cited: Citation | None, turn: int, desk: Desk) -> str:
    """A page of the report, with the quote of a citation marked on it."""
    n = cited.n if cited else 0
    headings = desk.headings(document.id, shown.number)
    rows = highlight.lines(shown.text, [cited.quote] if cited else [], headings)
    back = address("source", turn=turn, n=n) if cited else None

    def step(by: int) -> str:
        return address("page", document=document.id, page=shown.number + by, turn=turn, n=n)

    return _render("page.html.j2", desk, page=shown, document=document, rows=rows, back=back, step=step)


def tool(card: ToolCard, turn: int, desk: Desk) -> str:
    """The whole card of a tool."""
    back = address("source", turn=turn) if turn else None
    return _render("tool.html.j2", desk, view=view_card(card, desk), back=back)


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


def gone(message: str, desk: Desk) -> str:
    """The panel with one sentence, where an address leads nowhere."""
    return _render("gone.html.j2", desk, message=message)


def notice(desk: Desk) -> str:
    """The line that is always there: what this is, and what not to type."""
    return _render("notice.html.j2", desk)


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


def page_span(first: int, last: int) -> str:
    """'Page 43' or 'Pages 43–44'."""
    return say("source", "page", page=first) if first == last else say("source", "pages", page=first, page_end=last)


def _render(template: str, desk: Desk, **values: object) -> str:
    shared = {
        "documents": desk.documents,
        "taken_in": _day(desk.built_at),
        "worded_by": desk.worded_by,
        "cards": partial(cards_of, desk=desk),
        "language": partial(_language, desk=desk),
        "limits_to_choose": partial(limits_to_choose, desk=desk),
        "feedback_days": desk.keep_days if desk.keep_feedback else 0,
        "question_days": desk.keep_days if desk.keep_question else 0,
    }
    return _environment().get_template(template).render(shared | values)


def _answer_html(turn: Turn) -> Markup:
    """The answer so far, or the whole of it with its markers as buttons."""
    citations = {c.n: c for c in turn.reply.citations} if turn.reply else {}
    tools = {tool.name: tool.id for tool in turn.reply.tools} if turn.reply else {}
    button = _environment().get_template("marker.html.j2")
    name_button = _environment().get_template("name.html.j2")

    def marker(n: int) -> Markup | None:
        cited = citations.get(n)
        return Markup(button.render(turn=turn, citation=cited)) if cited else None  # noqa: S704 (a template)

    def name_link(name: str) -> Markup | None:
        shown = name_button.render(turn=turn, tool=tools[name], name=name) if name in tools else None
        return Markup(shown) if shown else None  # noqa: S704 (a template)

    return markdown.render(turn.reply.answer if turn.reply else turn.words, marker, name_link)


def _marked_lines(citation: Citation) -> list[highlight.Line]:
    """The passage of a citation with its quote marked; the quote alone where the passage does not hold it."""
    holds = highlight.quote_span(citation.passage, citation.quote)
    return highlight.lines(citation.passage if holds else citation.quote, [citation.quote])


def _differs(turn: Turn, reply: Reply) -> bool:
    return reply.standalone_question.strip().casefold() != turn.question.strip().casefold()


def _readable(theme: str, reply: Reply) -> bool:
    """Whether a theme is words of the question, not stems of them."""
    return set(words(theme)) <= set(words(reply.standalone_question))


def _language(document_id: str, desk: Desk) -> str:
    document = desk.document(document_id)
    return (document.language if document else None) or ""


def _facts(document: Document) -> str:
    known = (document.project, document.deliverable, _month(document.date or ""))
    pages = say("welcome", "pages", count=document.pages) if document.pages else None
    return " · ".join(fact for fact in (*known, pages) if fact)


def _month(date: str) -> str:
    """'March 2022' for '2022-03' or '2022-03-31'; anything else as it is."""
    year, _, rest = date.partition("-")
    month = rest.partition("-")[0]
    names = say("welcome", "months").split()
    return f"{names[int(month) - 1]} {year}" if month.isdigit() and 1 <= int(month) <= 12 else date


def _day(moment: str) -> str:
    """'22 November 2026' for a moment in ISO 8601."""
    day = moment.partition("T")[0]
    return f"{int(day[8:])} {_month(day)}"


def _section_path(path: str) -> str:
    return path.replace(" > ", " › ")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("icarus_ui"),
        autoescape=True,
        auto_reload=False,  # templates of an update belong to its code, which comes with the next start
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    own = (say, count_of, address, page_span, as_text, marker_place, limits_with, limit_label)
    private = (_answer_html, _marked_lines, _differs, _readable, _facts, _section_path)
    environment.globals.update({function.__name__.lstrip("_"): function for function in (*own, *private)}, t=texts())
    return environment


def marker_place(citation: Citation) -> str:
    """What a marker names beside the page: the innermost heading that the passage stands under."""
    return citation.section.rsplit(" > ", 1)[-1]
