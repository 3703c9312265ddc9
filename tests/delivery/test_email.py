"""What the SMTP carrier knows at each step, against a server of a few lines."""

import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from letters.delivery.channels.email import MailServer, SmtpCarrier
from letters.delivery.channels.parcel import Parcel, message_of
from letters.delivery.errors import OutcomeUnknown, PermanentFailure, TemporaryFailure
from tests.factories import NOW


def _parcel(text: str = "Please read the letter.", **changes: Any) -> Parcel:
    given: dict[str, Any] = {
        "dispatch_id": uuid.UUID(int=7),
        "sender": "letters@partnership.example",
        "to": "repairs@council.example",
        "reply_to": "clinic@hospital.example",
        "subject": "A letter",
        "text": text,
        "pdf": b"%PDF-1.7",
        "pdf_name": "letter.pdf",
        "made_at": NOW,
    }
    return Parcel(**given | changes)


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


# what a server offers, and what it does not

_OFFERS = "250-hello\r\n250-SIZE 9000\r\n250-SMTPUTF8\r\n250 DSN"
_TAKES = ("250 sender", "250 recipient", "354 go on", "250 kept")
_LINK = {"link": "https://letters.partnership.example/l/abc", "linked_text": "Read it there."}


def test_hand_over_asks_to_be_told_where_that_is_offered() -> None:
    with _server("220 ready", _OFFERS, *_TAKES) as (carrier, heard):
        carrier.hand_over(_parcel(to="a+b=c@council.example"), committing=lambda: None)

    _, mail, rcpt, *_ = (line.decode() for line in heard)
    assert mail.startswith("mail FROM:<letters@partnership.example> SIZE=")
    assert mail.endswith(" RET=HDRS ENVID=00000000-0000-0000-0000-000000000007\r\n")
    assert rcpt == (
        "rcpt TO:<a+b=c@council.example> NOTIFY=SUCCESS,FAILURE,DELAY"
        " ORCPT=rfc822;a+2Bb+3Dc@council.example\r\n"
    )


def test_hand_over_asks_nothing_that_is_not_offered() -> None:
    with _server("220 ready", "250 hello", *_TAKES) as (carrier, heard):
        carrier.hand_over(_parcel(), committing=lambda: None)

    assert heard[1] == b"mail FROM:<letters@partnership.example>\r\n"
    assert heard[2] == b"rcpt TO:<repairs@council.example>\r\n"


def test_hand_over_tells_the_size_that_it_sends() -> None:
    with _server("220 ready", _OFFERS, *_TAKES) as (carrier, heard):
        carrier.hand_over(_parcel(), committing=lambda: None)

    told = int(heard[1].partition(b"SIZE=")[2].split()[0])
    assert told == len(heard[-1].removesuffix(b".\r\n"))


@pytest.mark.parametrize("most", [100, 1_000_000])
def test_hand_over_sends_a_link_when_it_is_too_large(most: int) -> None:
    too_large = b"%PDF" + b"0" * 9000  # for the server; for ours, where the limit is 100
    with _server("220 ready", _OFFERS, *_TAKES) as (carrier, heard):
        small = replace(carrier, most_bytes=max(most, 600))
        small.hand_over(_parcel(pdf=too_large, **_LINK), committing=lambda: None)

    assert b"Read it there." in heard[-1]
    assert b"application/pdf" not in heard[-1]


def test_hand_over_never_leaves_out_what_the_letter_encloses() -> None:
    committed: list[str] = []
    parcel = _parcel(enclosures=(b"%PDF" + b"0" * 9000,))
    with (
        _server("220 ready", _OFFERS) as (carrier, heard),
        pytest.raises(PermanentFailure) as refusal,
    ):
        carrier.hand_over(parcel, committing=lambda: committed.append("now"))

    assert (refusal.value.reason, committed, len(heard)) == ("too_large_to_mail", [], 1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("552 5.3.4 too big", "too_large_to_mail"),
        ("552 too big", "too_large_to_mail"),
        ("552 5.2.2 full", "mailbox_full"),
        ("554 no", "message_refused"),
    ],
)
def test_hand_over_says_what_the_servers_code_says(answer: str, reason: str) -> None:
    with (
        _server(*_UNTIL_DATA, "354 go on", answer) as (carrier, _),
        pytest.raises(PermanentFailure) as refusal,
    ):
        carrier.hand_over(_parcel(), committing=lambda: None)

    assert refusal.value.reason == reason


def test_hand_over_writes_to_any_script_where_that_is_offered() -> None:
    with _server("220 ready", _OFFERS, *_TAKES) as (carrier, heard):
        carrier.hand_over(_parcel(to="réparations@council.example"), committing=lambda: None)

    assert heard[1].rstrip().endswith(b" SMTPUTF8")
    assert "TO:<réparations@council.example>".encode() in heard[2]
    assert "To: réparations@council.example".encode() in heard[-1]


def test_hand_over_refuses_another_script_where_it_is_not() -> None:
    with (
        _server("220 ready", "250 hello") as (carrier, _),
        pytest.raises(PermanentFailure) as refusal,
    ):
        carrier.hand_over(_parcel(to="réparations@council.example"), committing=lambda: None)

    assert refusal.value.reason == "address_needs_utf8"


def test_message_has_no_byte_that_a_plain_server_might_spoil() -> None:
    raw = message_of(_parcel(text="Answer by 3 p.m. — please…\nthank you")).as_bytes()

    assert raw.isascii()


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "repairs@council.example\r\nBcc: all@press.example"},
        {"to": "repairs@council.example, all@press.example"},
        {"to": "repairs@council.example;all@press.example"},
        {"to": "Repairs <repairs@council.example>"},
        {"to": "<repairs@council.example> NOTIFY=NEVER"},
        {"to": "repairs@council.example (all@press.example)"},
        {"to": ""},
        {"to": "repairs"},
        {"to": "a@b@council.example"},
        {"reply_to": "clinic@hospital.example\nBcc: all@press.example"},
        {"subject": "A letter\r\n\r\nanother body"},
        {"sender": "letters@partnership.example\rX: y"},
        {"pdf_name": 'letter.pdf"\r\nX: y'},
    ],
)
def test_hand_over_lets_no_address_say_more(changes: dict[str, str]) -> None:
    """Refused before anybody is connected to."""
    with pytest.raises(PermanentFailure):
        _carrier(9).hand_over(_parcel(**changes), committing=lambda: None)
