"""`audit.py PIP_AUDIT LOCK`: known vulnerabilities of the packages in a lock file, by the list that pip-audit asks.

Exits 1 where there are any. The list is on the internet: where it cannot be asked, or what answers does not know it, as
a mirror of the package index may, one sentence says so and nothing fails for it.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_KNOWN = "jinja2==2.4.1"  # has had holes for years: who finds none in it knows of none
_SECONDS = 300


def main(pip_audit: str, lock: str) -> int:
    """Say what is known; the exit code."""
    if not Path(pip_audit).exists():
        return _say("The vulnerability check is skipped: pip-audit cannot be installed without a network.")
    known = _asked(pip_audit, _KNOWN + "\n")
    found = _asked(pip_audit, Path(lock).read_text(encoding="utf-8")) if known else None
    if found is None:
        return _say("The vulnerability check is skipped: the list of vulnerabilities cannot be asked from here.")
    if not any(package.get("vulns") for package in known or ()):
        return _say("The vulnerability check is skipped: the package index that is asked keeps no list of them.")
    holes = [(p["name"], p["version"], hole) for p in found for hole in p.get("vulns", ())]
    for name, version, hole in holes:
        _say(f"{name} {version}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}")
    _say(f"Known vulnerabilities: {len(holes)} in {len(found)} packages.")
    return 1 if holes else 0


def _asked(pip_audit: str, requirements: str) -> list[dict[str, Any]] | None:
    """What pip-audit says of each package, or None where it cannot find out."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, found = Path(folder) / "wanted.txt", Path(folder) / "found.json"
        wanted.write_text(requirements, encoding="utf-8")
        options = ["--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json"]
        command = [pip_audit, "--requirement", str(wanted), *options, "--output", str(found)]
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
            packages: list[dict[str, Any]] = json.loads(found.read_text(encoding="utf-8"))["dependencies"]
        except (OSError, ValueError, KeyError, subprocess.TimeoutExpired):
            return None
        return packages


def _say(sentence: str) -> int:
    sys.stdout.write(f"{sentence}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
