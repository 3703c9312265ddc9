"""Our own processes: started together, their lines told apart, stopped in order."""

import contextlib
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hjp_letters.command import servers
from hjp_letters.command.places import ROOT, CannotGoOn, say

ANSWER_SECONDS = 60
SERVER_ERROR = 500
WATCH_SECONDS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to start, and the name before its lines."""

    name: str
    command: tuple[str, ...]


Started = dict[str, "subprocess.Popen[bytes]"]


@contextlib.contextmanager
def running(programs: tuple[Program, ...], environment: Mapping[str, str]) -> Iterator[Started]:
    """All of them; at the end web first, so that nothing new is asked for, and the worker last."""
    started: Started = {}
    try:
        for program in programs:
            started[program.name] = _start(program, environment)
        yield started
    finally:
        # From here on a second Ctrl-C must not leave half of it running.
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, signal.SIG_IGN)
        for name, process in reversed(started.items()):
            say(f"Stopping {name}.")
            servers.stop(process, signal.SIGTERM)


def wait_for_web(port: int, started: Started) -> None:
    """Until the first page comes, or a process ends, or a minute has passed."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while not _answers(port):
        ended = _ended(started)
        if ended or time.monotonic() > deadline:
            what = f"{ended} ended" if ended else "the pages did not answer"
            raise CannotGoOn(f"Not started: {what}; the lines above say more.")
        time.sleep(WATCH_SECONDS)


def wait_for_an_end(started: Started) -> str:
    """The name of the first process that ends by itself."""
    while not (ended := _ended(started)):
        time.sleep(WATCH_SECONDS)
    return ended


def _ended(started: Started) -> str:
    return next((name for name, process in started.items() if process.poll() is not None), "")


def _start(program: Program, environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        program.command,
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=servers.die_with_parent,
    )
    threading.Thread(target=_tell, args=(program.name, process), daemon=True).start()
    return process


def _tell(name: str, process: "subprocess.Popen[bytes]") -> None:
    assert process.stdout is not None  # noqa: S101  # asked for in _start
    for line in process.stdout:
        sys.stdout.write(f"{name:<9} | {line.decode(errors='replace').rstrip()}\n")
        sys.stdout.flush()


def _answers(port: int) -> bool:
    """A page that needs a sign-in or is not there is an answer too; a fault of ours is not one."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
            return True
    except urllib.error.HTTPError as answer:
        if answer.code >= SERVER_ERROR:
            raise CannotGoOn(
                "Not started: the first page failed; the lines above say where."
            ) from None
        return True
    except OSError:
        return False
