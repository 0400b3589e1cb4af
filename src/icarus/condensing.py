"""A follow-up question restated by a language model so that it stands alone; checked against what was asked."""

import logging
from collections.abc import Sequence
from contextlib import closing

from icarus.answer.grounding import claim_of, unknown_names, words_in
from icarus.answer.prompt import condense_prompt
from icarus.errors import LanguageModelError
from icarus.language_model import LanguageModel
from icarus.usage import Usage

_log = logging.getLogger(__name__)
_TOKENS = 80
_TURNS = 4  # earlier questions that are sent
_KEPT = 0.5  # share of the last question's own words that must be kept
_BROUGHT_IN = 1  # content words that may be new: a word that joins the two questions


def condensed(model: LanguageModel, earlier: Sequence[str], last: str, seconds: float) -> str:
    """The last question of a conversation as one that stands alone; '' where the model gives none that can be used.

    It may name and count nothing that the person has not, and must keep to the words that were asked.
    """
    spent: list[Usage] = []
    text = ""
    try:
        with closing(model.stream(condense_prompt(earlier[-_TURNS:], last), seconds, _TOKENS, spent)) as stream:
            for piece in stream:
                text += piece
    except LanguageModelError as error:
        _log.warning("A follow-up is read by rule and not restated by the language model: %s.", error)
        return ""
    line = " ".join(text.split()).strip("\"'“” ")
    return line if _keeps_to(line, earlier[-_TURNS:], last) else ""


def _keeps_to(line: str, earlier: Sequence[str], last: str) -> bool:
    claim, asked, own = claim_of(line), words_in("\n".join([*earlier, last])), claim_of(last)
    names_more = bool(unknown_names(claim, asked.names))
    counts_more = any(figure not in asked.figures for figure, _ in claim.figures)
    new = [s for s in claim.stems if s not in asked.stems]
    kept = [s for s in own.stems if s in claim.stems]
    too_few = len(kept) < _KEPT * len(own.stems)
    strays = names_more or counts_more or too_few or len(new) > _BROUGHT_IN
    return bool(claim.stems) and line.count("?") == 1 and not strays
