"""An answer as plain Markdown to take along: question, answer, sources with pages, notice."""

import re

from icarus.records import Citation
from icarus_ui.conversation import Turn
from icarus_ui.wording import say

# Signs that the answer escapes for Markdown; most of what is copied goes into a letter.
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>])")


def as_text(turn: Turn) -> str:
    """One answered turn as Markdown; '' where it has no reply."""
    if not turn.reply:
        return ""
    sources = "\n".join(_source(citation) for citation in turn.reply.citations)
    status = say("status", turn.reply.status.value)
    answer = _ESCAPED.sub(r"\1", turn.reply.answer)
    parts = (f"**{turn.question}**", f"_{status}_", answer, sources, say("notice", "short"))
    return "\n\n".join(part for part in parts if part)


def _source(citation: Citation) -> str:
    pages = f"p. {citation.page}" if citation.page == citation.page_end else f"pp. {citation.page}–{citation.page_end}"
    return f"[{citation.n}] {citation.title}, {pages}: “{citation.quote}”"
