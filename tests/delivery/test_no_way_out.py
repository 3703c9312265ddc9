"""A demonstration has no way out: tried with the libraries that would be used, on real sockets."""

import smtplib
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from threading import Thread

import pytest
import redis
import requests
from django.conf import LazySettings, settings
from django.db import connection

from letters.access.models import Partnership
from letters.delivery.no_way_out import NoWayOut, guard_of, no_way_out
from tests.announcing.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def mailbox() -> Iterator[socket.socket]:
    """Takes datagrams."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taking:
        taking.bind(("127.0.0.1", 0))
        yield taking


def _by_smtp(port: int) -> None:
    smtplib.SMTP("127.0.0.1", port, timeout=1)


def _by_requests(port: int) -> None:
    requests.post(f"http://127.0.0.1:{port}/", data=b"x", timeout=1)


def _by_urllib(port: int) -> None:
    urllib.request.urlopen(f"http://127.0.0.1:{port}/", data=b"x", timeout=1).close()


def _by_connect_ex(port: int) -> None:
    with socket.socket() as out:
        out.connect_ex(("127.0.0.1", port))


def _by_datagram(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.sendto(b"x", ("127.0.0.1", port))


def _by_message(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.sendmsg([b"x"], [], 0, ("127.0.0.1", port))


def _by_name(_port: int) -> None:
    socket.getaddrinfo("localhost.example", 443)


def _by_old_name(_port: int) -> None:
    socket.gethostbyname("localhost.example")


def _by_program(_port: int) -> None:
    subprocess.run([sys.executable, "-c", ""], check=True)


def _by_path(_port: int) -> None:
    with socket.socket(socket.AF_UNIX) as out:
        out.connect("/tmp/nowhere.sock")  # noqa: S108 - never opened


# A library whose connection is refused in this way leaves the socket to be collected.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

WAYS = (
    *(_by_smtp, _by_requests, _by_urllib, _by_connect_ex, _by_datagram, _by_message),
    *(_by_name, _by_old_name, _by_program, _by_path),
)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_is_shut(way: Callable[[int], None], receiver: Receiver) -> None:
    with no_way_out(), pytest.raises(NoWayOut):
        way(receiver.port)

    assert receiver.taken == []


def test_nothing_arrives_by_datagram(mailbox: socket.socket) -> None:
    port = mailbox.getsockname()[1]
    with no_way_out(), pytest.raises(NoWayOut):
        _by_datagram(port)

    _by_datagram(port)

    assert mailbox.recv(10) == b"x"
    mailbox.setblocking(False)  # noqa: FBT003 - the library's own
    with pytest.raises(BlockingIOError):
        mailbox.recv(10)


@pytest.mark.parametrize("way", [_by_requests, _by_urllib])
def test_every_way_is_open_before_and_after(way: Callable[[int], None], receiver: Receiver) -> None:
    receiver.status = 200
    way(receiver.port)
    with no_way_out():
        pass
    way(receiver.port)

    assert len(receiver.taken) == 2


def test_another_thread_is_not_shut_in(receiver: Receiver) -> None:
    with no_way_out():
        other = Thread(target=_by_requests, args=(receiver.port,))
        other.start()
        other.join()

    assert len(receiver.taken) == 1


def test_it_stays_shut_where_it_was_shut_before(receiver: Receiver) -> None:
    with no_way_out():
        with no_way_out():
            pass
        with pytest.raises(NoWayOut):
            _by_requests(receiver.port)


@pytest.mark.django_db(transaction=True)
def test_own_rows_and_queue_stay_in_reach() -> None:
    connection.close()
    with no_way_out():
        with redis.Redis.from_url(settings.REDIS_URL) as queue:
            assert queue.ping()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")


def test_the_queue_may_be_a_name(settings: LazySettings) -> None:
    settings.REDIS_URL = settings.REDIS_URL.replace("127.0.0.1", "localhost")

    with no_way_out(), redis.Redis.from_url(settings.REDIS_URL) as queue:
        assert queue.ping()


def test_what_was_tried_is_logged_without_saying_where(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with no_way_out(), pytest.raises(NoWayOut) as refused:
        socket.getaddrinfo("somebody.example", 443)

    assert [line.levelname for line in caplog.records] == ["ERROR"]
    assert "somebody" not in caplog.text + str(refused.value)


def test_only_a_demonstration_is_shut_in(receiver: Receiver) -> None:
    with guard_of(Partnership(is_demonstration=False)):
        _by_requests(receiver.port)
    with guard_of(Partnership(is_demonstration=True)), pytest.raises(NoWayOut):
        _by_requests(receiver.port)

    assert len(receiver.taken) == 1
