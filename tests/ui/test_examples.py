import pytest

from icarus.assistant import Assistant
from icarus.records import Status
from icarus_ui.wording import LANGUAGES, Example, examples
from tests.ui.material import DOCUMENT

EXAMPLES = [(area, example.text) for area, chosen in examples([DOCUMENT]).items() for example in chosen]
TRANSLATED = [
    (english.text, other)
    for language in LANGUAGES
    for area, chosen in examples([DOCUMENT]).items()
    for english, other in zip(chosen, examples([DOCUMENT], language)[area], strict=True)
    if other != english
]


@pytest.mark.parametrize(("area", "question"), EXAMPLES, ids=[question for _, question in EXAMPLES])
def test_an_example_is_answered_from_its_focus_area(assistant: Assistant, area: str, question: str) -> None:
    reply = assistant.ask(question)
    assert reply.status is Status.ANSWERED
    assert reply.citations
    assert all(area in tool.focus_areas for tool in reply.tools)


@pytest.mark.parametrize(("english", "other"), TRANSLATED, ids=[f"{o.language} {o.text}" for _, o in TRANSLATED])
def test_a_translation_is_answered_from_the_same_tools(assistant: Assistant, english: str, other: Example) -> None:
    expected, reply = assistant.ask(english), assistant.ask(other.text)
    assert reply.status is Status.ANSWERED
    assert [tool.id for tool in reply.tools] == [tool.id for tool in expected.tools]
    assert {c.page for c in reply.citations} & {c.page for c in expected.citations}


def test_most_examples_are_translated() -> None:
    assert len(TRANSLATED) >= 0.9 * len(EXAMPLES) * (len(LANGUAGES) - 1)
