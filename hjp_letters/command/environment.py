"""The virtual environment: made once, filled from the locked lists, redone when they change."""

import ensurepip
import fcntl
import hashlib
import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hjp_letters.command.places import PYTHON, ROOT, VAR, VENV, CannotGoOn, say

# Each list holds all of the ones before it, in the same versions.
GROUPS = ("base", "local", "test")
STAMP = VENV / "hjp.json"
UV = VENV / "bin" / "uv"


def enter(group: str) -> None:
    """Go on in the project's own Python with `group` installed; returns only when already there."""
    prepare(group)
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    words = [str(PYTHON), "-P", "-m", "hjp_letters.command", *sys.argv[1:]]
    os.execv(PYTHON, words)  # noqa: S606  # without a shell is what we want


def prepare(group: str) -> None:
    """Install what `group` still lacks; a second call costs only the reading of a few files."""
    if satisfied(group):
        return
    with _alone():
        if not satisfied(group):
            _fill(group)


@contextmanager
def _alone() -> Iterator[None]:
    """Two commands at once: the second waits, then finds the work done."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "environment.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def satisfied(group: str) -> bool:
    """Whether `group`, or one that holds it, was installed from the lists as they are now."""
    if not PYTHON.exists():
        return False
    installed = _installed()
    return any(installed.get(name) == _digest(name) for name in GROUPS[GROUPS.index(group) :])


def _fill(group: str) -> None:
    if not PYTHON.exists():
        say("Making the virtual environment (.venv).")
        venv.create(VENV, clear=True, symlinks=True, with_pip=True)
    say(f"Installing the locked packages ({group}).")
    _install(_requirements(group), PYTHON)
    held = GROUPS[: GROUPS.index(group) + 1]
    STAMP.write_text(json.dumps({name: _digest(name) for name in held}))


def prepare_apart(name: str) -> Path:
    """Have a program that must not share our environment in one of its own, in var/; its folder of
    programs."""
    programs, stamp = VAR / name / "bin", VAR / name / "hjp.digest"
    with _alone():
        if not stamp.exists() or stamp.read_text() != _digest(name):
            say(f"Installing the locked packages ({name}, in an environment of its own).")
            venv.create(VAR / name, clear=True, symlinks=True, with_pip=True)
            _install(_requirements(name), programs / "python")
            stamp.write_text(_digest(name))
    return programs


def _install(requirements: Path, python: Path) -> None:
    """With uv where it can be had, since it is ten times faster; else with pip."""
    locked = ["--require-hashes", "-r", str(requirements)]
    if (
        _uv_may_be_used()
        and _run([str(UV), "pip", "install", "-q", "-p", str(python), *locked]) == 0
    ):
        return
    _have_pip()
    if _run([*_pip(), "--python", str(python), "install", "-q", *locked]):
        raise CannotGoOn("The packages could not be installed; what pip said stands above.")


def _uv_may_be_used() -> bool:
    """Not where only pip was told of an index of its own: uv does not read pip's settings."""
    if UV.exists():
        return True
    _have_pip()
    if _pip_has_its_own_index() and not any(name.startswith("UV_") for name in os.environ):
        return False
    return _run([*_pip(), "install", "-q", "--require-hashes", "-r", str(_requirements("uv"))]) == 0


def _pip_has_its_own_index() -> bool:
    asked = subprocess.run([*_pip(), "config", "list"], capture_output=True, text=True, check=False)
    return ".index-url=" in asked.stdout


def _have_pip() -> None:
    """An environment that another tool made may have no pip."""
    if _run([*_pip(), "--version"], quiet=True):
        _run([str(PYTHON), "-m", ensurepip.__name__])


def _pip() -> list[str]:
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]


def _run(command: list[str], *, quiet: bool = False) -> int:
    output = subprocess.DEVNULL if quiet else sys.stderr
    return subprocess.run(command, stdout=output, check=False, cwd=ROOT).returncode


def _installed() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _digest(group: str) -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}\n"
    return hashlib.sha256(version.encode() + _requirements(group).read_bytes()).hexdigest()


def _requirements(group: str) -> Path:
    return ROOT / "requirements" / f"{group}.txt"
