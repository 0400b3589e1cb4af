import pytest

from icarus_ui.preference import language_of, wording_for


def scope(query: str = "", **headers: str) -> dict[str, object]:
    named = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http", "path": "/", "query_string": query.encode(), "headers": named}


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        (scope(), "en"),
        (scope(accept_language="fr-BE,fr;q=0.9,en;q=0.5"), "fr"),
        (scope(accept_language="da, el;q=0.4, nl;q=0.8"), "nl"),
        (scope(accept_language="pt-BR"), "pt"),
        (scope(accept_language="de;q=0, it;q=0.1"), "it"),
        (scope(accept_language="zh, *;q=0.5"), "en"),
        (scope(accept_language=";q=x,,é;;q=1"), "en"),
        (scope(accept_language="fr;q=much, es"), "es"),
        (scope(accept_language="fr", cookie="icarus-language=el"), "el"),
        (scope(accept_language="fr", cookie="icarus-language=klingon"), "fr"),
        (scope("lang=de", accept_language="fr", cookie="icarus-language=el"), "de"),
        (scope("lang=DE"), "de"),
        (scope("lang=xx&lang=", cookie="icarus-language=el"), "el"),
        (scope("lang=../../etc/passwd"), "en"),
    ],
)
def test_the_address_goes_before_what_was_chosen_before_what_the_browser_prefers(
    asked: dict[str, object], language: str
) -> None:
    assert language_of(asked) == language
    assert wording_for(asked).language == language


def test_a_long_header_is_not_read_to_its_end() -> None:
    assert language_of(scope(accept_language="xx," * 10_000 + "fr")) == "en"
