"""Uploaded files in memory, and no more of them than the settings allow.

Django would put a large file on the disk, unencrypted. What goes over the limit is dropped as it
comes: the file arrives empty, and says so.
"""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from typing_extensions import override


class CappedFile(InMemoryUploadedFile):
    """A file as it came, or an empty one that was too large."""

    is_too_large: bool = False


class InMemoryUpload(FileUploadHandler):
    """Counts what one request sends, file by file and in all."""

    def __init__(self, request: Any = None) -> None:  # as Django passes it
        super().__init__(request)
        self._in_all = 0

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
        return is_large or self._in_all > settings.UPLOAD_BYTES_AT_ONCE

    @override
    def file_complete(self, file_size: int) -> CappedFile:
        size = self._kept.getbuffer().nbytes
        self._kept.seek(0)
        file = CappedFile(
            self._kept, self.field_name, self.file_name or "", self.content_type, size, self.charset
        )
        file.is_too_large = self._is_over
        return file
