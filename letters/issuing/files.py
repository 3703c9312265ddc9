"""Makes an approved letter's files, once each, from the frozen content. Only the worker loads this:
importing the PDF engine takes over a second."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction

from letters.audit.record import record
from letters.issuing.models import FileFormat, Letter, LetterFile, LetterStatus
from letters.issuing.queries import content_of
from letters.rendering import docx, pdf

_RENDERERS = {FileFormat.PDF: pdf.render, FileFormat.DOCX: docx.render}


def make_files(*, letter_id: UUID, at: datetime) -> None:
    """Render what is not there yet; two workers at once leave one file a format."""
    letter = Letter.objects.get(pk=letter_id)
    if letter.status != LetterStatus.APPROVED:
        return
    there = set(LetterFile.objects.filter(letter=letter).values_list("file_format", flat=True))
    for file_format, render in _RENDERERS.items():
        if file_format.value not in there:
            _keep_file(letter, file_format, render(content_of(letter)), at)


@transaction.atomic
def _keep_file(letter: Letter, file_format: FileFormat, data: bytes, at: datetime) -> None:
    kept, is_new = LetterFile.objects.get_or_create(
        letter=letter,
        file_format=file_format,
        defaults={"data": data, "sha256": hashlib.sha256(data).hexdigest(), "made_at": at},
    )
    if is_new:
        record("make_file", kept, by=None, letter=letter.pk, sha256=kept.sha256)
