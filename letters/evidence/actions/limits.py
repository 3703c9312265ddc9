"""What every adding refuses: a file that is too large, and one file too many."""

from django.conf import settings
from django.db.models import QuerySet

from letters.evidence.errors import FileTooLarge, TooManyFiles
from letters.evidence.models import Enclosure, Photograph


def refuse_large(data: bytes) -> None:
    if len(data) > settings.EVIDENCE_BYTES_A_FILE:
        raise FileTooLarge(settings.EVIDENCE_BYTES_A_FILE)


def refuse_one_too_many(rows: QuerySet[Photograph] | QuerySet[Enclosure]) -> None:
    """Those that were removed count too: their bytes are kept."""
    if rows.count() >= settings.EVIDENCE_FILES_A_CASE:
        raise TooManyFiles(settings.EVIDENCE_FILES_A_CASE)
