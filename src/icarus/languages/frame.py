"""Our own sentences around the report's: English here, in other languages from their lexica."""

from collections.abc import Mapping
from typing import NamedTuple

from icarus.languages.lexicon import ENGLISH, lexicon


class Message(NamedTuple):
    """A sentence or noun phrase of ours, as English with {placeholders}; a value may be a message itself."""

    text: str
    values: "Mapping[str, str | int | Message]"

    def said_in(self, language: str = ENGLISH) -> str:
        """The message in a language, with its values filled in."""
        template = self.text if language == ENGLISH else lexicon(language).frame.get(self.text, self.text)
        filled = {k: v.said_in(language) if isinstance(v, Message) else str(v) for k, v in self.values.items()}
        return template.format(**filled) if filled else template


def message(text: str, **values: str | int | Message) -> Message:
    """A message with its values: `message("how many {thing}", thing="nurses")`."""
    return Message(text, values)


THIS = message("this")  # what is missing where no part of the question can be named
