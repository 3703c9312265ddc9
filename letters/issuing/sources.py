"""The reviewers' files, read once when the program starts."""

from functools import cache

from django.conf import settings

from letters.cases.legal import library
from letters.drafting.wording import Wording, read_wording, refuse_unknown_citations
from letters.law.jurisdictions import Jurisdiction

__all__ = ["library", "nations", "read_all", "wording"]


@cache
def wording(jurisdiction: Jurisdiction) -> Wording:
    """The wording of one nation; WordingFileError where it has none."""
    return read_wording(settings.TEMPLATES_LEGAL, jurisdiction)


def nations() -> tuple[Jurisdiction, ...]:
    """The nations that have law files and letters to cite them."""
    root = settings.TEMPLATES_LEGAL
    return tuple(
        nation for nation in library().digests if (root / nation / "letters.yaml").is_file()
    )


def read_all() -> None:
    """Read everything now: an unreadable file stops the start and not a patient's letter."""
    for jurisdiction in nations():
        refuse_unknown_citations(wording(jurisdiction), library(), settings.TEMPLATES_LEGAL)
