"""What the log leaves out."""

import json
import logging
import sys
import uuid

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from hjp_letters.logging import JsonFormatter, RequestIdMiddleware, request_id

NAME = "Wilhelmina Testperson"
CASE = uuid.UUID(int=7)


def line(message: object, *args: object, **extra: object) -> dict[str, object]:
    record = logging.LogRecord("letters.cases", logging.INFO, __file__, 1, message, args, None)
    vars(record).update(extra)
    return dict(json.loads(JsonFormatter().format(record)))


def test_format_keeps_ids_and_drops_unknown_fields() -> None:
    written = line("case opened", case_id=CASE, patient=NAME, status="open")

    assert written["case_id"] == str(CASE)
    assert written["status"] == "open"
    assert "patient" not in written


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("sent to %s", (NAME,)),
        ("sent to %r after %d tries", (NAME, 3)),
        ("sent to %(whom)s", ({"whom": NAME},)),
        ("%d tries", (NAME,)),
        ("tried %s", (ValueError(NAME),)),
    ],
)
def test_format_takes_texts_out_of_messages(message: str, args: tuple[object, ...]) -> None:
    assert NAME not in json.dumps(line(message, *args))


def test_format_keeps_numbers_in_messages() -> None:
    assert line("marked %d, left %s", 3, CASE)["message"] == f"marked 3, left {CASE}"


def test_format_redacts_a_sentence_in_a_safe_field() -> None:
    assert line("refused", reason=NAME)["reason"] == "[text]"


def test_format_tells_where_an_exception_rose_but_not_what_it_said() -> None:
    try:
        raise ValueError(f"no consent from {NAME}")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())

    written = JsonFormatter().format(record)

    assert NAME not in written
    assert json.loads(written)["exception"]["type"] == "builtins.ValueError"
    assert "test_logging.py" in json.loads(written)["exception"]["frames"][-1]


@pytest.mark.parametrize(
    ("given", "kept"), [("abcd-1234", True), ("Jane Doe, 1 High St", False), ("", False)]
)
def test_request_id_is_given_back(rf: RequestFactory, given: str, *, kept: bool) -> None:
    seen: list[str] = []

    def page(_: HttpRequest) -> HttpResponse:
        seen.append(request_id.get())
        return HttpResponse()

    response = RequestIdMiddleware(page)(rf.get("/", headers={"X-Request-ID": given}))

    assert response["X-Request-ID"] == seen[0]
    assert (seen[0] == given) is kept
    assert request_id.get() == ""
