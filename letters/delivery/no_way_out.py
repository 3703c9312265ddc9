"""While a demonstration's letter is carried, this thread reaches nothing but the service's own rows
and queue, whatever the settings say and whichever library tries.

The guard is the interpreter's own audit hook: it sees every connection that Python code opens, and
every name that it looks up. Another program is not seen, so none may be started meanwhile.
"""

import logging
import socket
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings

from letters.access.models import Partnership

logger = logging.getLogger(__name__)

_REDIS_PORT: Final = 6379
_POSTGRES_PORT: Final = 5432
# Each with the place of the address among what the hook is told; None: refused altogether.
_WATCHED: Final = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.getnameinfo": 0,
    "subprocess.Popen": None,
    "os.system": None,
    "os.exec": None,
    "os.posix_spawn": None,
    "os.spawn": None,
    "os.fork": None,
}
_open_to: ContextVar[frozenset[object] | None] = ContextVar("open_to", default=None)


class NoWayOut(RuntimeError):
    """Something tried to leave while a demonstration was carried. No OSError, lest a library take
    it for a network that is down and try another way."""

    def __init__(self, event: str) -> None:
        super().__init__(f"a demonstration sends nothing: {event}")


def guard_of(partnership: Partnership) -> AbstractContextManager[None]:
    """What to carry a partnership's letters within."""
    return no_way_out() if partnership.is_demonstration else nullcontext()


@contextmanager
def no_way_out() -> Iterator[None]:
    """Shut for this thread, until the end of the block."""
    _watch()
    before = _open_to.set(_own_addresses())
    try:
        yield
    finally:
        _open_to.reset(before)


@cache
def _watch() -> None:
    """Only in processes that need it: a hook costs a little at every file that is opened."""
    sys.addaudithook(_look)


def _look(event: str, given: tuple[Any, ...]) -> None:  # whatever the interpreter tells
    if not _WATCHED or event not in _WATCHED:  # empty while the interpreter takes itself apart
        return
    open_to = _open_to.get()
    if open_to is None:
        return
    place = _WATCHED[event]
    if place is None or _meant(given[place]) not in open_to:
        # not the address: it may be somebody's
        logger.error("a way out was tried and is shut", extra={"event": event})
        raise NoWayOut(event)


def _meant(address: object) -> object:
    """A host by its name, a machine by number and port, a socket by its path."""
    if isinstance(address, tuple):
        return address[:2]
    return address.decode(errors="replace") if isinstance(address, bytes) else address


def _own_addresses() -> frozenset[object]:
    """Looked up before the doors shut, since the queue is found by name."""
    if (inner := _open_to.get()) is not None:
        return inner
    own: set[object] = set()
    for host, port in (_queue(), _database()):
        own.add(host)
        if not host.startswith("/"):
            own |= _machines(host, port)
    return frozenset(own)


def _queue() -> tuple[str, int]:
    parts = urlsplit(settings.REDIS_URL)
    if parts.scheme == "unix":
        return unquote(parts.path), 0
    return parts.hostname or "localhost", parts.port or _REDIS_PORT


def _database() -> tuple[str, int]:
    database = settings.DATABASES["default"]
    return str(database.get("HOST") or "/"), int(str(database.get("PORT") or _POSTGRES_PORT))


def _machines(host: str, port: int) -> set[object]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:  # out of reach anyway
        return set()
    return {answer[4][:2] for answer in answers}
