"""The reviewers' files, read once when the program starts."""

import hashlib
from functools import cache

from django.conf import settings

from letters.cases.legal import library
from letters.drafting.wording import Wording, read_wording, refuse_unknown_citations
from letters.law.jurisdictions import Jurisdiction

__all__ = ["legal_digest", "library", "nations", "read_all", "wording"]


@cache
def wording(jurisdiction: Jurisdiction) -> Wording:
    """The wording of one nation; WordingFileError where it has none."""
    return read_wording(settings.TEMPLATES_LEGAL, jurisdiction)


def legal_digest(jurisdiction: Jurisdiction) -> str:
    """What a legal reviewer signs: the law and the wording of one nation together."""
    both = f"{library().digest_of(jurisdiction)} {wording(jurisdiction).digest}"
    return hashlib.sha256(both.encode()).hexdigest()


def nations() -> tuple[Jurisdiction, ...]:
    """The nations that have law files and letters to cite them."""
    root = settings.TEMPLATES_LEGAL
    return tuple(nation for nation in library().digests if (root / nation / "letters.yaml").is_file())


def read_all() -> None:
    """Read everything now: an unreadable file stops the start and not a patient's letter."""
    for jurisdiction in nations():
        refuse_unknown_citations(wording(jurisdiction), library(), settings.TEMPLATES_LEGAL)
