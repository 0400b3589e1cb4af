"""The questions that people ask when they look for a tool, without its name and in their own words.

A maintainer may write them beside a deliverable (`questions = "..."` in the manifest): a TOML file with a list of
questions for each tool, by its name or id. They help to find the tool, and nothing of them is ever shown.
"""

from pathlib import Path

from icarus.errors import CorpusError
from icarus.text import fold
from icarus_ingest.corpus import Source, read_toml
from icarus_ingest.model import Warn
from icarus_ingest.understand import Understood


def add_questions(understood: Understood, source: Source) -> None:
    """Add the questions of a source to what was understood of it; a warning for each tool that it does not have.

    Raises:
        CorpusError: the file of questions is broken.
    """
    if not source.document.questions:
        return
    path = source.path.with_name(source.document.questions)
    known = {fold(name): card.id for card in understood.cards for name in (card.id, card.name, *card.aliases)}
    for name, questions in _read(path).items():
        tool = known.get(fold(name))
        if tool:
            understood.questions[tool] = (*understood.questions.get(tool, ()), *questions)
        else:
            understood.warnings.append(Warn(0, f"{path.name} has questions for {name!r}, which is no tool of it"))


def _read(path: Path) -> dict[str, list[str]]:
    content = read_toml(path)
    for name, questions in content.items():
        if not isinstance(questions, list) or not all(isinstance(q, str) and q.strip() for q in questions):
            raise CorpusError(f"{path} is broken: {name} is not a list of questions.")
    return content
