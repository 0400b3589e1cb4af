"""Answers as HTML: the little Markdown that answers use, and nothing that could load or run anything.

Paragraphs, lists and **bold** are rendered; links, images, HTML and single-star emphasis stay
text, because a quote may hold their signs and is shown as printed.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

_MARKER = re.compile(r"\[(\d{1,4})\]")
_SPACE_BEFORE_MARKER = re.compile(r" +(?=\[\d{1,4}\])")


def render(answer: str, marker: Callable[[int], Markup | None]) -> Markup:
    """An answer as HTML; `marker` gives the link of a citation number, or None for a number without one."""
    bound = _SPACE_BEFORE_MARKER.sub("\u00a0", answer)  # so that no marker stands alone on a line
    return Markup(_parser().render(bound, {"marker": marker}))  # noqa: S704 (the parser escapes all text)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["list", "emphasis", "newline", "escape"])
    parser.inline.ruler.push("citation", _citation)
    parser.add_render_rule("citation", _render_citation)
    for rule in ("em_open", "em_close", "strong_open", "strong_close"):
        parser.add_render_rule(rule, _render_emphasis)
    return parser


def _citation(state: StateInline, silent: bool) -> bool:
    """A citation marker such as [3] at this place becomes a token of its own."""
    found = _MARKER.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        before, space, word = state.pending.rpartition(" ")
        state.pending = before + space
        token = state.push("citation", "", 0)
        token.content, token.meta = found.group(), {"word": word}
    state.pos = found.end()
    return True


def _render_citation(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    """The marker, held together with the word before it: a browser may break before any button."""
    text, word = tokens[index].content, escape(tokens[index].meta["word"])
    marker = env["marker"](int(text[1:-1]))
    return str(Markup('<span class="bound">{}{}</span>').format(word, marker) if marker else word + text)


def _render_emphasis(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    if tokens[index].markup == "**":
        return renderer.renderToken(tokens, index, options, env)
    return str(escape(tokens[index].markup))
