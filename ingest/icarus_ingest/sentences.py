"""Cut running text into sentences: NLTK's Punkt, with the model that llama-index brings along (offline)."""

import importlib.util
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from icarus.records import Sentence
from icarus_ingest.model import Run

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktTokenizer  # type: ignore[import-untyped]

_LANGUAGES = {
    "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "et": "estonian",
    "fi": "finnish", "fr": "french", "it": "italian", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "sl": "slovene", "sv": "swedish",
}  # fmt: skip
_ABBREVIATIONS = {
    "e.g",
    "i.e",
    "eg",
    "ie",
    "etc",
    "vs",
    "no",
    "nos",
    "p",
    "pp",
    "st",
    "approx",
    "art",
    "fig",
    "cf",
    "al",
}
_ENUMERATOR = re.compile(r"(?:[;:.,]|\band)\s*\(?\d{1,2}[.)]$")
_AFTERTHOUGHT = re.compile(r"\([^()]{1,60}\)[.;]?$")


def sentence_spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """The places of a text's sentences, as (start, end) in characters."""
    spans: list[tuple[int, int]] = []
    for start, end in _punkt(_LANGUAGES.get(language, "english")).span_tokenize(text):
        if spans and _belongs(text[spans[-1][0] : spans[-1][1]], text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def sentences_of(run: Run, language: str = "en") -> list[Sentence]:
    """The sentences of running text, each with its words page by page."""
    cut = [run.cut(start, end) for start, end in sentence_spans(run.text, language)]
    return [Sentence(parts=parts) for parts in cut if parts]


def _belongs(before: str, after: str) -> bool:
    """Whether Punkt cut too early: before a small letter, after an enumerator, or before a bracket with a source."""
    small = after[0].islower() and not before.endswith(("!", "?"))
    return small or bool(_ENUMERATOR.search(before)) or bool(_AFTERTHOUGHT.fullmatch(after))


@lru_cache(maxsize=4)
def _punkt(language: str) -> "PunktTokenizer":
    import nltk.data  # type: ignore[import-untyped]
    from nltk.tokenize.punkt import PunktTokenizer

    spec = importlib.util.find_spec("llama_index.core")
    folder = Path((spec.submodule_search_locations or ["."])[0]) if spec else Path()
    bundled = str(folder / "_static" / "nltk_cache")
    if bundled not in nltk.data.path:
        nltk.data.path.insert(0, bundled)
    tokenizer = PunktTokenizer(language)
    tokenizer._params.abbrev_types |= _ABBREVIATIONS
    return tokenizer
