"""Draft cases out of readers' feedback, for a person to complete."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from icarus_evals.errors import EvalError

TODO = "TO DO"


def draft_cases(path: Path) -> list[dict[str, Any]]:
    """A draft for each line of feedback that a reader was not content with.

    A line is a JSON object with `turns` (or `question`), and what it has of `rating` ('up' or 'down'), `reason`,
    `comment` and `reply`. A draft is a case whose gold is left to a person; what was said and cited stands in its note.

    Raises:
        EvalError: the file cannot be read, or a line of it is no feedback (each is named).
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(f"The feedback cannot be read from {path}: {error}") from error
    drafts: list[dict[str, Any]] = []
    errors: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            turns = tuple(_turns(entry))
        except (ValueError, TypeError, KeyError, AttributeError):
            errors.append(f"line {number} is no feedback")
            continue
        if turns not in seen and _discontent(entry):
            seen.add(turns)
            drafts.append(_draft(len(drafts) + 1, turns, entry))
    if errors:
        raise EvalError(f"{path.name}: {'; '.join(errors)}: each line is a JSON object with 'turns' or 'question'.")
    return drafts


def _turns(entry: Mapping[str, Any]) -> list[str]:
    turns = entry.get("turns") or [entry.get("question") or entry["reply"]["question"]]
    if not turns or not all(isinstance(turn, str) and turn.strip() for turn in turns):
        raise ValueError("turns are not text")
    return list(turns)


def _discontent(entry: Mapping[str, Any]) -> bool:
    rating = entry.get("rating", entry.get("liked"))
    return rating not in {"up", "like", True}


def _draft(number: int, turns: tuple[str, ...], entry: Mapping[str, Any]) -> dict[str, Any]:
    reply = entry.get("reply") or {}
    cited = [f"p. {c.get('page')}: {c.get('quote')}" for c in reply.get("citations", [])]
    note = [f"{TODO}: set type, evidence, key_facts and tools, or answerable: false"]
    note += [f"reader's reason: {entry['reason']}"] if entry.get("reason") else []
    note += [f"reader: {entry['comment']}"] if entry.get("comment") else []
    note += [f"status was {reply['status']}"] if reply.get("status") else []
    note += [f"cited was {' | '.join(cited)}"] if cited else []
    return {
        "id": f"feedback-{number:03d}",
        "type": "followup" if len(turns) > 1 else "lookup",
        "turns": list(turns),
        "answerable": True,
        "evidence": [],
        "key_facts": [],
        "tools": [],
        "note": "; ".join(note),
    }
