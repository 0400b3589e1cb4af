import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus_ui.address import (
    Address,
    CompareAddress,
    NoAddress,
    PageAddress,
    ShortlistAddress,
    SourceAddress,
    ToolAddress,
    ToolsAddress,
    parse,
)


@pytest.mark.parametrize(
    "address",
    [
        SourceAddress(turn=2, n=3),
        PageAddress(document="icarus-d2.2", page=43, turn=1, n=2),
        ToolAddress(tool="calm-street"),
        ToolsAddress(theme="police", place="Germany"),
        ShortlistAddress(),
        CompareAddress(tools=("calm-street", "hayat")),
        NoAddress(),
    ],
)
def test_an_address_comes_back_as_it_went(address: Address) -> None:
    assert parse(address.model_dump_json()) == address


@pytest.mark.parametrize(
    "sent",
    [
        None,
        7,
        ["source"],
        {"to": "source", "turn": 1},
        "",
        "not json",
        '{"to": "elsewhere"}',
        '{"to": "source"}',
        '{"to": "source", "turn": -1}',
        '{"to": "source", "turn": 1, "n": 1e30}',
        '{"to": "page", "document": "../../etc/passwd", "page": "x"}',
        json.dumps({"to": "tool", "tool": "x" * 201}),
        '{"to": "nothing", "more": 1}',
        '{"to": "compare", "tools": "a,b,c,d,e"}',
        '{"to": "compare", "tools": {"a": 1}}',
        '{"to": "compare"}',
    ],
)
def test_anything_else_is_no_address(sent: object) -> None:
    assert parse(sent) is None


def test_the_page_s_own_address_holds_the_tools_of_a_comparison_in_one_text() -> None:
    assert parse('{"to": "compare", "tools": "calm-street,hayat"}') == CompareAddress(tools=("calm-street", "hayat"))


@given(st.text())
def test_any_text_is_an_address_or_none(sent: str) -> None:
    parse(sent)
