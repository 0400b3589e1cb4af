"""Whether a question is after all entries of a catalogue that meet a condition, in whatever words.

'tower blocks: who did something for people in them?' is, and has none of the words by which rules tell. Logistic
regression over runs of words; `ingest/training/asking.py` trains it, on invented questions.
"""

import json
import math
import re
from functools import cache
from importlib import resources
from pathlib import Path

LONGEST = 3
"""Words in a run, at most."""
WEIGHTS = Path(str(resources.files("icarus"))) / "data" / "asking.json"
_WORD = re.compile(r"[a-z']+|[?:]")


def tokens(text: str) -> list[str]:
    """The runs of one to `LONGEST` words of a question; its beginning, '?' and ':' count as words."""
    found = ["^", *_WORD.findall(text.lower())]
    return [" ".join(found[i : i + n]) for n in range(1, LONGEST + 1) for i in range(len(found) - n + 1)]


def asks_for_several(text: str) -> float:
    """How likely it is that a question is after several entries, 0 to 1."""
    bias, runs = _weights()
    total = bias + sum(runs.get(run, 0.0) for run in set(tokens(text)))
    return 1.0 / (1.0 + math.exp(-total))


@cache
def _weights() -> tuple[float, dict[str, float]]:
    read = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return read["bias"], read["runs"]
