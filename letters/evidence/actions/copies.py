"""The copy of a photograph that letters print, made anew whenever something is hidden in it."""

from datetime import datetime

from letters.evidence.models import Photograph, PreparedCopy
from letters.evidence.queries import hidden_in, original_of
from letters.rendering.pictures import Prepared, prepare_photograph


def keep_copy(photograph: Photograph, prepared: Prepared, *, at: datetime) -> PreparedCopy:
    """The next of its copies; from now on the one that counts."""
    return PreparedCopy.objects.create(
        photograph=photograph,
        number=PreparedCopy.objects.filter(photograph=photograph).count() + 1,
        data=prepared.data,
        digest=prepared.digest,
        media_type=prepared.media_type,
        width=prepared.width,
        height=prepared.height,
        made_at=at,
    )


def make_anew(photograph: Photograph, *, at: datetime) -> PreparedCopy:
    """From the original, with what is hidden now; under the lock of the photograph."""
    prepared = prepare_photograph(original_of(photograph), hidden=hidden_in(photograph))
    return keep_copy(photograph, prepared, at=at)
