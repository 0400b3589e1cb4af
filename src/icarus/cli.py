"""The `icarus` command: asks, lists and checks here; `chat`, `ingest` and `eval` join by entry point.

Everything heavy is imported inside the command that needs it. Nothing that goes wrong shows a traceback unless
ICARUS_DEBUG is set.
"""

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib import metadata
from typing import Annotated, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from icarus import doctor
from icarus.errors import IcarusError, QuestionError
from icarus.late_commands import Command, late_commands
from icarus.records import Category, FocusArea, Status
from icarus.settings import Settings, get_settings
from icarus.streams import flushed_output, open_streams
from icarus.taxonomy import CATEGORY_LABELS, FOCUS_AREA_LABELS

_T = TypeVar("_T")
_K = TypeVar("_K", bound=str)
_FORMATS = ("table", "json", "csv", "md")
_ORDER = ("chat", "ask", "ingest", "status", "verify", "tools", "eval", "serve", "mcp", "backup", "restore", "doctor")
_PIPE_WIDTH = 120


def main() -> None:
    """Run the command that the arguments name; exits 0 on success, 1 on a failure it names, 2 on wrong usage."""
    open_streams()
    try:
        with flushed_output():
            _application(sys.argv[1:])(prog_name="icarus")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("ICARUS_DEBUG"):
            raise
        _leave(sentence_of(error))


def sentence_of(error: Exception) -> str:
    """What went wrong in one line, for a user."""
    if isinstance(error, IcarusError):
        return str(error)
    if isinstance(error, ValidationError) and error.title == Settings.__name__:
        return doctor.settings_sentence(error)
    if isinstance(error, ModuleNotFoundError):
        return f"A part of Icarus is not installed ({error.name}): `icarus doctor` says what is missing."
    told = " ".join(str(error).split()) or type(error).__name__
    return f"Something unexpected went wrong: {told}; run with ICARUS_DEBUG=1 for details."


def ask(
    question: Annotated[
        str | None, typer.Argument(help="what you want to know, in a sentence", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the reply as JSON")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='read {"id", "turns": [...]} lines from standard input, write replies')
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="show how the answer comes about, stage by stage; with --json as JSON")
    ] = False,
) -> None:
    """Answer a question from the reports, in their own words, each with its page."""
    if jsonl == (question is not None):
        raise typer.BadParameter("Give a question, or --jsonl with questions on standard input.")
    if question is None:
        _ask_many()
    elif explain:
        _explain(question, as_json)
    else:
        _ask_one(question, as_json)


def status(as_json: Annotated[bool, typer.Option("--json", help="print it as JSON")] = False) -> None:
    """Say what is indexed, what built it, and whether the corpus has changed since."""
    from icarus.terminal import status_table
    from icarus.verification import corpus_change, published_manifest

    settings = get_settings()
    manifest = published_manifest(settings.index)
    change = corpus_change(manifest.documents, settings.corpus)
    if as_json:
        content = manifest.model_dump(mode="json") | {
            "corpus_changed": change.any,
            "corpus_change": change.model_dump(),
            "language_model": _language_model(settings),
        }
        _write(_json(content))
    else:
        with _page() as page:
            page.print(status_table(manifest, change, _language_model(settings)))


def _language_model(settings: Settings) -> str | None:
    """What words answers, and what that used today; None where they are quoted."""
    if not settings.llm_on:
        return None
    from icarus.budget import Budget

    return f"{settings.llm_model} at {settings.llm_base_url}, {Budget(settings).sentence()}"


def verify() -> None:
    """Check the index against its manifest: every page, passage and card, word for word."""
    from icarus.index import Index
    from icarus.verification import problems

    settings = get_settings()
    with closing(Index.open(settings.index, settings.embedding_model, settings.chroma)) as index:
        found = list(problems(index))
        manifest = index.manifest
    for problem in found:
        _write(problem)
    if found:
        _leave(f"The index cannot be trusted (problems: {len(found)}): build it again with `icarus ingest`.")
    _write(f"The index is whole: {manifest.passages} passages and {manifest.tools} tools stand on their pages.")


