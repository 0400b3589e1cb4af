"""Open what an address leads to in the panel: a source, a page, a tool card, all tools, the shortlist, a comparison."""

from typing import NamedTuple

from icarus.records import Citation
from icarus_ui import render
from icarus_ui.address import (
    AccessAddress,
    Address,
    CompareAddress,
    NoAddress,
    PageAddress,
    ShortlistAddress,
    SourceAddress,
    ToolAddress,
    ToolsAddress,
)
from icarus_ui.browsing import browse
from icarus_ui.comparing import compare
from icarus_ui.conversation import Conversation
from icarus_ui.desk import Desk
from icarus_ui.shortlist import Shortlist


class Opened(NamedTuple):
    """The panel's HTML ('' is closed) and the sentence that announces it."""

    panel: str
    announced: str


def closed(desk: Desk) -> Opened:
    """No panel."""
    return Opened("", desk.wording.say("announce", "closed"))


def open_address(state: Conversation, shortlist: Shortlist, address: Address | None, desk: Desk) -> Opened:
    """The panel at an address; an address that leads nowhere (any more) opens one sentence that says so."""
    match address:
        case SourceAddress():
            opened = _source(state, address, desk)
        case PageAddress():
            opened = _page(state, address, desk)
        case ToolAddress():
            opened = _tool(address, desk)
        case ToolsAddress():
            opened = _tools(address, desk)
        case ShortlistAddress():
            opened = open_shortlist(shortlist, desk)
        case CompareAddress():
            opened = _comparison(address, desk)
        case AccessAddress():
            opened = Opened(render.access(desk), desk.wording.say("access", "title"))
        case NoAddress():
            opened = closed(desk)
        case None:
            opened = _gone(desk.wording.say("source", "gone"), desk)
    return opened


def _source(state: Conversation, address: SourceAddress, desk: Desk) -> Opened:
    turn = state.turn(address.turn)
    cited = _citation(state, address.turn, address.n)
    if not turn or not cited:
        return _gone(desk.wording.say("source", "gone"), desk)
    panel = render.sources(turn, cited.n, desk)
    return Opened(panel, desk.wording.say("announce", "source", n=cited.n, page=cited.page))


def _page(state: Conversation, address: PageAddress, desk: Desk) -> Opened:
    document = desk.document(address.document)
    page = desk.page(address.document, address.page)
    if not document or not page:
        return _gone(desk.wording.say("reader", "missing", page=address.page), desk)
    cited = _citation(state, address.turn, address.n)
    panel = render.page(page, document, cited, address.turn, desk)
    return Opened(panel, desk.wording.say("announce", "page", page=page.number))


def _tool(address: ToolAddress, desk: Desk) -> Opened:
    card = desk.catalogue.get(address.tool)
    if not card:
        return _gone(desk.wording.say("tool", "gone"), desk)
    return Opened(render.tool(card, desk), desk.wording.say("announce", "tool", name=card.name))


def _tools(address: ToolsAddress, desk: Desk) -> Opened:
    browsed = browse(address, desk.catalogue)
    announced = desk.wording.say("browse", "found", count=len(browsed.cards), total=browsed.total)
    return Opened(render.tools(address, browsed, desk), announced)


def open_shortlist(shortlist: Shortlist, desk: Desk) -> Opened:
    """The tools of this session's shortlist."""
    cards = shortlist.cards(desk)
    return Opened(render.shortlist(cards, desk), desk.wording.count_of("shortlist", "holds", len(cards)))


def _comparison(address: CompareAddress, desk: Desk) -> Opened:
    comparison = compare(address.tools, desk)
    if not comparison:
        return _gone(desk.wording.say("compare", "few"), desk)
    names = ", ".join(view.card.name for view in comparison.views)
    return Opened(render.comparison(address, comparison, desk), desk.wording.say("announce", "compared", names=names))


def _gone(sentence: str, desk: Desk) -> Opened:
    return Opened(render.gone(sentence, desk), sentence)


def _citation(state: Conversation, turn_id: int, n: int) -> Citation | None:
    """Citation `n` of a turn, its first one for n = 0, None where there is none."""
    turn = state.turn(turn_id)
    citations = turn.reply.citations if turn and turn.reply else ()
    return next((citation for citation in citations if n in (0, citation.n)), None)
