"""The container and Compose files, as far as they can be tried without a container: what they name exists and works."""

import json
import os
import re
import shlex
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from icarus.late_commands import late_commands
from icarus.listening import listen
from icarus.settings import Settings
from tests.conftest import ROOT
from tests.ui.visitor import serving

FOLDER = ROOT / ".container"
INSTRUCTIONS = [
    (line.split(None, 1)[0], line.split(None, 1)[1])
    for line in re.sub(r"\s*\\\n\s*", " ", (FOLDER / "Containerfile").read_text(encoding="utf-8")).splitlines()
    if line and not line.startswith("#")
]
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SECRET = ("password", "token", "key", "secret")


def arguments_of(name: str) -> list[str]:
    return [rest for instruction, rest in INSTRUCTIONS if instruction == name]


def environment() -> dict[str, str]:
    """What the image sets."""
    last = max(i for i, (name, _) in enumerate(INSTRUCTIONS) if name == "FROM")
    return dict(part.split("=", 1) for name, rest in INSTRUCTIONS[last:] if name == "ENV" for part in shlex.split(rest))


def settings_named() -> set[str]:
    named = {name for service in SERVICES.values() for name in service.get("environment", {})} | environment().keys()
    return {name.removeprefix("ICARUS_").lower() for name in named if name.startswith("ICARUS_")}


def test_each_instruction_is_one() -> None:
    known = "FROM ARG ENV WORKDIR RUN COPY USER VOLUME EXPOSE STOPSIGNAL HEALTHCHECK CMD".split()
    assert [name for name, _ in INSTRUCTIONS if name not in known] == []
    assert INSTRUCTIONS[0][0] == "FROM"
    for name in ("CMD", "VOLUME"):
        assert json.loads(arguments_of(name)[-1])


def test_what_is_copied_is_there_and_not_ignored() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"}
    sources = [s for rest in arguments_of("COPY") if "--from" not in rest for s in rest.split()[:-1] if s[:2] != "--"]
    assert len(sources) > 5
    assert [source for source in sources if not (ROOT / source).exists() or source not in kept] == []


def test_it_does_not_run_as_root() -> None:
    names = [name for name, _ in INSTRUCTIONS]
    assert int(arguments_of("USER")[-1]) > 0
    assert names.index("USER") < names.index("CMD")
    assert "RUN" not in names[names.index("USER") :]


def test_no_secret_is_in_the_image() -> None:
    assert [name for name in environment() if any(word in name.lower() for word in SECRET)] == []
    for service in SERVICES.values():
        secrets = {n: v for n, v in service.get("environment", {}).items() if any(w in n.lower() for w in SECRET)}
        assert [value for name, value in secrets.items() if not value.startswith(f"${{{name}:?")] == []


def test_each_setting_is_one() -> None:
    assert settings_named() <= Settings.model_fields.keys()
    assert Settings.model_validate({n[7:].lower(): v for n, v in environment().items() if n.startswith("ICARUS_")})


def test_what_is_kept_lies_in_volumes() -> None:
    volumes = json.loads(arguments_of("VOLUME")[-1])
    kept = [environment()[name] for name in ("ICARUS_CORPUS", "ICARUS_INDEX", "ICARUS_KEPT")]
    assert [path for path in kept if not any(Path(path).is_relative_to(volume) for volume in volumes)] == []
    mounted = {volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert mounted == COMPOSE["volumes"].keys()


def test_only_what_icarus_needs_to_run_is_installed() -> None:
    [line] = [rest for rest in arguments_of("RUN") if "tomllib" in rest]
    script = shlex.split(line)[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    wanted = done.stdout.split()
    assert "torch==2.13.0" in wanted
    assert not [name for name in wanted if name.startswith(("pytest", "mypy", "playwright", "ruff"))]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_waits_only_for_others_and_runs_a_command_that_is_there(name: str) -> None:
    service = SERVICES[name]
    assert service.get("depends_on", {}).keys() <= SERVICES.keys() - {name}
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    command = service["command"]
    words = shlex.split(command[2]) if command[:2] == ["sh", "-c"] else command
    called = {after for word, after in pairwise(words) if word == "icarus"}
    assert called <= {"status", *late_commands([])}
    assert called or command[:2] == ["chroma", "run"]


def test_the_image_is_built_once_and_by_what_all_others_wait_for() -> None:
    built = {name: service["build"] for name, service in SERVICES.items() if "build" in service}
    ((builder, build),) = built.items()
    assert (FOLDER / build["context"] / build["dockerfile"]).resolve().is_file()
    assert len({service["image"] for service in SERVICES.values()}) == 1
    assert [name for name, service in SERVICES.items() if builder not in {name, *service.get("depends_on", ())}] == []


def test_a_file_with_secrets_is_not_committed() -> None:
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_stopping_takes_no_longer_than_it_is_given() -> None:
    for service in (SERVICES["window"], SERVICES["api"]):
        given = float(service["stop_grace_period"].removesuffix("s"))
        assert given > float(service["environment"]["ICARUS_STOP_SECONDS"]) + 5


def probe(command: list[str], port: int, **env: str) -> int:
    """The exit code of a health check that is sent to another port."""
    assert command[:2] == ["python", "-c"]
    script = re.sub(r"127\.0\.0\.1:\d+", f"127.0.0.1:{port}", command[2])
    return subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **env}, capture_output=True, check=False
    ).returncode


def test_the_health_checks_tell_what_is_well_from_what_is_not() -> None:
    image = json.loads(arguments_of("HEALTHCHECK")[0].partition("CMD ")[2])
    services = [SERVICES[name]["healthcheck"]["test"][1:] for name in ("window", "api")]
    with serving() as address:
        port = int(address.rpartition(":")[2])
        assert probe(image, port, ICARUS_PORT=str(port)) == 0
        assert [probe(command, port) for command in services] == [0, 0]
    with closing(listen("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
    assert probe(image, port, ICARUS_PORT=str(port)) == 1
    assert [probe(command, port) for command in services] == [1, 1]


@pytest.mark.slow
def test_the_chroma_server_runs_as_it_is_told_and_is_found_well(tmp_path: Path) -> None:
    with closing(listen("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program, *words = SERVICES["chroma"]["command"]
    words[words.index("--path") + 1], words[words.index("--port") + 1] = str(tmp_path), str(port)
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name(program)), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 60
        while probe(SERVICES["chroma"]["healthcheck"]["test"][1:], port) and time.monotonic() < deadline:
            time.sleep(0.5)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/heartbeat", timeout=5) as answer:
            assert answer.status == 200
    finally:
        server.terminate()
        server.wait(20)
