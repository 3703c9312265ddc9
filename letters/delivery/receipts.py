"""What is heard of a letter after it left: kept as it was told, and followed where the table of
moves allows it. The same thing told twice, late, or in another order changes nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from letters import jobs
from letters.access.models import User
from letters.audit.record import record
from letters.delivery.actions.moves import move
from letters.delivery.models import (
    ALLOWED_MOVES,
    Dispatch,
    DispatchStatus,
    Receipt,
    Says,
    Source,
)

_LEADS_TO = {
    Says.ACCEPTED: DispatchStatus.ACCEPTED,
    Says.POSTED: DispatchStatus.POSTED,
    Says.NOT_SENT: DispatchStatus.FAILED,
    Says.DELIVERED: DispatchStatus.DELIVERED,
    Says.SIGNED_FOR: DispatchStatus.DELIVERED,
    Says.OPENED: DispatchStatus.DELIVERED,
    Says.RETURNED: DispatchStatus.RETURNED,
}


@transaction.atomic
def record_receipt(
    *,
    dispatch_id: UUID,
    says: Says,
    source: Source,
    happened_at: datetime,
    reason: str,
    at: datetime,
    by: User | None = None,
) -> Dispatch:
    """Keep one thing that was told of a dispatch, and move it accordingly; `reason` is a short
    constant key. What says that a letter came back outweighs what said that it arrived: a mail
    server takes a message first, and finds no mailbox for it afterwards."""
    dispatch = Dispatch.objects.select_for_update(of=("self",)).get(pk=dispatch_id)
    receipt, is_new = Receipt.objects.get_or_create(
        dispatch=dispatch,
        says=says,
        source=source,
        reason=reason,
        happened_at=happened_at,
        defaults={"recorded_at": at, "recorded_by": by},
    )
    if not is_new:
        return dispatch
    record("record_receipt", receipt, by=by, dispatch=dispatch.pk, says=says.value)
    _follow(dispatch, says, happened_at, reason, by=by, at=at)
    jobs.enqueue(jobs.FOLLOW_DISPATCH, dispatch.pk)
    return dispatch


def _follow(
    dispatch: Dispatch,
    says: Says,
    happened_at: datetime,
    reason: str,
    *,
    by: User | None,
    at: datetime,
) -> None:
    to = _LEADS_TO.get(says)
    if to is None or to not in ALLOWED_MOVES[dispatch.status]:
        return
    if to == DispatchStatus.FAILED and dispatch.status != DispatchStatus.ACCEPTED:
        return  # only what was taken can be given back
    # the printer had it before, but the letter left on the day on which it was posted
    sent_at = happened_at if says == Says.POSTED else dispatch.sent_at or happened_at
    move(dispatch, to, at=at, by=by, reason=reason, sent_at=sent_at, may_be_there=True)
