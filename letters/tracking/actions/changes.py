"""How a deadline changes: under its lock, with its reason, noted in its history."""

from datetime import datetime
from uuid import UUID

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.tracking.errors import (
    DeadlineEnded,
    ReasonMissing,
)
from letters.tracking.models import (
    Deadline,
    DeadlineChange,
    DeadlineStatus,
)

ENDED = (DeadlineStatus.MET, DeadlineStatus.MISSED, DeadlineStatus.CLOSED)
Kind = DeadlineChange.Kind


def running_deadline(pk: UUID, *, by: User, reason: str) -> Deadline:
    """The deadline under its lock, for somebody who may change it and says why."""
    require(by, Right.WATCH_DEADLINES)
    if not reason.strip():
        raise ReasonMissing
    deadline = Deadline.objects.select_for_update(of=("self",)).get(pk=pk)
    if deadline.status in ENDED:
        raise DeadlineEnded
    return deadline


def end_deadline(
    deadline: Deadline,
    status: DeadlineStatus,
    kind: DeadlineChange.Kind,
    *,
    reason: str,
    by: User | None,
    at: datetime,
) -> None:
    """Met, missed or closed; `by` is None when the clock itself ends it."""
    deadline.status, deadline.ended_at, deadline.paused_at = status, at, None
    deadline.save(update_fields=["status", "ended_at", "paused_at"])
    note_change(deadline, kind, reason=reason, due_before=deadline.due_at, by=by, at=at)


def note_change(
    deadline: Deadline,
    kind: DeadlineChange.Kind,
    *,
    reason: str,
    due_before: datetime,
    by: User | None,
    at: datetime,
) -> None:
    """Add to the deadline's history and to the audit."""
    DeadlineChange.objects.create(
        deadline=deadline,
        kind=kind,
        reason=reason,
        due_before=due_before,
        due_after=deadline.due_at,
        made_by=by,
        made_at=at,
    )
    record(f"deadline_{kind.value}", deadline, by=by, letter=deadline.letter_id)
