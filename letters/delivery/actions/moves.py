"""The one way in which a dispatch moves: by the table, under its lock, with its audit event."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from letters.access.models import User
from letters.announcing.kinds import EventKind
from letters.announcing.record import announce
from letters.audit.record import record
from letters.delivery.errors import AlreadyQueued, MoveNotAllowed
from letters.delivery.models import ALLOWED_MOVES, OVER, Dispatch, DispatchStatus
from letters.issuing.models import Letter

logger = logging.getLogger(__name__)

# Longer than every step of a hand-over together; shorter than anybody would wait in doubt.
LEASE = timedelta(minutes=5)
LEASED = (DispatchStatus.CLAIMED, DispatchStatus.HANDED_OVER)
_TOLD_OF = {
    DispatchStatus.ACCEPTED: EventKind.DISPATCH_ACCEPTED,
    DispatchStatus.POSTED: EventKind.DISPATCH_POSTED,
    DispatchStatus.DELIVERED: EventKind.DISPATCH_DELIVERED,
    DispatchStatus.RETURNED: EventKind.DISPATCH_RETURNED,
    DispatchStatus.FAILED: EventKind.DISPATCH_FAILED,
    DispatchStatus.CANCELLED: EventKind.DISPATCH_CANCELLED,
    DispatchStatus.UNKNOWN: EventKind.DISPATCH_UNKNOWN,
}


@transaction.atomic
def move(
    dispatch: Dispatch,
    to: DispatchStatus,
    *,
    at: datetime,
    by: User | None = None,
    reason: str = "",
    **changes: object,
) -> None:
    """One allowed move, or MoveNotAllowed: whoever comes second finds the row moved on. What is
    not queued is due to nobody unless `next_try_at` says so."""
    rows = Dispatch.objects.only("status", "lease_until", "letter")
    locked = rows.select_for_update(of=("self",)).get(pk=dispatch.pk)
    if locked.status != dispatch.status or to not in ALLOWED_MOVES[locked.status]:
        raise MoveNotAllowed(locked.status)
    if locked.status in OVER and to not in OVER:
        _refuse_second(locked)
    lease = locked.lease_until if to in LEASED else None
    fields = {"next_try_at": None, "lease_until": lease} | changes
    Dispatch.objects.filter(pk=dispatch.pk).update(status=to, reason=reason, **fields)
    record("move_dispatch", dispatch, by=by, came_from=locked.status, to=to.value, reason=reason)
    if to in _TOLD_OF:
        tell_others(dispatch, _TOLD_OF[to], at=at)
    for name, value in ({"status": to, "reason": reason} | fields).items():
        setattr(dispatch, name, value)
    logger.info("dispatch moved", extra={"dispatch_id": dispatch.pk, "status": to.value})


def _refuse_second(dispatch: Dispatch) -> None:
    """One that was over may not live again beside another that has taken its place meanwhile."""
    Letter.objects.select_for_update(of=("self",)).get(pk=dispatch.letter_id)
    others = Dispatch.objects.filter(letter=dispatch.letter_id).exclude(pk=dispatch.pk)
    if others.exclude(status__in=OVER).exists():
        raise AlreadyQueued


def tell_others(dispatch: Dispatch, kind: EventKind, *, at: datetime) -> None:
    """For programs that follow what becomes of letters."""
    partnership_id, case_id = Dispatch.objects.values_list(
        "letter__case__team__organisation__partnership", "letter__case"
    ).get(pk=dispatch.pk)
    announce(kind, partnership_id=partnership_id, subject_id=dispatch.pk, case_id=case_id, at=at)
