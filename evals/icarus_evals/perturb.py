"""The same question as people type it: with typing errors, without or all in capitals, its last part first.

The errors are Damerau's four (1964: they make up over 80 % of spelling errors): a letter more, fewer or wrong, or two
swapped. Which words and errors is drawn from the seed and the case, so it is the same on every run.
"""

import random
import re
from string import ascii_lowercase

SHORTEST = 5
"""Shorter words are left alone: with an error they may be other words."""
EVERY = 6
"""One error in so many words of a question, and at least one."""
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
_LAST_PART = re.compile(
    r"^(?P<rest>.+\w) (?P<last>(?:in|on|for|about|against|among|between|from|with|at|of) [^?.,]+?)(?P<end>[?.]?)$", re.I
)
_MARKS = re.compile(r"[?!.,;:\"“”()]+(?=\s|$)|(?:(?<=\s)|^)[\"“(]+")


def with_typos(question: str, case_id: str, seed: int) -> str:
    """The question with about one typing error in six words, none in the first letter of a word."""
    draw = random.Random(f"{seed}:{case_id}")  # noqa: S311 - not for secrets
    words = list(_WORD.finditer(question))
    wanted = max(1, len(question.split()) // EVERY)
    for match in sorted(draw.sample(words, min(wanted, len(words))), key=lambda m: -m.start()):
        question = question[: match.start()] + _misspelt(match.group(), draw) + question[match.end() :]
    return question


def _misspelt(word: str, draw: random.Random) -> str:
    place = draw.randrange(1, len(word) - 1)
    letter = draw.choice([c for c in ascii_lowercase if c != word[place].lower()])
    before, after = word[:place], word[place + 1 :]
    return draw.choice(
        (
            before + letter + word[place:],
            before + after,
            before + letter + after,
            before + after[0] + word[place] + after[1:],
        )
    )


def casual(question: str) -> str:
    """The question in lower case and without punctuation at the ends of words."""
    return " ".join(_MARKS.sub(" ", question.lower()).split())


def reordered(question: str) -> str:
    """The question with its last part first: 'what is done in Turin?' becomes 'in Turin, what is done?'."""
    return _LAST_PART.sub(lambda m: f"{m['last']}, {m['rest']}{m['end']}", question.strip())
