"""Hiding part of a photograph, and showing it again; the original is never touched."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.evidence.actions.copies import make_anew
from letters.evidence.actions.photographs import locked_photograph
from letters.evidence.errors import NothingHidden, OutsideThePicture, ReasonMissing
from letters.evidence.models import Photograph, Redaction, RedactionLifted
from letters.rendering.pictures import Rectangle


@transaction.atomic
def redact_photograph(
    *, photograph: Photograph, parts: Sequence[Rectangle], reason: str, by: User, at: datetime
) -> Photograph:
    """Hide these parts from every letter that is drafted from now on; a part that is hidden
    already is not hidden twice."""
    require(by, Right.RECORD_CASE)
    locked = locked_photograph(photograph)
    if not parts:
        raise NothingHidden
    if not all(_lies_within(part) for part in parts):
        raise OutsideThePicture
    if not reason.strip():
        raise ReasonMissing
    made = [_kept(locked, part, reason=reason.strip(), by=by, at=at) for part in parts]
    if any(made):
        make_anew(locked, at=at)
        record("redact_photograph", locked, by=by, case=locked.case_id, parts=sum(made))
    return locked


def _kept(photograph: Photograph, part: Rectangle, *, reason: str, by: User, at: datetime) -> bool:
    """Whether a row was added."""
    where = {"left": part.left, "top": part.top, "width": part.width, "height": part.height}
    standing = Redaction.objects.filter(photograph=photograph, lifted__isnull=True)
    if standing.filter(**where).exists():
        return False
    Redaction.objects.create(photograph=photograph, **where, reason=reason, made_by=by, made_at=at)
    return True


@transaction.atomic
def lift_redaction(*, redaction: Redaction, reason: str, by: User, at: datetime) -> Photograph:
    """Show the part again in letters that are drafted from now on."""
    require(by, Right.RECORD_CASE)
    locked = locked_photograph(redaction.photograph)
    if not reason.strip():
        raise ReasonMissing
    _, is_new = RedactionLifted.objects.get_or_create(
        redaction=redaction,
        defaults={"reason": reason.strip(), "lifted_by": by, "lifted_at": at},
    )
    if is_new:
        make_anew(locked, at=at)
        record("lift_redaction", locked, by=by, case=locked.case_id)
    return locked


def _lies_within(part: Rectangle) -> bool:
    right, bottom = part.left + part.width, part.top + part.height
    has_area = part.width > 0 and part.height > 0
    return has_area and part.left >= 0 and part.top >= 0 and max(right, bottom) <= 1 + 1e-9
