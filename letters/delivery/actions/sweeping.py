"""What dead workers held is freed."""

from datetime import datetime

from letters.access.models import User
from letters.delivery.actions.moves import move
from letters.delivery.carriers import carrier_for
from letters.delivery.errors import MoveNotAllowed
from letters.delivery.models import Dispatch, DispatchStatus

# So that a sweep ends soon; what is left, the next one finds.
_AT_ONCE = 200


def free_stale(*, at: datetime) -> int:
    """Free what dead workers held: back to the queue what was certainly not handed over; for the
    rest the carrier is asked, where it can tell, and a person where it cannot. How many."""
    stale = Dispatch.objects.filter(lease_until__lt=at).select_related("letter__case")
    return sum(free(dispatch, at=at) for dispatch in stale.order_by("lease_until")[:_AT_ONCE])


def free(dispatch: Dispatch, *, at: datetime, by: User | None = None) -> bool:
    """Whether it was this call that freed it."""
    is_unsure = dispatch.status == DispatchStatus.HANDED_OVER
    to = DispatchStatus.UNKNOWN if is_unsure else DispatchStatus.QUEUED
    may_ask = not is_unsure or carrier_for(dispatch, at=at).can_tell
    try:
        move(dispatch, to, at=at, by=by, reason="worker_died", next_try_at=at if may_ask else None)
    except MoveNotAllowed:
        return False  # it moved while we looked
    return True
