"""Asks the service of this machine, or the one of DATABASE_URL, whether files are its own."""

import contextlib
import fcntl
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from hjp_letters.command import servers, up
from hjp_letters.command.places import PYTHON, ROOT, VAR, CannotGoOn

DATA = VAR / "postgres"
# Nothing is queued, and no page is served: what these settings say is not looked at.
_UNUSED = {"REDIS_URL": "redis://127.0.0.1:9/0"}
_SOCKETS = 4  # the line of postmaster.pid that says in which folder the server listens


def main(arguments: list[str]) -> int:
    """Exit status 0 when every file is one that the service made of an approved letter."""
    if not arguments or arguments[0].startswith("-"):
        raise CannotGoOn("./hjp verify FILE...: name the files of letters to look at.")
    files = [str(Path(each).resolve()) for each in arguments]
    with _database() as address:
        done = subprocess.run(
            [str(PYTHON), str(ROOT / "manage.py"), "verify", "--", *files],
            cwd=ROOT,
            env=up.environment_for(0, _UNUSED | address),
            check=False,
        )
    return done.returncode


@contextlib.contextmanager
def _database() -> Iterator[dict[str, str]]:
    """The one that is given; else the one of ./hjp up, started for as long as this takes when
    it is not running."""
    if os.environ.get("DATABASE_URL"):
        yield {}
        return
    if not (DATA / "PG_VERSION").exists():
        raise CannotGoOn("There are no letters here yet: run ./hjp up first, or give DATABASE_URL.")
    with (VAR / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield {"DATABASE_URL": _running()}
            return
        with servers.postgres(DATA, servers.LASTING) as address:
            yield {"DATABASE_URL": address}


def _running() -> str:
    lines = (DATA / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    return f"postgresql://postgres@/{servers.DATABASE}?host={lines[_SOCKETS]}"
