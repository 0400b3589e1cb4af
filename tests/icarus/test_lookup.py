"""What programs ask for by name, and the sentences for what is not there."""

import pytest

from icarus.catalogue import Catalogue
from icarus.errors import NotThereError
from icarus.lookup import card_of_id, card_of_name, document_of
from icarus.records import Document

ONE, TWO = (Document(id=name, title=name, source=f"{name}.txt") for name in ("one", "two"))


@pytest.mark.parametrize("name", ["calm-street", "Calm Street", " CALM STREET ", "City of Stockholm: Calm Street"])
def test_a_tool_goes_by_its_id_and_every_name(catalogue: Catalogue, name: str) -> None:
    assert card_of_name(catalogue, name).id == "calm-street"


def test_an_id_is_an_id(catalogue: Catalogue) -> None:
    assert card_of_id(catalogue, "calm-street").name == "Calm Street"
    with pytest.raises(NotThereError, match=r"^No tool has the id 'Calm Street'; near it: calm-street\.$"):
        card_of_id(catalogue, "Calm Street")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Hospitalet", r"means no tool; near it: Local Institutions .*, L'Hospitalet de Llobregat: Local Council\.$"),
        ("Hayat and Wegweiser", r"means more than one tool; near it: Hayat, Signpost \(Wegweiser\)\.$"),
        ("xyzzy", r"^'xyzzy' means no tool\.$"),
        ("", r"^'' means no tool\.$"),
        ("?" * 500, r"^'\?{160} \.\.\.' means no tool\.$"),
    ],
)
def test_a_name_that_means_none_or_several_is_told(catalogue: Catalogue, name: str, says: str) -> None:
    with pytest.raises(NotThereError, match=says):
        card_of_name(catalogue, name)


def test_the_only_document_need_not_be_named() -> None:
    assert document_of([ONE], None) is ONE
    assert document_of([ONE, TWO], "two") is TWO


@pytest.mark.parametrize(
    ("asked", "says"),
    [(None, "Name the document: there is one, two."), ("three", "No document has the id 'three': there is one, two.")],
)
def test_a_document_that_is_not_there_is_told(asked: str | None, says: str) -> None:
    with pytest.raises(NotThereError) as told:
        document_of([ONE, TWO], asked)
    assert str(told.value) == says
