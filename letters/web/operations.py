"""What of a partnership's letters is in trouble on its way, and what a person can do about each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import QuerySet

from letters.access.models import User
from letters.delivery import actions as delivery
from letters.delivery.models import Dispatch, DispatchStatus
from letters.delivery.queries import to_settle
from letters.delivery.watching import retrying, stuck

MOST = 100
Settle = Callable[..., Dispatch]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One thing to do about a dispatch."""

    key: str
    says: str
    action: Settle


TRY_NOW = Way(key="now", says="Try it now", action=delivery.take_up_now)
AGAIN = Way(key="again", says="It did not come: send it again", action=delivery.try_again)
ARRIVED = Way(key="arrived", says="It came: count it as sent", action=delivery.settle_as_sent)
STOP = Way(key="stop", says="Stop it", action=delivery.cancel_dispatch)
LEAVE = Way(key="leave", says="I deal with it elsewhere", action=delivery.leave_as_it_is)
TAKE_BACK = Way(
    key="take_back", says="Another letter came back, not this one", action=delivery.take_back_return
)
WAYS: dict[str, tuple[Way, ...]] = {
    DispatchStatus.QUEUED: (TRY_NOW, STOP),
    DispatchStatus.CLAIMED: (TRY_NOW,),
    DispatchStatus.HANDED_OVER: (TRY_NOW,),
    DispatchStatus.UNKNOWN: (ARRIVED, AGAIN, STOP),
    DispatchStatus.FAILED: (AGAIN, LEAVE),
    DispatchStatus.RETURNED: (LEAVE, TAKE_BACK),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Dispatches in one kind of trouble; `more` counts what did not fit."""

    title: str
    means: str
    rows: tuple[Dispatch, ...]
    more: int


def parts_for(user: User, *, at: datetime) -> tuple[Part, ...]:
    """Each kind of trouble there is, the most pressing first."""
    unsettled = to_settle(user)
    of = partial(_of_status, unsettled)
    parts = (
        _part(
            "Stuck",
            "These should have gone by now, or a worker holds them that says nothing more.",
            stuck(user, at=at),
        ),
        _part(
            "Not known whether they went",
            "The carrier may have them. They are not sent again by themselves. Ask the reader.",
            of(DispatchStatus.UNKNOWN),
        ),
        _part(
            "Came back",
            "What ran from them has stopped. Open the letter to send it another way.",
            of(DispatchStatus.RETURNED),
        ),
        _part(
            "Refused for good",
            "They did not go, and will not by themselves.",
            of(DispatchStatus.FAILED),
        ),
        _part(
            "Refused for now",
            "They are tried again by themselves at the time shown.",
            retrying(user, at=at),
        ),
    )
    return tuple(part for part in parts if part.rows)


def _of_status(rows: QuerySet[Dispatch], status: DispatchStatus) -> QuerySet[Dispatch]:
    return rows.filter(status=status)


def _part(title: str, means: str, rows: QuerySet[Dispatch]) -> Part:
    shown = tuple(rows[:MOST])
    more = max(0, rows.count() - MOST) if len(shown) == MOST else 0
    return Part(title=title, means=means, rows=shown, more=more)
