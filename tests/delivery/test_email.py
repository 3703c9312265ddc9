"""What the SMTP carrier knows at each step, against a server of a few lines."""

import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from letters.delivery.channels.email import MailServer, SmtpCarrier
from letters.delivery.channels.parcel import Parcel
from letters.delivery.errors import OutcomeUnknown, PermanentFailure, TemporaryFailure
from tests.factories import NOW


def _parcel(text: str = "Please read the letter.") -> Parcel:
    return Parcel(
        dispatch_id=uuid.UUID(int=7),
        sender="letters@partnership.example",
        to="repairs@council.example",
        reply_to="clinic@hospital.example",
        subject="A letter",
        text=text,
        pdf=b"%PDF-1.7",
        pdf_name="letter.pdf",
        made_at=NOW,
    )


@contextmanager
def _server(*answers: str) -> Iterator[tuple[SmtpCarrier, list[bytes]]]:
    """Answers line by line, the last answer standing for hanging up when it is empty."""
    listening = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []
    serving = threading.Thread(target=_serve, args=(listening, list(answers), heard))
    serving.start()
    yield _carrier(listening.getsockname()[1]), heard
    serving.join(10)
    listening.close()


def _carrier(port: int) -> SmtpCarrier:
    return SmtpCarrier(
        MailServer(
            host="127.0.0.1",
            port=port,
            user="",
            password="",
            use_tls=False,
            use_ssl=False,
            timeout=2,
        )
    )


def _serve(listening: socket.socket, answers: list[str], heard: list[bytes]) -> None:
    connection, _ = listening.accept()
    with connection, connection.makefile("rb") as lines:
        for number, answer in enumerate(answers):
            if number:
                heard.append(_one_command(lines, in_message=answers[number - 1].startswith("354")))
            if not answer:
                return
            connection.sendall(f"{answer}\r\n".encode())


def _one_command(lines: Iterator[bytes], *, in_message: bool) -> bytes:
    told = b""
    for line in lines:
        told += line
        if not in_message or line == b".\r\n":
            return told
    return told


_UNTIL_DATA = ("220 ready", "250 hello", "250 sender", "250 recipient")


def test_hand_over_gives_the_message_id_once_accepted() -> None:
    committed: list[str] = []
    with _server(*_UNTIL_DATA, "354 go on", "250 kept") as (carrier, heard):
        reference = carrier.hand_over(_parcel(), committing=lambda: committed.append("now"))

    assert reference == "<00000000-0000-0000-0000-000000000007@partnership.example>"
    assert committed == ["now"]
    assert b"Message-ID: " + reference.encode() in heard[-1]


@pytest.mark.parametrize(
    "answers",
    [
        ("220 ready", "250 hello", "450 busy"),
        ("220 ready", "250 hello", "250 sender", "451 later"),
        (*_UNTIL_DATA, "421 closing"),
        (*_UNTIL_DATA, ""),
        (*_UNTIL_DATA[:2], ""),
        ("421 not now",),
    ],
)
def test_hand_over_may_be_tried_again_when_nothing_was_accepted(answers: tuple[str, ...]) -> None:
    committed: list[str] = []
    with _server(*answers) as (carrier, _), pytest.raises(TemporaryFailure):
        carrier.hand_over(_parcel(), committing=lambda: committed.append("now"))

    assert committed == []


def test_hand_over_may_be_tried_again_when_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with pytest.raises(TemporaryFailure):
        _carrier(port).hand_over(_parcel(), committing=lambda: None)


@pytest.mark.parametrize(
    "answers",
    [
        ("220 ready", "250 hello", "550 not you"),
        ("220 ready", "250 hello", "250 sender", "550 unknown"),
        (*_UNTIL_DATA, "354 go on", "554 refused"),
    ],
)
def test_hand_over_stops_when_refused(answers: tuple[str, ...]) -> None:
    with _server(*answers) as (carrier, _), pytest.raises(PermanentFailure):
        carrier.hand_over(_parcel(), committing=lambda: None)


def test_hand_over_may_be_tried_again_after_a_late_deferral() -> None:
    answers = (*_UNTIL_DATA, "354 go on", "451 later")
    with _server(*answers) as (carrier, _), pytest.raises(TemporaryFailure):
        carrier.hand_over(_parcel(), committing=lambda: None)


def test_hand_over_does_not_know_when_the_answer_is_lost() -> None:
    with _server(*_UNTIL_DATA, "354 go on", "") as (carrier, _), pytest.raises(OutcomeUnknown):
        carrier.hand_over(_parcel(), committing=lambda: None)


def test_hand_over_keeps_lines_that_begin_with_a_dot() -> None:
    with _server(*_UNTIL_DATA, "354 go on", "250 kept") as (carrier, heard):
        carrier.hand_over(_parcel(text=".hidden\n..\nend"), committing=lambda: None)

    assert b"\r\n..hidden\r\n...\r\nend" in heard[-1]


def test_hand_over_says_no_word_of_the_servers() -> None:
    answers = ("220 ready", "250 hello", "250 sender", "550 <repairs@council.example> unknown")
    with _server(*answers) as (carrier, _), pytest.raises(PermanentFailure) as refusal:
        carrier.hand_over(_parcel(), committing=lambda: None)

    assert "council" not in str(refusal.value)
