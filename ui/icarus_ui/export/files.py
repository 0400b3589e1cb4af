"""The file that a person asked to take along: what is in it, its name and its bytes."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from icarus_ui.address import CompareAddress, ShortlistAddress, SourceAddress, parse
from icarus_ui.comparing import compare
from icarus_ui.conversation import Conversation
from icarus_ui.desk import Desk
from icarus_ui.export.as_csv import as_csv
from icarus_ui.export.as_markdown import as_markdown
from icarus_ui.export.as_word import as_word
from icarus_ui.export.content import Content, of_answer, of_comparison, of_shortlist
from icarus_ui.shortlist import Shortlist


class File(NamedTuple):
    """A file as the browser saves it."""

    name: str
    kind: str
    data: bytes


class Format(NamedTuple):
    """A format: its media type, and what makes the bytes."""

    kind: str
    write: Callable[[Content], bytes]


FORMATS = {
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_word),
    "md": Format("text/markdown;charset=utf-8", lambda content: as_markdown(content).encode()),
    "csv": Format("text/csv;charset=utf-8", lambda content: as_csv(content).encode("utf-8-sig")),
}


def file_of(sent: object, state: Conversation, shortlist: Shortlist, desk: Desk, today: date) -> File | None:
    """The file that the browser asks for: what stands at the address `of` of this session, in the format `form`.

    None where nothing stands there, or for an unknown format.
    """
    wanted = sent if isinstance(sent, dict) else {}
    form = str(wanted.get("form"))
    chosen = FORMATS.get(form)
    content = _content(wanted.get("of"), state, shortlist, desk, today) if chosen else None
    if not chosen or not content:
        return None
    return File(f"{content.stem}-{today.isoformat()}.{form}", chosen.kind, chosen.write(content))


def _content(of: object, state: Conversation, shortlist: Shortlist, desk: Desk, today: date) -> Content | None:
    match parse(of):
        case SourceAddress(turn=turn_id) if (turn := state.turn(turn_id)) and turn.reply:
            return of_answer(turn, desk, today)
        case ShortlistAddress() if cards := shortlist.cards(desk):
            return of_shortlist(cards, desk, today)
        case CompareAddress(tools=tools) if comparison := compare(tools, desk):
            return of_comparison(comparison, desk, today)
    return None
