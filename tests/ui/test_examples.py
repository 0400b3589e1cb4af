import pytest

from icarus.assistant import Assistant
from icarus.records import Status
from icarus_ui.wording import examples
from tests.ui.material import DOCUMENT

EXAMPLES = [(area, question) for area, questions in examples([DOCUMENT]).items() for question in questions]


@pytest.mark.parametrize(("area", "question"), EXAMPLES, ids=[question for _, question in EXAMPLES])
def test_an_example_is_answered_from_its_focus_area(assistant: Assistant, area: str, question: str) -> None:
    reply = assistant.ask(question)
    assert reply.status is Status.ANSWERED
    assert reply.citations
    assert all(area in tool.focus_areas for tool in reply.tools)
