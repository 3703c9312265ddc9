"""Makes an approved letter's files, once each, from the frozen content, and looks whether they can
be posted. Only the worker loads this: importing the PDF engine takes over a second."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from letters.audit.record import record
from letters.drafting.content import LetterContent
from letters.drafting.particulars import WITHOUT_ADDRESS
from letters.drafting.vocabulary import Recipient
from letters.issuing.models import FileFormat, Letter, LetterFile, LetterStatus
from letters.issuing.pictures import pictures_of
from letters.issuing.queries import content_of
from letters.rendering import pdf, spoken
from letters.rendering.pictures import Pictures
from letters.rendering.post import faults_for_post
from letters.rendering.word import docx, shells
from letters.rendering.word.layout import Shell

# Given the letter's row, what it says, and the bytes of its pictures.
_RENDERERS: dict[FileFormat, Callable[[Letter, LetterContent, Pictures], bytes]] = {
    FileFormat.PDF: lambda _, content, pictures: pdf.render(content, pictures),
    FileFormat.DOCX: lambda letter, content, pictures: docx.render(
        content, pictures, _shell_of(letter)
    ),
    FileFormat.LARGE_PRINT: lambda _, content, pictures: pdf.render_large(content, pictures),
    FileFormat.SPOKEN: lambda _, content, pictures: spoken.render(content).encode(),
}
_FOR_ALL = (FileFormat.PDF, FileFormat.DOCX)
_FOR_PATIENTS = (FileFormat.LARGE_PRINT, FileFormat.SPOKEN)


def make_files(*, letter_id: UUID, at: datetime) -> None:
    """Render what is not there yet; two workers at once leave one file a format."""
    letter = Letter.objects.get(pk=letter_id)
    if letter.status != LetterStatus.APPROVED:
        return
    there = set(LetterFile.objects.filter(letter=letter).values_list("file_format", flat=True))
    wanted = [each for each in formats_of(letter) if each.value not in there]
    if wanted:
        content = content_of(letter)
        pictures = pictures_of(content)
        for file_format in wanted:
            made = _RENDERERS[file_format](letter, content, pictures)
            _keep_file(letter, file_format, made, at)
    _look_at_older(letter)


def formats_of(letter: Letter) -> tuple[FileFormat, ...]:
    """What such a letter is made into: a patient may see little, or want it read aloud."""
    return (*_FOR_ALL, *_FOR_PATIENTS) if letter.recipient == Recipient.PATIENT else _FOR_ALL


def _shell_of(letter: Letter) -> Shell | None:
    """What its Word form is filled into, as it was when the letter was approved."""
    return shells.read(bytes(letter.word_shell.data)) if letter.word_shell else None


def _look_at_older(letter: Letter) -> None:
    """At what was made before anybody looked whether it can be posted."""
    if letter.recipient in WITHOUT_ADDRESS:
        return
    for file in LetterFile.objects.filter(
        letter=letter, file_format=FileFormat.PDF, post_faults__isnull=True
    ):
        file.post_faults = _post_faults(letter, FileFormat.PDF, bytes(file.data))
        file.save(update_fields=["post_faults"])


def _post_faults(letter: Letter, file_format: FileFormat, data: bytes) -> list[list[object]] | None:
    """What a printer would refuse, looked at once; None for what goes in no envelope: a copy that
    shows no address has none for the window."""
    if file_format != FileFormat.PDF or letter.recipient in WITHOUT_ADDRESS:
        return None
    return [[fault.what.value, fault.page] for fault in faults_for_post(data)]


@transaction.atomic
def _keep_file(letter: Letter, file_format: FileFormat, data: bytes, at: datetime) -> None:
    kept, is_new = LetterFile.objects.get_or_create(
        letter=letter,
        file_format=file_format,
        defaults={
            "data": data,
            "sha256": hashlib.sha256(data).hexdigest(),
            "made_at": at,
            "post_faults": _post_faults(letter, file_format, data),
        },
    )
    if is_new:
        record("make_file", kept, by=None, letter=letter.pk, sha256=kept.sha256)
