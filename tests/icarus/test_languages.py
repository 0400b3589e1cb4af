"""Questions in other languages: recognised, glossed into English, framed in the asker's language, quoted as printed."""

import ast
import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from icarus.languages.detection import language_of
from icarus.languages.frame import message
from icarus.languages.gloss import Corpus, gloss
from icarus.languages.lexicon import LANGUAGES, lexicon
from icarus.records import Status
from icarus.taxonomy import CATEGORY_LABELS, FOCUS_AREA_LABELS
from icarus.text import find_quote
from icarus.wording import attributes
from tests.conftest import ROOT

if TYPE_CHECKING:
    from icarus.assistant import Assistant

SOURCES = ROOT / "src" / "icarus"
SILENT = Corpus(prints=lambda word: False, spelt=lambda word: word)
RESILIENT = Corpus(prints=lambda word: word == "resilience", spelt=lambda w: "resilience" if w[:6] == "resili" else w)

GREETINGS = {
    "de": "Guten Tag",
    "el": "Γεια σας",
    "es": "Hola",
    "fr": "Bonjour",
    "it": "Buongiorno",
    "nl": "Goedemorgen",
    "pt": "Olá",
}
HOW_MANY = {
    "de": "Wie viele Instrumente gibt es gegen Jugendkriminalität?",
    "el": "Πόσα εργαλεία υπάρχουν για την πρόληψη της παραβατικότητας ανηλίκων;",
    "es": "¿Cuántas herramientas hay para prevenir la delincuencia juvenil?",
    "fr": "Combien d'outils y a-t-il pour prévenir la délinquance juvénile ?",
    "it": "Quanti strumenti ci sono per prevenire la delinquenza giovanile?",
    "nl": "Hoeveel instrumenten zijn er tegen jeugdcriminaliteit?",
    "pt": "Quantas ferramentas existem para prevenir a delinquência juvenil?",
}
BUDGETS = {
    "de": "Was kostet Calm Street im Jahr?",
    "el": "Ποιος είναι ο ετήσιος προϋπολογισμός του Calm Street;",
    "es": "¿Cuál es el presupuesto anual de Calm Street?",
    "fr": "Quel est le budget annuel de Calm Street ?",
    "it": "Qual è il budget annuale di Calm Street?",
    "nl": "Wat is het jaarlijkse budget van Calm Street?",
    "pt": "Qual é o orçamento anual do Calm Street?",
}


