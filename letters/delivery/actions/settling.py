"""What a person records of a dispatch, or decides about it."""

from datetime import date, datetime, time

from django.db import transaction

from letters import jobs
from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.delivery.actions.moves import LEASED, move
from letters.delivery.actions.queueing import way_of
from letters.delivery.actions.sweeping import free
from letters.delivery.errors import MoveNotAllowed, NothingToSettle, PostedOutOfRange, StillHeld
from letters.delivery.models import BY_POST, Channel, Dispatch, DispatchStatus
from letters.delivery.tracking_numbers import normal_tracking_number
from letters.delivery.vocabulary import Postage
from letters.law.periods import LONDON


@transaction.atomic
def record_posted(
    *,
    dispatch: Dispatch,
    posted_on: date,
    postage: Postage | None = None,
    tracking_number: str = "",
    by: User,
    at: datetime,
) -> Dispatch:
    """Say on which day a printed letter was put in the post, in which class where that is known,
    and the number by which the post follows it."""
    require(by, Right.SEND_LETTER)
    today = at.astimezone(LONDON).date()
    if not dispatch.queued_at.astimezone(LONDON).date() <= posted_on <= today:
        raise PostedOutOfRange
    moment = datetime.combine(posted_on, time(12), tzinfo=LONDON)
    move(
        dispatch,
        DispatchStatus.POSTED,
        at=at,
        by=by,
        sent_at=moment,
        postage=postage.value if postage else "",
        provider_reference=normal_tracking_number(tracking_number) if tracking_number else "",
    )
    return dispatch


@transaction.atomic
def settle_as_sent(*, dispatch: Dispatch, by: User, at: datetime) -> Dispatch:
    """A person has found out that it came."""
    require(by, Right.SEND_LETTER)
    move(dispatch, DispatchStatus.ACCEPTED, at=at, by=by, reason="settled", sent_at=at)
    return dispatch


@transaction.atomic
def try_again(*, dispatch: Dispatch, by: User, at: datetime) -> Dispatch:
    """A person has found out that it did not arrive, or mended what was refused."""
    require(by, Right.SEND_LETTER)
    way = way_of(dispatch.letter, Channel(dispatch.channel))
    move(
        dispatch,
        DispatchStatus.QUEUED,
        at=at,
        by=by,
        reason="settled",
        next_try_at=at,
        attempts=0,
        may_be_there=False,
        **way,
    )
    jobs.enqueue(jobs.DELIVER, dispatch.pk)
    return dispatch


@transaction.atomic
def cancel_dispatch(*, dispatch: Dispatch, by: User, at: datetime) -> Dispatch:
    """Stop a dispatch that has not gone."""
    require(by, Right.SEND_LETTER)
    move(dispatch, DispatchStatus.CANCELLED, at=at, by=by, reason="cancelled_by_person")
    return dispatch


@transaction.atomic
def take_up_now(*, dispatch: Dispatch, by: User, at: datetime) -> Dispatch:
    """What waits for its turn, or is held by a worker that says nothing more, is taken up at once;
    never while a worker may still be at it."""
    require(by, Right.SEND_LETTER)
    if dispatch.status in LEASED:
        if dispatch.lease_until is None or dispatch.lease_until > at:
            raise StillHeld
        free(dispatch, at=at, by=by)
    elif not hurried(dispatch, at=at, by=by):
        raise MoveNotAllowed(dispatch.status)
    jobs.enqueue(jobs.DELIVER, dispatch.pk)
    dispatch.refresh_from_db()
    return dispatch


def hurried(dispatch: Dispatch, *, at: datetime, by: User) -> bool:
    """Whether it was queued, and is due now."""
    waiting = Dispatch.objects.filter(pk=dispatch.pk, status=DispatchStatus.QUEUED)
    is_queued = bool(waiting.update(next_try_at=at))
    if is_queued:
        record("hurry_dispatch", dispatch, by=by, letter=dispatch.letter_id)
    return is_queued


@transaction.atomic
def take_back_return(*, dispatch: Dispatch, by: User, at: datetime) -> Dispatch:
    """It was another letter that came back: this one counts as sent again."""
    require(by, Right.SEND_LETTER)
    was_posted = dispatch.channel in BY_POST
    to = DispatchStatus.POSTED if was_posted else DispatchStatus.ACCEPTED
    move(dispatch, to, at=at, by=by, reason="return_taken_back")
    jobs.enqueue(jobs.FOLLOW_DISPATCH, dispatch.pk)
    return dispatch


@transaction.atomic
def leave_as_it_is(*, dispatch: Dispatch, by: User, at: datetime) -> Dispatch:
    """It did not reach its reader, and a person has seen that and does what is needed elsewhere."""
    require(by, Right.SEND_LETTER)
    waiting = Dispatch.objects.filter(
        pk=dispatch.pk,
        status__in=(DispatchStatus.RETURNED, DispatchStatus.FAILED),
        settled_at=None,
    )
    if not waiting.update(settled_at=at):
        raise NothingToSettle
    record("leave_dispatch", dispatch, by=by, letter=dispatch.letter_id)
    dispatch.refresh_from_db()
    return dispatch
