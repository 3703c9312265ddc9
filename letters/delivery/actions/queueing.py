"""Asking for an approved letter to be sent."""

from datetime import datetime

from django.db import IntegrityError, transaction

from letters import jobs
from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.announcing.kinds import EventKind
from letters.audit.record import record
from letters.delivery.actions.moves import tell_others
from letters.delivery.carriers import carrier_name
from letters.delivery.errors import (
    AddresseeHasNoEmail,
    AlreadyQueued,
    LetterNotApproved,
    NotByEmail,
    NotFitForPost,
)
from letters.delivery.models import BY_POST, Channel, Dispatch, DispatchStatus
from letters.delivery.pauses import not_before
from letters.delivery.queries import goes_by_hand_alone, reader_of
from letters.delivery.rules import postage_of, undo_of
from letters.issuing.gates import refuse_at_gate
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
    refuse_at_gate(letter)
    return put_in_queue(letter, channel, by=by, at=at)


def put_in_queue(
    letter: Letter,
    channel: Channel,
    *,
    by: User,
    at: datetime,
    instead_of: Dispatch | None = None,
    reason: str = "",
) -> Dispatch:
    """The row, to the address of today, by the carrier and in the class of post of today; refused
    while another of the letter's is live. It waits while its carrier is paused."""
    way = way_of(letter, channel)
    due_at = max(leaves_at(letter, channel, at), not_before(way["carrier"] or "", channel, at))
    try:
        with transaction.atomic():
            dispatch = Dispatch.objects.create(
                letter=letter,
                channel=channel,
                **way,
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


def leaves_at(letter: Letter, channel: Channel, at: datetime) -> datetime:
    """After the time in which it can be stopped. What people print themselves does not leave before
    they post it, and is made ready at once."""
    return at if channel == Channel.DOWNLOAD else at + undo_of(partnership_of(letter))


def way_of(letter: Letter, channel: Channel) -> dict[str, str | None]:
    """To which address it goes, by whom, and in which class of post, as all that stands today."""
    carrier = carrier_name(letter, channel)
    return {
        "address": _address_of(letter, channel),
        "carrier": carrier.value if carrier else "",
        "postage": _postage(letter, channel),
    }


def _postage(letter: Letter, channel: Channel) -> str:
    """Of what is printed for us; who posts a letter says so afterwards."""
    chosen = postage_of(partnership_of(letter)) if channel == Channel.POST else None
    return chosen.value if chosen else ""


def _address_of(letter: Letter, channel: Channel) -> str | None:
    """The mailbox that the letter goes to; None where it goes by post. A copy for the patient or
    the record leaves by no carrier."""
    if channel == Channel.DOWNLOAD:
        return None
    if goes_by_hand_alone(letter):
        raise NotByEmail
    if channel == Channel.POST:
        return None
    reader = reader_of(letter)
    if reader is None or not reader.email:
        raise AddresseeHasNoEmail
    return str(reader.email)
