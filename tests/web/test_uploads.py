"""Uploaded files stay in memory, and no more of them than is allowed."""

from io import BytesIO
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from letters.web.uploads import CappedFile


def received(rf: RequestFactory, *sizes: int) -> list[CappedFile]:
    """What the service holds of files that were sent with these sizes."""
    from_browser = {"files": [_file(size) for size in sizes]}
    request: HttpRequest = rf.post("/", from_browser)
    files = request.FILES.getlist("files")
    assert all(isinstance(each, CappedFile) for each in files)
    return [each for each in files if isinstance(each, CappedFile)]


def _file(size: int) -> CappedFile:
    return CappedFile(BytesIO(b"x" * size), "files", "a.jpg", "image/jpeg", size, None)


@pytest.fixture(autouse=True)
def _small(settings: Any) -> None:
    settings.EVIDENCE_BYTES_A_FILE, settings.UPLOAD_BYTES_AT_ONCE = 100_000, 250_000


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
