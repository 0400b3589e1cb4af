"""Answers as HTML: the little Markdown that answers use, and nothing that could load or run anything.

Paragraphs, lists and **bold** are rendered; links, images, HTML and single-star emphasis stay
text, because a quote may hold their signs and is shown as printed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

_MARKER = re.compile(r"\[(\d{1,4})\]")
_SPACE_BEFORE_MARKER = re.compile(r" +(?=\[\d{1,4}\])")


def _no_link(_name: str) -> Markup | None:
    return None


def render(
    answer: str,
    marker: Callable[[int], Markup | None],
    name_link: Callable[[str], Markup | None] = _no_link,
    own_language: str = "",
) -> Markup:
    """An answer as HTML; a paragraph without a marker has the class `own`: those are not the report's words.

    Args:
        answer: Markdown with markers such as [1].
        marker: the link of a citation number, or None for a number without one.
        name_link: what stands in the place of a bold name, or None for bold words that are no name.
        own_language: the code of the language of those paragraphs, '' where it is the one around them.
    """
    bound = _SPACE_BEFORE_MARKER.sub("\u00a0", answer)  # so that no marker stands alone on a line
    cells = bound.replace("\t", "\u2003")
    shown = _parser().render(cells, {"marker": marker, "name_link": name_link, "own": own_language})
    return Markup(shown)  # noqa: S704 (the parser escapes all text)


class Run(NamedTuple):
    """Words of an answer without mark-up: plain, bold, or a marker such as [1]."""

    text: str
    style: Literal["plain", "bold", "marker"] = "plain"


class Block(NamedTuple):
    """A paragraph of an answer, or an item of one of its lists."""

    runs: tuple[Run, ...]
    item: bool


def blocks(answer: str) -> list[Block]:
    """An answer without mark-up, paragraph by paragraph, read by the same rules as what the window shows."""
    found: list[Block] = []
    depth = 0
    for token in _parser().parse(answer.replace("\t", " "), {"name_link": _no_link}):
        depth += token.nesting if token.type.startswith("list_item") else 0
        if token.type == "inline":
            found.append(Block(tuple(_runs(token.children or [])), item=depth > 0))
    return found


def _runs(tokens: Iterable[Token]) -> Iterator[Run]:
    bold = False
    for token in tokens:
        if token.type == "citation":
            yield Run(token.meta["word"], "bold" if bold else "plain")
            yield Run(token.content, "marker")
        elif token.type in {"strong_open", "strong_close"} and token.markup == "**":
            bold = token.type == "strong_open"
        else:
            text = " " if token.type in {"softbreak", "hardbreak"} else token.content or token.markup
            yield Run(text, "bold" if bold else "plain")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["list", "emphasis", "newline", "escape"])
    parser.inline.ruler.push("citation", _citation)
    parser.core.ruler.push("own_words", _own_words)
    parser.add_render_rule("citation", _render_citation)
    parser.add_render_rule("name", _render_name)
    for rule in ("em_open", "em_close", "strong_open", "strong_close"):
        parser.add_render_rule(rule, _render_emphasis)
    return parser


def _own_words(state: StateCore) -> None:
    """Class `own` for paragraphs that cite nothing, and names that link for bold text that is one."""
    for opening, inline in pairwise(state.tokens):
        children = inline.children or []
        if opening.type == "paragraph_open" and not any(child.type == "citation" for child in children):
            opening.attrSet("class", "own")
            if state.env.get("own"):
                opening.attrSet("lang", state.env["own"])
        for i in range(len(children) - 2):
            _link_name(children[i : i + 3], state.env)


def _link_name(tokens: Sequence[Token], env: EnvType) -> None:
    before, name, after = tokens
    if before.type == "strong_open" and after.type == "strong_close" and (link := env["name_link"](name.content)):
        name.type, name.content = "name", str(link)


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


def _render_name(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    return tokens[index].content


def _render_emphasis(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    if tokens[index].markup == "**":
        return renderer.renderToken(tokens, index, options, env)
    return str(escape(tokens[index].markup))
