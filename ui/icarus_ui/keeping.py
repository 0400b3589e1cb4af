"""What is kept of the use of the window: nothing, unless the settings say so."""

from pathlib import Path
from typing import Any, NamedTuple

from icarus.records import Reply
from icarus.settings import Settings
from icarus_ui.journal import Journal, prune_every_hour


class Kept(NamedTuple):
    """The journals that are kept, None for those that are not, and for how many days."""

    questions: Journal | None = None
    feedback: Journal | None = None
    days: int = 0


def keep(settings: Settings) -> Kept:
    """The journals that the settings ask for; from now on their old lines are deleted, also where nothing is added."""
    questions, feedback = journals(settings)
    prune_every_hour([questions, feedback])
    return Kept(
        questions if settings.keep_questions else None, feedback if settings.keep_feedback else None, settings.keep_days
    )


def journals(settings: Settings) -> tuple[Journal, Journal]:
    """Where questions and feedback would be kept, whether they are or not."""
    folder: Path = settings.kept
    days = settings.keep_days
    return Journal(folder / "questions.jsonl", days), Journal(folder / "feedback.jsonl", days)


def question_entry(reply: Reply, generation: str) -> dict[str, Any]:
    """A line on a question: what was asked and how it was answered, nothing on who asked."""
    return {
        "question": reply.question,
        "understood": reply.standalone_question,
        "status": reply.status.value,
        "cited": [[citation.document, citation.page] for citation in reply.citations],
        "elapsed_ms": reply.elapsed_ms,
        "generation": generation,
    }
