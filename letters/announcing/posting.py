"""Posts one body to one machine: no proxy, no redirect, one deadline, hardly any answer read."""

import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Final

from django.conf import settings
from typing_extensions import override

from letters.announcing.addresses import Target
from letters.announcing.errors import NotTold, NotWanted

MOST_READ: Final = 1_000
_GONE: Final = 410


class _Plain(http.client.HTTPConnection):
    """Connects to the machine that was looked at, whatever its name means by now."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=settings.WEBHOOK_SECONDS)
        self._target = target

    @override
    def connect(self) -> None:
        there = self._target.ip, self._target.port
        self.sock = socket.create_connection(there, self.timeout)


class _Encrypted(_Plain):
    """The same, and the machine must prove the name that the address has."""

    @override
    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        # not while it is being wrapped: the deadline could not reach it then
        wrapped = context.wrap_socket(
            self.sock, server_hostname=self._target.host, do_handshake_on_connect=False
        )
        self.sock = wrapped
        wrapped.do_handshake()


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> None:
    """Return once the other side has said that it took it; NotTold for anything else."""
    connection = (_Encrypted if target.is_encrypted else _Plain)(target)
    sent = {
        "Host": target.named,
        "Content-Type": "application/json",
        "User-Agent": "hjp_letters",
        "Connection": "close",
        **headers,
    }
    try:
        with _within_seconds(connection):
            connection.request("POST", target.path, body=body, headers=sent)
            answer = connection.getresponse()
            answer.read(MOST_READ)
            status = answer.status
    except TimeoutError:
        raise NotTold("too_slow") from None
    except ssl.SSLError:
        raise NotTold("certificate_refused") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotTold("program_not_reached") from None
    finally:
        connection.close()
    _judge(status)


def _judge(status: int) -> None:
    """Any 2xx is a yes. A redirect is none: it could lead to where nobody looked."""
    if status == _GONE:
        raise NotWanted
    if 300 <= status < 400:
        raise NotTold("redirected")
    if not 200 <= status < 300:
        raise NotTold(f"answered_{status // 100}xx")


@contextmanager
def _within_seconds(connection: _Plain) -> Iterator[None]:
    """A time-out of a socket starts anew with each byte; this one does not."""
    is_over = Event()
    timer = Timer(settings.WEBHOOK_SECONDS, _cut, args=(connection, is_over))
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError):
        if is_over.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
    if is_over.is_set():  # what was cut short may look like an answer
        raise TimeoutError


def _cut(connection: _Plain, is_over: Event) -> None:
    is_over.set()
    if connection.sock is not None:
        with suppress(OSError):  # it may have been closed at this very moment
            connection.sock.shutdown(socket.SHUT_RDWR)
