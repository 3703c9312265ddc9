"""Writes what happened into the log, and a row for everybody outside who asked to be told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from letters import jobs
from letters.announcing.kinds import EventKind
from letters.announcing.models import Announcement, Event, Subscription


def announce(
    kind: EventKind,
    *,
    partnership_id: UUID,
    subject_id: UUID,
    case_id: UUID | None,
    at: datetime,
) -> None:
    """Add one event inside the transaction of what it tells of: what is undone is never told, and
    what is committed always is."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an event goes with its change")
    event = Event.objects.create(
        kind=kind.value,
        partnership_id=partnership_id,
        subject_id=subject_id,
        case_id=case_id,
        at=at,
    )
    for subscription_id in _asked_for(kind, partnership_id):
        told = Announcement.objects.create(
            event=event, subscription_id=subscription_id, next_try_at=at
        )
        jobs.enqueue(jobs.DELIVER_ANNOUNCEMENT, told.pk)


def _asked_for(kind: EventKind, partnership_id: UUID) -> list[UUID]:
    """Paused ones too: what happens meanwhile waits for them."""
    asked = Subscription.objects.filter(
        partnership=partnership_id,
        partnership__is_demonstration=False,
        ended_at__isnull=True,
        kinds__contains=[kind.value],
    )
    return list(asked.values_list("pk", flat=True))
