"""Uploaded files in memory, and no more of them than the settings allow.

Django would put a large file on the disk, unencrypted. What goes over the limit is dropped as it
comes: the file arrives empty, and says so. Somebody who has not signed in may send far less.
"""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from typing_extensions import override

from letters.web.visitor import visitor_of


def most_at_once(request: HttpRequest) -> int:
    """Bytes in one request, by whether we know who sends it."""
    if visitor_of(request):
        return int(settings.UPLOAD_BYTES_AT_ONCE)
    return int(settings.VISITOR_BYTES_AT_ONCE)


class CappedFile(InMemoryUploadedFile):
    """A file as it came, or an empty one that was too large."""

    is_too_large: bool = False


class InMemoryUpload(FileUploadHandler):
    """Counts what one request sends, file by file and in all."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._in_all = 0
        self._most = most_at_once(request)

    @override
    def new_file(self, *given: Any, **more: Any) -> None:  # Django's own signature
        super().new_file(*given, **more)
        self._kept, self._size = BytesIO(), 0

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        self._in_all += len(raw_data)
        if self._is_over:
            self._kept = BytesIO()
        else:
            self._kept.write(raw_data)

    @property
    def _is_over(self) -> bool:
        is_large = self._size > settings.EVIDENCE_BYTES_A_FILE
        return is_large or self._in_all > self._most

    @override
    def file_complete(self, file_size: int) -> CappedFile:
        size = self._kept.getbuffer().nbytes
        self._kept.seek(0)
        file = CappedFile(
            self._kept, self.field_name, self.file_name or "", self.content_type, size, self.charset
        )
        file.is_too_large = self._is_over
        return file
