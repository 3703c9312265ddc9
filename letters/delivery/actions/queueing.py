"""Asking for an approved letter to be sent."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from letters import jobs
from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.announcing.kinds import EventKind
from letters.audit.record import record
from letters.delivery.actions.moves import tell_others
from letters.delivery.errors import (
    AddresseeHasNoEmail,
    AlreadyQueued,
    LetterNotApproved,
    MailNotSetUp,
    NotByEmail,
    NotFitForPost,
)
from letters.delivery.models import BY_POST, Channel, Dispatch, DispatchStatus
from letters.delivery.queries import goes_by_hand_alone, reader_of
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.queries import may_be_posted, partnership_of


@transaction.atomic
def queue_dispatch(*, letter: Letter, channel: Channel, by: User, at: datetime) -> Dispatch:
    """Ask for an approved letter to be sent, after the time in which it can be undone; one live
    dispatch a letter, whoever clicks twice."""
    require(by, Right.SEND_LETTER)
    Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    letter.refresh_from_db()
    if letter.status != LetterStatus.APPROVED:
        raise LetterNotApproved
    if channel in BY_POST and not may_be_posted(letter):
        raise NotFitForPost
    return put_in_queue(letter, channel, by=by, at=at, due_at=at + undo_window())


def put_in_queue(
    letter: Letter,
    channel: Channel,
    *,
    by: User,
    at: datetime,
    due_at: datetime,
    instead_of: Dispatch | None = None,
    reason: str = "",
) -> Dispatch:
    """The row, to the address of today; refused while another of the letter's is live."""
    try:
        with transaction.atomic():
            dispatch = Dispatch.objects.create(
                letter=letter,
                channel=channel,
                address=address_of(letter, channel),
                status=DispatchStatus.QUEUED,
                reason=reason,
                next_try_at=due_at,
                instead_of=instead_of,
                queued_by=by,
                queued_at=at,
            )
    except IntegrityError:
        raise AlreadyQueued from None
    record("queue_dispatch", dispatch, by=by, letter=letter.pk, channel=channel.value)
    tell_others(dispatch, EventKind.DISPATCH_QUEUED, at=at)
    if due_at <= at:
        jobs.enqueue(jobs.DELIVER, dispatch.pk)
    return dispatch


def undo_window() -> timedelta:
    """How long a letter waits after it was sent, so that it can be stopped."""
    return timedelta(seconds=settings.UNDO_SECONDS)


def address_of(letter: Letter, channel: Channel) -> str | None:
    """The mailbox that the letter goes to; None where it goes by post."""
    if channel != Channel.EMAIL:
        return None
    if goes_by_hand_alone(letter):
        raise NotByEmail
    reader = reader_of(letter)
    if reader is None or not reader.email:
        raise AddresseeHasNoEmail
    if not settings.EMAIL_CONFIGURED and not partnership_of(letter).is_demonstration:
        raise MailNotSetUp
    return str(reader.email)
