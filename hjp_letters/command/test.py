"""Every check in order; what could not run is listed at the end and, under CI, is a failure."""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from hjp_letters.command import environment, frontend, local_settings, servers, system
from hjp_letters.command.places import PYTHON, ROOT, VAR, VENV, say

REPORT = VAR / "pytest.xml"
PROCESSES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One check: its name, its words, and what it is told through the environment."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]


def main(arguments: list[str]) -> int:
    """All checks; with arguments, pytest alone with those: files of tests, or `--cov` to see which
    lines no test comes to, which doubles the time that the tests take."""
    system.ensure(system.TESTS)
    frontend.install()
    for name in ("checker", "imap"):
        environment.prepare_apart(name)
    REPORT.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="hjp-tests-") as directory:
        Path(directory).chmod(
            0o711
        )  # PostgreSQL may run as another account, in a folder of its own
        with servers.running(Path(directory), options=servers.FLEETING) as addresses:
            steps = _chosen(arguments, addresses) if arguments else _all(addresses)
            failed = [step.name for step in steps if not _passes(step)]
    return _verdict(failed, _skipped())


def _all(addresses: servers.Addresses) -> tuple[Step, ...]:
    tests = _environment(addresses)
    production = local_settings.like_production(addresses)
    templates = ("letters/web/templates", "--extension=jinja", "--profile=jinja")
    return (
        Step(name="format", command=(_tool("ruff"), "format", "--check", "."), environment={}),
        Step(name="lint", command=(_tool("ruff"), "check", "."), environment={}),
        Step(name="types", command=(_tool("mypy"), "."), environment={}),
        Step(name="floors", command=(_tool("lint-imports"),), environment={}),
        Step(name="templates", command=(_tool("djlint"), *templates, "--lint"), environment={}),
        Step(name="migrations", command=_manage("makemigrations", "--check"), environment=tests),
        Step(name="deploy", command=_manage("check", *DEPLOY), environment=production),
        Step(name="tests", command=_pytest(), environment=tests),
    )


DEPLOY = ("--deploy", "--fail-level", "WARNING")


def _chosen(arguments: list[str], addresses: servers.Addresses) -> tuple[Step, ...]:
    words = (*_pytest(), *arguments)
    return (Step(name="tests", command=words, environment=_environment(addresses)),)


def _environment(addresses: servers.Addresses) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "hjp_letters.settings_test",
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "HJP_TEST_SERVERS": addresses.redis_url,
    }


def _pytest() -> tuple[str, ...]:
    # Tests of one group share processes, so they stay on one worker.
    spread = ("-n", str(PROCESSES), "--dist", "loadgroup")
    return (str(PYTHON), "-m", "pytest", *spread, "-rfE", f"--junit-xml={REPORT}")


def _manage(*words: str) -> tuple[str, ...]:
    return (str(PYTHON), "manage.py", *words)


def _tool(name: str) -> str:
    return str(VENV / "bin" / name)


def _passes(step: Step) -> bool:
    say(f"── {step.name}")
    started = time.monotonic()
    done = subprocess.run(step.command, cwd=ROOT, env=os.environ | step.environment, check=False)
    outcome = "passed" if done.returncode == 0 else "FAILED"
    say(f"── {step.name}: {outcome} in {time.monotonic() - started:.1f} s")
    return done.returncode == 0


def _skipped() -> tuple[str, ...]:
    """Read from pytest's own report, where a skip cannot hide."""
    if not REPORT.exists():
        return ("the tests wrote no report",)
    # The report was written by our own pytest a moment ago.
    cases = ElementTree.parse(REPORT).iter("testcase")  # noqa: S314
    return tuple(
        f"{case.get('classname')}.{case.get('name')}: {reason.get('message')}"
        for case in cases
        for reason in case.findall("skipped")
    )


def _verdict(failed: list[str], skipped: tuple[str, ...]) -> int:
    if skipped:
        say("Could not run:\n" + "\n".join(f"  {line}" for line in skipped))
    if failed:
        say(f"Failed: {', '.join(failed)}.")
        return 1
    if skipped and os.environ.get("CI", "").lower() == "true":
        say("Under CI nothing may be left out.")
        return 1
    say("All that ran passed.")
    return 0
