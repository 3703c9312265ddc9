"""Pausing, putting off and ending a deadline; the original day is kept."""

from datetime import date, datetime, time

from django.db import transaction

from letters.access.models import User
from letters.cases.models import HazardReport
from letters.law.periods import LONDON
from letters.tracking.actions.changes import (
    ENDED,
    Kind,
    end_deadline,
    note_change,
    running_deadline,
)
from letters.tracking.errors import (
    ExtensionTooLong,
    NotLater,
    NotPaused,
)
from letters.tracking.models import (
    Deadline,
    DeadlineStatus,
)
from letters.tracking.queries import extension_of


@transaction.atomic
def pause_deadline(*, deadline: Deadline, reason: str, by: User, at: datetime) -> Deadline:
    """Stop a clock for a reason; the days until it is resumed are added to it then."""
    locked = running_deadline(deadline.pk, by=by, reason=reason)
    if locked.status == DeadlineStatus.PAUSED:
        return locked
    locked.status, locked.paused_at = DeadlineStatus.PAUSED, at
    locked.save(update_fields=["status", "paused_at"])
    note_change(locked, Kind.PAUSE, reason=reason, due_before=locked.due_at, by=by, at=at)
    return locked


@transaction.atomic
def resume_deadline(*, deadline: Deadline, reason: str, by: User, at: datetime) -> Deadline:
    """Let a paused clock run on, later by the time it stood still."""
    locked = running_deadline(deadline.pk, by=by, reason=reason)
    if locked.paused_at is None:
        raise NotPaused
    before = locked.due_at
    locked.due_at = before + (at - locked.paused_at)
    locked.status, locked.paused_at = DeadlineStatus.OPEN, None
    locked.save(update_fields=["status", "paused_at", "due_at"])
    note_change(locked, Kind.RESUME, reason=reason, due_before=before, by=by, at=at)
    return locked


@transaction.atomic
def extend_deadline(
    *, deadline: Deadline, until: date, reason: str, by: User, at: datetime
) -> Deadline:
    """Put a deadline off to the end of a later day; the original day is kept beside it. Where the
    law says how far it may be put off, no further."""
    locked = running_deadline(deadline.pk, by=by, reason=reason)
    before = locked.due_at
    after = datetime.combine(until, time(23, 59, 59), tzinfo=LONDON)
    if after <= before:
        raise NotLater
    allowed = extension_of(locked)
    if allowed is not None and until > allowed.latest:
        raise ExtensionTooLong(allowed.latest, allowed.says)
    locked.due_at = after
    locked.save(update_fields=["due_at"])
    note_change(locked, Kind.EXTEND, reason=reason, due_before=before, by=by, at=at)
    return locked


@transaction.atomic
def meet_deadline(*, deadline: Deadline, reason: str, by: User, at: datetime) -> Deadline:
    """Record that what was due has been done."""
    locked = running_deadline(deadline.pk, by=by, reason=reason)
    end_deadline(locked, DeadlineStatus.MET, Kind.MEET, reason=reason, by=by, at=at)
    return locked


@transaction.atomic
def close_deadline(*, deadline: Deadline, reason: str, by: User, at: datetime) -> Deadline:
    """End a deadline that does not matter any more, with the reason."""
    locked = running_deadline(deadline.pk, by=by, reason=reason)
    end_deadline(locked, DeadlineStatus.CLOSED, Kind.CLOSE, reason=reason, by=by, at=at)
    return locked


def close_for_hazard(*, report: HazardReport, reason: str, by: User, at: datetime) -> int:
    """End every deadline that still runs for a hazard that has been mended; how many."""
    deadlines = Deadline.objects.filter(hazard_report=report).exclude(status__in=ENDED)
    for deadline in deadlines:
        end_deadline(deadline, DeadlineStatus.CLOSED, Kind.CLOSE, reason=reason, by=by, at=at)
    return len(deadlines)
