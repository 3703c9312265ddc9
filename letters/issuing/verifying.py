"""Whether a file is, byte for byte, one that this service made of an approved letter."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from io import BufferedReader

from letters.issuing.models import FileFormat, LetterFile
from letters.issuing.queries import partnership_of
from letters.law.periods import LONDON

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What may be told of a letter to whoever holds a file of it: nothing about a person."""

    reference: str
    organisation: str
    file_format: FileFormat
    approved_on: date
    withdrawn_on: date | None
    is_demonstration: bool


def digest_of_file(file: BufferedReader) -> str:
    """SHA-256 in hexadecimal, a piece at a time; the file is kept nowhere."""
    return hashlib.file_digest(file, "sha256").hexdigest()


def normal_digest(text: str) -> str:
    """Lower case without spaces, as it is often copied with both; '' for what is no digest."""
    squeezed = re.sub(r"\s", "", text).lower()
    return squeezed if _DIGEST.fullmatch(squeezed) else ""


def issued_as(digest: str) -> Issued | None:
    """The letter that a file with this digest is, None for a file that is none of ours."""
    file = (
        LetterFile.objects.filter(sha256=digest)
        .select_related("letter__case__team__organisation__partnership")
        .defer("data")
        .first()
    )
    if file is None:
        return None
    letter = file.letter
    assert letter.approved_at is not None  # noqa: S101 - files are made of approved letters alone
    return Issued(
        reference=letter.content["reference"],
        organisation=letter.content["letterhead"]["organisation"],
        file_format=FileFormat(file.file_format),
        approved_on=_day(letter.approved_at),
        withdrawn_on=_day(letter.withdrawn_at) if letter.withdrawn_at else None,
        is_demonstration=partnership_of(letter).is_demonstration,
    )


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
