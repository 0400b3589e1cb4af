"""What is missing on this machine, each with its remedy of one line.

Nothing but the standard library is needed to run this, since what is missing may be any of the rest:
`python -m icarus.doctor` works where `icarus` itself cannot start.
"""

import os
import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

_GB = 1_000_000_000
_DISK_NEEDED = 1 * _GB
_MEMORY_NEEDED = 2 * _GB
_CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")  # of the container that this runs in
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "firefox")
_INSTALL = "run `make setup`, or `pip install -e .` in a virtual environment"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is as it should be, what was found, and else what to do."""

    what: str
    good: bool
    found: str
    remedy: str = ""
    essential: bool = True

    def __str__(self) -> str:
        """One line for a terminal."""
        state = "ok     " if self.good else "missing" if self.essential else "note   "
        return f"{state}  {self.what:<16} {self.found}" + ("" if self.good else f": {self.remedy}")


def examine() -> Iterator[Finding]:
    """Every finding in turn. A check that fails itself becomes a finding too."""
    yield from map(_carry_out, (_python, _packages, _browser, _disk, _memory))
    settings = _carry_out(_settings)
    yield settings
    if settings.good:
        yield from map(_carry_out, (_weights, _corpus, _index, _port))
        yield from map(_carry_out, _checks_of_the_model())


def main() -> int:
    """Print the findings; 0 if nothing essential is missing, else 1."""
    ill = False
    for finding in examine():
        sys.stdout.write(f"{finding}\n")
        sys.stdout.flush()
        ill = ill or (finding.essential and not finding.good)
    return int(ill)


def _carry_out(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Exception as error:  # whatever a broken installation can raise
        told = f"{type(error).__name__}: {error}".splitlines()[0]
        return Finding(check.__name__.strip("_"), False, told, _INSTALL)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    good = (3, 11) <= sys.version_info[:2] < (3, 14)
    return Finding("Python", good, version, "install Python 3.11, 3.12 or 3.13")


def _packages() -> Finding:
    """The direct dependencies, by what the installed project asks for."""
    try:
        wanted = metadata.requires("icarus-assistant") or []
    except metadata.PackageNotFoundError:
        return Finding("packages", False, "Icarus itself is not installed", _INSTALL)
    pins = [
        match for line in wanted if "extra ==" not in line and (match := re.match(r"([\w-]+)[^=]*==([\w.]+)", line))
    ]
    bad = [f"{name} {pin}" for name, pin in (m.groups() for m in pins) if _installed(name) != pin]
    found = f"{len(pins) - len(bad)} of {len(pins)}" + (f", not {', '.join(bad)}" if bad else "")
    return Finding("packages", not bad, found, _INSTALL)


def _installed(name: str) -> str | None:
    """The version that is installed, without the label of a build such as '+cpu'."""
    try:
        return metadata.version(name).partition("+")[0]
    except metadata.PackageNotFoundError:
        return None


def _settings() -> Finding:
    from pydantic import ValidationError

    from icarus.settings import Settings

    try:
        Settings()
    except ValidationError as error:
        return Finding("settings", False, settings_sentence(error), "put the variable right, or remove it")
    return Finding("settings", True, "every ICARUS_* variable can be used")


def settings_sentence(error: Exception) -> str:
    """The first thing that is wrong with the settings, in words; takes pydantic's ValidationError."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    name = "ICARUS_" + "_".join(str(part) for part in first["loc"]).upper()
    return f"{name} is {_without_password(first['input'])!r}, but: {first['msg'][:1].lower()}{first['msg'][1:]}"


def _without_password(value: object) -> object:
    return re.sub(r"//[^/@]*@", "//...@", value) if isinstance(value, str) else value


def _weights() -> Finding:
    from icarus.embedding import EmbeddingModel
    from icarus.errors import ModelError
    from icarus.settings import get_settings

    settings = get_settings()
    try:
        model = EmbeddingModel.load(settings.embedding_model, index=settings.index)
    except ModelError as error:
        return Finding("embedding model", False, str(error), _INSTALL)
    return Finding("embedding model", True, f"{model.name}, SHA-256 {model.fingerprint[:12]}..., by {model.runtime}")


def _corpus() -> Finding:
    from icarus.settings import get_settings

    folder = get_settings().corpus
    files = [p for p in folder.glob("*") if p.suffix.lower() in {".txt", ".pdf"}] if folder.is_dir() else []
    found = f"deliverables in {folder}: {len(files)}" if files else f"no deliverables in {folder}"
    return Finding("corpus", bool(files), found, "run this in the folder of the project, or set ICARUS_CORPUS")


def _index() -> Finding:
    from icarus.embedding import EmbeddingModel
    from icarus.errors import IcarusError
    from icarus.index import Index
    from icarus.settings import get_settings

    settings = get_settings()
    try:
        with closing(Index.open(settings.index, settings.embedding_model, settings.chroma)) as index:
            manifest = index.manifest
    except IcarusError as error:
        return Finding("index", False, str(error).partition(":")[0].rstrip("."), "run `icarus ingest`")
    if manifest.model_fingerprint != EmbeddingModel.load(settings.embedding_model).fingerprint:
        return Finding("index", False, "built with other weights of the embedding model", "run `icarus ingest`")
    return Finding("index", True, f"{manifest.passages} passages and {manifest.tools} tools in {settings.index}")


def _checks_of_the_model() -> tuple[Callable[[], Finding], ...]:
    from icarus.settings import Settings

    return (_language_model, _budget) if Settings().llm_on else ()


def _language_model() -> Finding:
    from icarus.model_server import examine_server
    from icarus.settings import get_settings

    answer = examine_server(get_settings())
    remedy = f"{answer.remedy}; until then answers are quoted"
    return Finding("language model", answer.good, answer.found, remedy, essential=False)


def _budget() -> Finding:
    """What the model used today; what a turn can use at most."""
    from icarus.budget import Budget
    from icarus.settings import get_settings

    settings = get_settings()
    budget = Budget(settings)
    spent = budget.is_spent()
    remedy = "raise ICARUS_LLM_DAILY_TOKENS or ICARUS_LLM_DAILY_COST; until then answers are quoted"
    return Finding("model budget", not spent, budget.sentence(), remedy, essential=False)


def _browser() -> Finding:
    browser = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    remedy = "install one to see the chat window here; the browser tests want Chromium (apt-get install chromium)"
    return Finding("browser", browser is not None, browser or "none found", remedy, essential=False)


def _port() -> Finding:
    from icarus.settings import get_settings

    settings = get_settings()
    place = f"{settings.host}:{settings.port}"
    try:
        with socket.create_server((settings.host, settings.port)):
            return Finding("port", True, f"{place} is free")
    except OSError as error:
        remedy = "close the other program, or use `icarus chat --port`"
        return Finding("port", False, f"{place}: {error.strerror or error}", remedy, essential=False)


def _disk() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free
    return Finding("disk", free >= _DISK_NEEDED, f"{free / _GB:.1f} GB free", "free at least 1 GB", essential=False)


def _memory() -> Finding:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return Finding("memory", True, "this system does not tell")
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with suppress(OSError, ValueError):  # no container, or one without a limit, which says 'max'
        memory = min(memory, int(_CONTAINER_LIMIT.read_text()))
    return Finding("memory", memory >= _MEMORY_NEEDED, f"{memory / _GB:.1f} GB", "2 GB are needed", essential=False)


if __name__ == "__main__":
    sys.exit(main())
