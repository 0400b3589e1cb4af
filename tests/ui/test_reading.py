import html
import re

import pytest

from icarus_ui.address import NoAddress, PageAddress, SourceAddress, ToolAddress
from icarus_ui.conversation import Conversation, Turn
from icarus_ui.reading import Opened, open_address
from icarus_ui.shortlist import Shortlist
from tests.ui.material import DOCUMENT, OTHER_QUOTE, QUOTE, annex_page, desk, reply

STATE = Conversation(turns=(Turn(id=4, question="What is Calm Street?", reply=reply()),), next_id=5)


def marked_words(opened: Opened) -> str:
    return html.unescape("".join(re.findall(r"<mark>(.*?)</mark>", opened.panel, re.DOTALL)))


@pytest.mark.parametrize(("n", "quote"), [(1, OTHER_QUOTE), (2, QUOTE)])
def test_a_source_opens_its_whole_passage_with_the_quote_marked(n: int, quote: str) -> None:
    opened = open_address(STATE, Shortlist(), SourceAddress(turn=4, n=n), desk())
    assert marked_words(opened) == quote
    assert "tutored by older guardians." in opened.panel
    assert DOCUMENT.title in opened.panel
    assert "Annex of Tools and Practises › Activity-related tools › Calm Street" in opened.panel
    assert opened.announced == f"Source {n} is open: page 65."


def test_source_zero_is_the_first() -> None:
    assert marked_words(open_address(STATE, Shortlist(), SourceAddress(turn=4), desk())) == OTHER_QUOTE


def test_the_reader_shows_the_whole_page_with_the_quote_marked() -> None:
    opened = open_address(STATE, Shortlist(), PageAddress(document=DOCUMENT.id, page=65, turn=4, n=2), desk())
    assert marked_words(opened) == QUOTE
    shown = html.unescape(re.sub(r"<[^>]+>", "", opened.panel))
    assert all(cell.strip() in shown for line in annex_page().split("\n") for cell in line.split("\t"))
    assert "Page 65 of 81" in shown


def test_the_reader_leads_to_the_pages_beside() -> None:
    panel = html.unescape(open_address(STATE, Shortlist(), PageAddress(document=DOCUMENT.id, page=65), desk()).panel)
    assert '"page":64' in panel
    assert '"page":66' in panel
    assert "<mark>" not in panel


def test_a_card_says_what_is_stated_and_what_is_not() -> None:
    panel = open_address(STATE, Shortlist(), ToolAddress(tool="calm-street"), desk()).panel
    assert "2 of 17 fields stated in the report" in panel
    assert "City of Stockholm: Calm Street" in panel
    not_stated = re.search(r'class="not-stated">.*?</p>', panel, re.DOTALL)
    assert not_stated is not None
    assert "Results" in not_stated.group()
    assert "Target group" not in not_stated.group()
    assert "no thorough information on how well they work" in panel


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (SourceAddress(turn=3, n=1), "no longer here"),
        (SourceAddress(turn=4, n=9), "no longer here"),
        (PageAddress(document=DOCUMENT.id, page=99), "no page 99"),
        (PageAddress(document="other", page=65), "no page 65"),
        (ToolAddress(tool="none"), "not in the report"),
        (None, "no longer here"),
    ],
)
def test_an_address_that_leads_nowhere_says_so(
    address: SourceAddress | PageAddress | ToolAddress | None, says: str
) -> None:
    opened = open_address(STATE, Shortlist(), address, desk())
    assert says in opened.panel
    assert says in opened.announced


def test_no_address_closes_the_panel() -> None:
    assert open_address(STATE, Shortlist(), NoAddress(), desk()).panel == ""