def tools(  # noqa: PLR0913, PLR0917 - one a filter
    focus_area: Annotated[str | None, typer.Option(help=f"one of {', '.join(FocusArea)}")] = None,
    category: Annotated[str | None, typer.Option(help=f"one of {', '.join(Category)}")] = None,
    place: Annotated[str | None, typer.Option(help="a city, region or country")] = None,
    theme: Annotated[str | None, typer.Option(help="what it deals with, such as gender or technology")] = None,
    text: Annotated[str | None, typer.Option(help="words that its card holds")] = None,
    form: Annotated[str, typer.Option("--format", help=f"one of {', '.join(_FORMATS)}")] = "table",
) -> None:
    """List the tools of the reports, all or those that meet every filter."""
    from icarus.catalogue import Catalogue
    from icarus.index import Index
    from icarus.terminal import tool_table
    from icarus.tool_formats import FORMATS

    _choose(form, "--format", {name: name for name in _FORMATS})
    area = _choose(focus_area, "--focus-area", FOCUS_AREA_LABELS)
    kind = _choose(category, "--category", CATEGORY_LABELS)
    settings = get_settings()
    with closing(Index.open(settings.index, settings.embedding_model, settings.chroma)) as index:
        cards = Catalogue(index.tools).select(focus_area=area, category=kind, place=place, theme=theme, text=text)
    if form == "table":
        with _page() as page:
            page.print(tool_table(cards))
    else:
        _write(FORMATS[form](cards))


def examine() -> None:
    """Say what is missing on this machine, each with its remedy."""
    raise typer.Exit(doctor.main())


def _application(arguments: Sequence[str]) -> typer.Typer:
    application = typer.Typer(
        no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich"
    )
    application.callback()(_front)
    own: dict[str, Command] = {"ask": ask, "status": status, "verify": verify, "tools": tools, "doctor": examine}
    commands = own | late_commands(arguments)
    for name in sorted(commands, key=lambda n: _ORDER.index(n) if n in _ORDER else len(_ORDER)):
        application.command(name)(commands[name])
    return application


def _show_version(wanted: bool) -> None:
    if wanted:
        _write(f"icarus {metadata.version('icarus-assistant')}")
        raise typer.Exit


def _front(
    _version: Annotated[
        bool, typer.Option("--version", help="print the version", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Answers about urban security from public EU deliverables, in their own words, with the page."""


def _explain(question: str, as_json: bool) -> None:
    from icarus.assistant import Assistant
    from icarus.explained import show_explanation

    explanation = Assistant.open().explain(question, worded=True)
    if as_json:
        _write(_json(explanation.model_dump(mode="json")))
    else:
        with _page() as page:
            show_explanation(page, explanation)


def _ask_one(question: str, as_json: bool) -> None:
    from icarus.assistant import Assistant
    from icarus.terminal import show_reply

    with Console(stderr=True).status("Looking it up ..."):
        reply = Assistant.open(get_settings()).ask(question)
    if as_json:
        _write(_json(reply.model_dump(mode="json", exclude={"id"})))
    if reply.status is Status.ERROR:
        raise QuestionError(reply.answer)
    if not as_json:
        with _page() as page:
            show_reply(page, reply)


def _ask_many() -> None:
    from icarus.assistant import Assistant
    from icarus.batch import replies

    assistant = Assistant.open(get_settings())
    for line in _counted(replies(sys.stdin.buffer, assistant.ask), "questions answered"):
        _write(line)
        sys.stdout.flush()


def _counted(items: Iterable[_T], what: str) -> Iterator[_T]:
    """The items as they come, with their number on standard error where that is a terminal."""
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.completed} " + what),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        yield from progress.track(items, total=None)


def _choose(value: str | None, option: str, labels: Mapping[_K, str]) -> _K | None:
    """The key that a value means, by itself or by its label; wrong usage where it means none."""
    if value is None:
        return None
    wanted = value.strip().casefold()
    for key, label in labels.items():
        if wanted in {key, key.replace("_", "-"), label.casefold()}:
            return key
    choices = ", ".join(key if key == label else f"{key} ({label})" for key, label in labels.items())
    raise typer.BadParameter(f"{value!r} is none of: {choices}.", param_hint=option)


@contextmanager
def _page() -> Iterator[Console]:
    """A console for standard output; where that is no terminal, wide, and without the blanks that pad lines."""
    if sys.stdout.isatty():
        yield Console()
        return
    console = Console(width=_PIPE_WIDTH, file=io.StringIO())
    with console.capture() as captured:
        yield console
    _write("\n".join(line.rstrip() for line in captured.get().rstrip().splitlines()))


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _leave(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(1)
