"""Fetching from a real IMAP server: whatever breaks, each message is kept once."""

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from django.db import connection

from hjp_letters.command.servers import free_port
from letters.incoming import mailbox
from letters.incoming.actions.keeping import MOST_BYTES
from letters.incoming.models import Message, MessageStatus
from letters.incoming.queries import raw_of
from tests.factories import NOW
from tests.incoming.mails import Mail
from tests.incoming.servers import Mailbox
from tests.servers import Process

NUMBER = 5


@pytest.fixture(scope="module")
def server() -> Iterator[Mailbox]:
    started = Mailbox()
    yield started
    started.stop()


@pytest.fixture
def box(server: Mailbox, settings: LazySettings) -> Iterator[Mailbox]:
    """The mailbox that this test's service reads."""
    settings.IMAP_URL = server.url
    yield server
    server.empty()


def mail(number: int) -> bytes:
    return Mail(subject=f"Message {number}", text="Invented.\n").bytes()


def test_every_message_is_kept_and_moved(db: None, box: Mailbox) -> None:
    for number in range(NUMBER):
        box.put(mail(number))

    fetched = mailbox.fetch_mail(at=NOW)

    assert (fetched.kept, fetched.breaks) == (NUMBER, 0)
    assert {raw_of(each) for each in Message.objects.all()} == {mail(n) for n in range(NUMBER)}
    assert (box.count("INBOX"), box.count("Kept")) == (0, NUMBER)


def test_nothing_is_fetched_without_a_mailbox(db: None, settings: LazySettings) -> None:
    settings.IMAP_URL = ""

    assert mailbox.fetch_mail(at=NOW) == mailbox.Fetched()


def test_a_server_that_is_not_there_loses_nothing(db: None, settings: LazySettings) -> None:
    settings.IMAP_URL = f"imap://a:b@127.0.0.1:{free_port()}/INBOX"

    assert mailbox.fetch_mail(at=NOW).breaks == 1


def test_a_wrong_password_is_told_by_its_kind_alone(
    db: None, box: Mailbox, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.IMAP_URL = box.url.replace("demopass", "guessed")

    mailbox.fetch_mail(at=NOW)

    assert "guessed" not in caplog.text
    assert [record.message for record in caplog.records] == ["mailbox broke off"]


def test_a_message_too_large_leaves_its_head_and_stays_whole_in_the_mailbox(
    db: None, box: Mailbox
) -> None:
    box.put(mail(1) + b"x" * MOST_BYTES)

    mailbox.fetch_mail(at=NOW)

    message = Message.objects.get()
    assert not message.is_whole
    assert message.size < 2_000
    assert box.count("Kept") == 1


def test_a_worker_killed_between_keeping_and_moving_keeps_it_once(
    transactional_db: None, box: Mailbox
) -> None:
    """A real process, killed after the row is committed and before the server is told."""
    box.put(mail(1))

    killed = Process(*(sys.executable, "-c", _KEEPS_THEN_DIES), environment=_same_rows(box))
    status = killed.wait()
    there, kept = box.count("INBOX"), Message.objects.count()
    mailbox.fetch_mail(at=NOW)

    assert (status, there, kept) == (-9, 1, 1)
    assert Message.objects.get().status == MessageStatus.KEPT
    assert (box.count("INBOX"), box.count("Kept")) == (0, 1)


_KEEPS_THEN_DIES = """
import os, signal
import django
django.setup()
from django.utils import timezone
from imap_tools import BaseMailBox
from letters.incoming import mailbox
def die(*given):
    os.kill(os.getpid(), signal.SIGKILL)
BaseMailBox.move = die
mailbox.fetch_mail(at=timezone.now())
"""


def _same_rows(box: Mailbox) -> dict[str, str]:
    name = connection.settings_dict["NAME"]
    host = connection.settings_dict["OPTIONS"]["host"]
    return {
        "DJANGO_SETTINGS_MODULE": "hjp_letters.settings_test",
        "DATABASE_URL": f"postgresql://postgres@/{name}?host={host}",
        "REDIS_URL": os.environ["REDIS_URL"],
        "IMAP_URL": box.url,
    }


class Between:
    """Stands between us and the server, and cuts the line where a test wants it cut."""

    def __init__(self, port: int, *, cuts: Callable[[bytes], bytes | None]) -> None:
        self._to, self._cuts = port, cuts
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._to))
            threading.Thread(target=self._up, args=(near, far), daemon=True).start()
            threading.Thread(target=self._down, args=(near, far), daemon=True).start()

    def _up(self, near: socket.socket, far: socket.socket) -> None:
        try:
            while data := near.recv(65536):
                far.sendall(data)
        except OSError:
            pass  # the other side hung up
        finally:
            far.close()

    def _down(self, near: socket.socket, far: socket.socket) -> None:
        try:
            while data := far.recv(65536):
                passed = self._cuts(data)
                if passed is None:
                    return
                near.sendall(passed)
        except OSError:
            pass  # the other side hung up
        finally:
            near.close()
            far.close()


@pytest.mark.parametrize("fault", ["cut", "short", "garbled"])
def test_a_broken_answer_loses_nothing_and_holds_up_nobody(
    db: None, box: Mailbox, settings: LazySettings, fault: str
) -> None:
    """Once, in the middle of a message: the rest is kept at once, that one at the next look."""
    for number in range(NUMBER):
        box.put(mail(number))
    left = [fault]

    def cuts(data: bytes) -> bytes | None:
        if b"Message 2" not in data or not left:
            return data
        left.pop()
        if fault == "cut":
            return None
        if fault == "short":
            return data.replace(b"{", b"{9")  # says that more is to come than does
        return data.replace(b"{", b"{x")

    between = Between(box.port, cuts=cuts)
    settings.IMAP_URL = box.url.replace(str(box.port), str(between.port))
    settings.IMAP_SECONDS = 1.0

    first = mailbox.fetch_mail(at=NOW)
    second = mailbox.fetch_mail(at=NOW)
    between.stop()

    assert first.breaks >= 1
    assert second.breaks == 0
    assert {raw_of(each) for each in Message.objects.all()} == {mail(n) for n in range(NUMBER)}
    assert (box.count("INBOX"), box.count("Kept")) == (0, NUMBER)


def test_two_workers_at_once_keep_each_message_once(transactional_db: None, box: Mailbox) -> None:
    for number in range(NUMBER):
        box.put(mail(number))

    workers = [
        Process(*(sys.executable, "-c", _FETCHES), environment=_same_rows(box)) for _ in range(2)
    ]
    statuses = [worker.wait() for worker in workers]
    mailbox.fetch_mail(at=NOW)

    assert statuses == [0, 0]
    assert Message.objects.count() == NUMBER
    assert box.count("INBOX") == 0


_FETCHES = """
import django
django.setup()
from django.utils import timezone
from letters.incoming import mailbox
mailbox.fetch_mail(at=timezone.now())
"""
