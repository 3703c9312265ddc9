"""Uploaded files stay in memory, and no more of them than is allowed."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from typing_extensions import override

from letters.access.models import User
from letters.web.uploads import CappedFile
from tests import factories
from tests.web.conftest import words

CLINICIAN = User()
ADDRESSES = ("letters:check", "letters:sign_in", "letters:register_patient")


class Untouched(BytesIO):
    """A body that nobody may read."""

    @override
    def read(self, *given: Any) -> bytes:
        raise AssertionError("The body was read")


def sent(client: Client, length: int | str, to: str = "letters:check") -> Any:  # Django's response
    """What the service answers to a form that says it is so long."""
    body = {"wsgi.input": Untouched(), "CONTENT_LENGTH": str(length)}
    return client.post(reverse(to), {"digest": "0"}, **body)  # type: ignore[arg-type]  # a body is an environ's too


def received(rf: RequestFactory, *sizes: int, by: User | None = CLINICIAN) -> list[CappedFile]:
    """What the service holds of files that were sent with these sizes, None by a visitor."""
    from_browser = {"files": [_file(size) for size in sizes]}
    request: HttpRequest = rf.post("/", from_browser)
    request.user = by or AnonymousUser()
    files = request.FILES.getlist("files")
    assert all(isinstance(each, CappedFile) for each in files)
    return [each for each in files if isinstance(each, CappedFile)]


def _file(size: int) -> CappedFile:
    return CappedFile(BytesIO(b"x" * size), "files", "a.jpg", "image/jpeg", size, None)


@pytest.fixture(autouse=True)
def _small(settings: Any) -> None:
    settings.EVIDENCE_BYTES_A_FILE, settings.UPLOAD_BYTES_AT_ONCE = 100_000, 250_000
    settings.VISITOR_BYTES_AT_ONCE = 120_000


def test_a_file_arrives_as_it_was_sent(rf: RequestFactory) -> None:
    (file,) = received(rf, 100_000)

    assert (file.size, file.read(), file.is_too_large) == (100_000, b"x" * 100_000, False)


def test_a_file_over_the_limit_arrives_empty_and_says_so(rf: RequestFactory) -> None:
    large, small = received(rf, 100_001, 50)

    assert (large.size, large.read(), large.is_too_large) == (0, b"", True)
    assert (small.size, small.is_too_large) == (50, False)


def test_files_that_are_too_much_together(rf: RequestFactory) -> None:
    files = received(rf, 90_000, 90_000, 90_000)

    assert [file.is_too_large for file in files] == [False, False, True]
    assert files[2].size == 0


def test_files_of_a_visitor_that_are_too_much_together(rf: RequestFactory) -> None:
    files = received(rf, 90_000, 90_000, by=None)

    assert [file.is_too_large for file in files] == [False, True]


@pytest.mark.parametrize("to", ADDRESSES)
def test_a_visitor_is_refused_before_the_body_is_read(to: str, db: None) -> None:
    refused = sent(Client(enforce_csrf_checks=True), 120_001, to)

    assert refused.status_code == 413
    assert "That was too much to send" in words(refused)
    assert refused["X-Frame-Options"] == "DENY"
    assert "nonce-" in refused["Content-Security-Policy"]


def test_a_visitor_at_the_limit_is_read(db: None) -> None:
    with pytest.raises(AssertionError, match="The body was read"):
        sent(Client(), 120_000)


def test_a_person_signed_in_may_send_more(house: factories.House, clinician: Client) -> None:
    with pytest.raises(AssertionError, match="The body was read"):
        sent(clinician, 120_001)


@pytest.mark.parametrize("length", ["", "-1", "many", "²"])
def test_a_length_that_is_none_is_taken_for_nothing(length: str, db: None) -> None:
    """Django then reads nothing of the body."""
    assert sent(Client(), length).status_code in {200, 400}
