"""Asking clamd whether a file is harmful. What it does not clearly call clean is not clean."""

import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import clamd
from django.conf import settings

# clamd's own limit (StreamMaxLength) is 25 MB where nobody has changed it.
MOST_BYTES: Final = 25_000_000
_CHUNK: Final = 64 * 1024
# How long whoever asks has a file for itself, and when it is asked about again.
LEASE: Final = timedelta(minutes=5)
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(minutes=30)
MOST_ATTEMPTS: Final = 500  # of a file that nobody could look through, some ten days
# What clamd reports of files that it could not look into, which proves nothing.
_NOT_LOOKED_INTO: Final = ("Heuristics.Encrypted", "Heuristics.Limits.Exceeded")


class Found(StrEnum):
    """What the scanner said."""

    NOTHING = "nothing"
    VIRUS = "virus"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`virus` is its name; `reason` is a key that says why nothing can be told. `is_final`: asking
    again would not help."""

    found: Found
    virus: str = ""
    reason: str = ""
    is_final: bool = True


class _Scanner(clamd.ClamdNetworkSocket):  # type: ignore[misc]  # the library ships no types
    """The library's own client sends parts of a file without looking whether they went whole."""

    def verdict_on(self, data: bytes) -> str:
        """What clamd answers, as it says it."""
        try:
            self._init_socket()
            self.clamd_socket.sendall(b"nINSTREAM\n")
            for at in range(0, len(data), _CHUNK):
                chunk = data[at : at + _CHUNK]
                self.clamd_socket.sendall(struct.pack("!L", len(chunk)) + chunk)
            self.clamd_socket.sendall(struct.pack("!L", 0))
            return str(self._recv_response())
        finally:
            self._close_socket()


class _LocalScanner(_Scanner, clamd.ClamdUnixSocket):  # type: ignore[misc]  # as above
    """The same, over a socket in the file system."""


def next_look(verdict: Verdict, *, attempts: int, at: datetime) -> datetime | None:
    """When to ask again about what nobody can tell: later and later, with no end that would make it
    clean. None where asking again would not help."""
    if verdict.is_final or attempts >= MOST_ATTEMPTS:
        return None
    wait: timedelta = min(FIRST_WAIT * (1 << min(attempts, 10)), LONGEST_WAIT)
    return at + wait


def verdict_on(data: bytes) -> Verdict:
    """Whether a file is harmful; held while there is nobody to ask."""
    if len(data) > MOST_BYTES:
        return Verdict(found=Found.CANNOT_TELL, reason="too_large_to_scan")
    if not settings.CLAMD:
        return Verdict(found=Found.CANNOT_TELL, reason="no_scanner", is_final=False)
    try:
        return _understood(_scanner().verdict_on(data))
    except (clamd.ClamdError, OSError, UnicodeError):
        return Verdict(found=Found.CANNOT_TELL, reason="scanner_down", is_final=False)


def _scanner() -> "_Scanner":
    where, timeout = settings.CLAMD, settings.CLAMD_SECONDS
    if where.startswith("/"):
        return _LocalScanner(path=where, timeout=timeout)
    host, _, port = where.rpartition(":")
    return _Scanner(host=host.strip("[]"), port=int(port), timeout=timeout)


def _understood(answer: str) -> Verdict:
    said = answer.removeprefix("stream: ").strip()
    if said == "OK":
        return Verdict(found=Found.NOTHING)
    if said.endswith(" FOUND"):
        virus = said.removesuffix(" FOUND")[:120]
        if virus.startswith(_NOT_LOOKED_INTO):
            return Verdict(found=Found.CANNOT_TELL, reason="cannot_be_looked_into")
        return Verdict(found=Found.VIRUS, virus=virus or "unnamed")
    if "size limit exceeded" in said:
        return Verdict(found=Found.CANNOT_TELL, reason="too_large_to_scan")
    # an empty answer: it was stopped, or fell, while it was reading
    return Verdict(found=Found.CANNOT_TELL, reason="scanner_down", is_final=False)