def messages() -> set[str]:
    """Every sentence of our own that the library can say: the literals handed to `message`, labels and attributes."""
    said = {a.name for a in attributes()} | {label[0].lower() + label[1:] for label in FOCUS_AREA_LABELS.values()}
    kinds = {label.lower() for label in CATEGORY_LABELS.values()}
    said |= set(FOCUS_AREA_LABELS.values()) | kinds | {kind.removesuffix("s") for kind in kinds}
    said |= {"tools and practices", "tool or practice"}
    for path in SOURCES.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        literals = [call.args[0] for call in calls if getattr(call.func, "id", "") == "message" and call.args]
        said |= {str(literal.value) for literal in literals if isinstance(literal, ast.Constant)}
    return said - {"", "“{claim}”"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def phrases_of(code: str) -> Iterator[str]:
    data = tomllib.loads(Path(SOURCES, "data", "languages", f"{code}.toml").read_text("utf-8"))
    yield from (phrase.lower() for table in ("phrases", "words") for ps in data[table].values() for phrase in ps)


@pytest.mark.parametrize("code", LANGUAGES)
class TestEveryLexicon:
    def test_says_everything_that_we_say(self, code: str) -> None:
        frame = lexicon(code).frame
        assert messages() - frame.keys() == set()
        assert [text for text, said in frame.items() if placeholders(said) != placeholders(text)] == []

    def test_says_nothing_that_we_do_not(self, code: str) -> None:
        assert lexicon(code).frame.keys() - messages() == set()

    def test_has_each_phrase_once(self, code: str) -> None:
        assert [phrase for phrase, times in Counter(phrases_of(code)).items() if times > 1] == []

    def test_knows_its_questions(self, code: str) -> None:
        for question in (HOW_MANY[code], BUDGETS[code]):
            assert language_of(question.replace("Calm Street", "")) == code

    def test_asks_for_a_list_in_so_many_words(self, code: str) -> None:
        english = gloss(HOW_MANY[code], lexicon(code), SILENT)
        assert re.match(r"how many (different )?tools\b.*juvenile delinquency", english)


@pytest.mark.parametrize(
    "text",
    [
        "What is Calm Street?",
        "tools for radicalisation",
        "Wich tols are ther fro juvenil delincuency",
        "Tryghedsundersøgelsen",
        "Which practices come from Île-de-France?",
        "COPKIT",
        "?",
    ],
)
def test_english_is_english(text: str) -> None:
    assert language_of(text) == "en"


def test_a_word_of_the_corpus_tells_nothing() -> None:
    assert language_of("Lugna Gatan", lambda word: word in {"lugna", "gatan"}) == "en"


class TestGloss:
    def test_phrases_go_before_words(self) -> None:
        assert gloss("criminalité organisée", lexicon("fr"), SILENT) == "organised crime"

    def test_one_and_several_are_told_apart(self) -> None:
        assert gloss("un outil, des outils", lexicon("fr"), SILENT) == "tool, tools"

    def test_compounds_are_taken_apart(self) -> None:
        assert gloss("Polizeischulungen", lexicon("de"), SILENT) == "police trainings"

    def test_names_stay(self) -> None:
        text = "Que fait Calm Street à Saint-Nazaire ?"
        assert gloss(text, lexicon("fr"), SILENT, [(9, 20)]).endswith("Calm Street in Saint-Nazaire?")

    def test_a_word_like_one_of_the_corpus_becomes_it(self) -> None:
        assert gloss("resiliência", lexicon("pt"), RESILIENT) == "resilience"

    def test_a_word_that_nobody_knows_is_left_out(self) -> None:
        assert gloss("brimborions", lexicon("fr"), SILENT) == ""

    def test_a_greek_question_ends_like_an_english_one(self) -> None:
        assert gloss("Πόσο κοστίζει;", lexicon("el"), SILENT).endswith("?")


def test_a_message_fills_in_messages() -> None:
    missing = message("how many {thing}", thing="nurses")
    said = message("The report does not say {missing}.", missing=missing)
    assert said.said_in() == "The report does not say how many nurses."
    assert "nurses" in said.said_in("fr")
    assert said.said_in("fr") != said.said_in()


@pytest.mark.parametrize("code", LANGUAGES)
class TestReplies:
    def test_a_count_is_framed_in_the_language_and_complete(self, code: str, assistant: "Assistant") -> None:
        reply = assistant.ask(HOW_MANY[code])
        assert reply.status is Status.ANSWERED
        assert len(reply.tools) == 13
        area = lexicon(code).frame[next(iter(FOCUS_AREA_LABELS.values()))]
        assert reply.answer.startswith("13 ")
        assert area in reply.answer.split("\n")[0]

    def test_quotes_stand_as_they_are(self, code: str, assistant: "Assistant") -> None:
        for citation in assistant.ask(HOW_MANY[code]).citations:
            page = assistant.index.page(citation.document, citation.page)
            assert page
            assert find_quote(page.text, citation.quote)

    def test_what_the_report_lacks_is_refused_in_the_language(self, code: str, assistant: "Assistant") -> None:
        reply = assistant.ask(BUDGETS[code])
        assert reply.status is Status.NOT_IN_REPORT
        assert [tool.name for tool in reply.tools] == ["Calm Street"]
        assert lexicon(code).frame["a cost or budget"] in reply.answer

    def test_a_greeting_is_returned_with_questions_that_are_understood(self, code: str, assistant: "Assistant") -> None:
        reply = assistant.ask(GREETINGS[code])
        assert reply.status is Status.CLARIFY
        assert len(reply.suggestions) == 3
        for suggestion in reply.suggestions:
            answer = assistant.ask(suggestion)
            assert answer.status is Status.ANSWERED
            assert answer.standalone_question != suggestion

    def test_a_conversation_goes_on_in_the_language(self, code: str, assistant: "Assistant") -> None:
        reply = assistant.ask(["What is Calm Street?", BUDGETS[code].replace("Calm Street", "").strip()])
        assert reply.status is Status.NOT_IN_REPORT
