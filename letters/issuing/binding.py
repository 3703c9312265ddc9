"""A letter with what it encloses: bound into one for whoever prints and posts it, or beside it."""

import hashlib

from letters.access.models import User
from letters.evidence.errors import AlteredInStore
from letters.evidence.models import Enclosure
from letters.evidence.queries import enclosures_visible_to, pdf_of
from letters.issuing.models import FileFormat, Letter, LetterEnclosure, LetterFile
from letters.issuing.pictures import file_seen_by
from letters.rendering import pages


def letter_with_enclosures(letter: Letter, *, by: User) -> bytes | None:
    """The letter's PDF and its enclosures in the order in which it lists them; None while it has no
    file, where it encloses nothing, and for whoever may not see all of it."""
    file = file_seen_by(by, letter, FileFormat.PDF)
    rows = LetterEnclosure.objects.filter(letter=letter).order_by("position")
    chosen = tuple(rows.select_related("enclosure"))
    seen = enclosures_visible_to(by).filter(pk__in=[row.enclosure_id for row in chosen])
    if file is None or not chosen or seen.count() != len(chosen):
        return None
    return pages.bound(_data_of(file), [_approved(row) for row in chosen])


def enclosures_as_approved(letter: Letter) -> tuple[bytes, ...]:
    """The PDFs that go with the letter, in the order in which it lists them; whoever hands over the
    letter asks, not a person who looks."""
    rows = LetterEnclosure.objects.filter(letter=letter).order_by("position")
    return tuple(_approved(row) for row in rows.select_related("enclosure"))


def letter_as_approved(letter: Letter) -> bytes:
    """The letter's PDF with all that it encloses, for whoever prints and posts it; AlteredInStore
    where either is not what was approved."""
    file = LetterFile.objects.get(letter=letter, file_format=FileFormat.PDF)
    enclosed = enclosures_as_approved(letter)
    return pages.bound(_data_of(file), enclosed) if enclosed else _data_of(file)


def _data_of(file: LetterFile) -> bytes:
    data = bytes(file.data)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise AlteredInStore
    return data


def _approved(row: LetterEnclosure) -> bytes:
    """The pages that were approved with the letter."""
    enclosure: Enclosure = row.enclosure
    if enclosure.pdf_digest != row.pdf_digest:
        raise AlteredInStore
    return pdf_of(enclosure)
