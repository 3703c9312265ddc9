"""A worker takes a dispatch as far as it goes."""

import logging
import random
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from letters.cases.errors import ConsentMissing
from letters.cases.models import Landlord, ResponsibleBody
from letters.delivery.actions.moves import LEASE, move
from letters.delivery.carriers import carrier_for, parcel_of
from letters.delivery.channels import Carrier, Has
from letters.delivery.errors import (
    MoveNotAllowed,
    OutcomeUnknown,
    PermanentFailure,
    TemporaryFailure,
)
from letters.delivery.models import ADDRESSED, Channel, Dispatch, DispatchStatus
from letters.delivery.no_way_out import guard_of
from letters.delivery.pauses import pause
from letters.delivery.queries import dispatch_of, due, goes_by_hand_alone, reader_of
from letters.issuing.actions import refuse_without_consent
from letters.issuing.errors import NotSignedOff
from letters.issuing.gates import is_held_on_its_way
from letters.issuing.models import LetterStatus
from letters.issuing.queries import may_be_posted, partnership_of
from letters.issuing.signing import refuse_unsigned
from letters.law.periods import LONDON

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 12
# A carrier may still be busy with what it was offered: not asked before.
ASK_AFTER = LEASE


def deliver(*, dispatch_id: UUID, at: datetime) -> Dispatch:
    """Take one dispatch as far as it goes; called twice, or late, it sends once. What went wrong is
    in the row that comes back. Not one transaction: see the top of this room."""
    if claim(dispatch_id=dispatch_id, at=at):
        deliver_claimed(dispatch_id=dispatch_id, at=at)
    return Dispatch.objects.get(pk=dispatch_id)


def deliver_claimed(*, dispatch_id: UUID, at: datetime) -> Dispatch:
    """The rest of it, for whoever holds the claim."""
    dispatch = dispatch_of(dispatch_id)
    try:
        with guard_of(partnership_of(dispatch.letter)):
            _carry(dispatch, at)
    except MoveNotAllowed:
        # Another worker took over after the lease had run out, or the carrier told of it before
        # we did; only one can have committed.
        logger.warning("dispatch taken over", extra={"dispatch_id": dispatch_id})
        dispatch.refresh_from_db()
    return dispatch


@transaction.atomic
def claim_next(*, at: datetime) -> UUID | None:
    """The dispatch that has been due for longest and that no other worker looks at, now held by
    this one; None when nothing is due."""
    found = due(at).select_for_update(skip_locked=True).values_list("pk", flat=True).first()
    if found is not None:
        _hold(found, at)
    return found


@transaction.atomic
def claim(*, dispatch_id: UUID, at: datetime) -> bool:
    """Whether this worker, and no other, has the dispatch now."""
    is_free = due(at).select_for_update(skip_locked=True).filter(pk=dispatch_id).exists()
    if is_free:
        _hold(dispatch_id, at)
    return is_free


def _hold(dispatch_id: UUID, at: datetime) -> None:
    Dispatch.objects.filter(pk=dispatch_id).update(
        status=DispatchStatus.CLAIMED, next_try_at=None, lease_until=at + LEASE
    )


def _carry(dispatch: Dispatch, at: datetime) -> None:
    carrier = carrier_for(dispatch, at=at)
    if dispatch.may_be_there and not _is_certainly_not_there(dispatch, carrier, at):
        return
    reason = why_not(dispatch, at)
    if reason:
        move(dispatch, DispatchStatus.CANCELLED, at=at, reason=reason)
    elif dispatch.channel == Channel.DOWNLOAD:
        _make_ready(dispatch, at)
    else:
        _hand_over(dispatch, carrier, at)


def _is_certainly_not_there(dispatch: Dispatch, carrier: Carrier, at: datetime) -> bool:
    """Asks the carrier before a second try. What it has is not offered again; what it cannot tell
    is a person's to settle."""
    try:
        found = carrier.find(dispatch.pk)
    except TemporaryFailure as failure:
        move(
            dispatch,
            DispatchStatus.UNKNOWN,
            at=at,
            reason=failure.reason,
            next_try_at=at + LONGEST_WAIT,
        )
        return False
    if found.has is Has.YES:
        move(
            dispatch,
            DispatchStatus.ACCEPTED,
            at=at,
            reason="found_at_carrier",
            sent_at=at,
            provider_reference=found.reference,
        )
    elif found.has is Has.CANNOT_TELL:
        move(dispatch, DispatchStatus.UNKNOWN, at=at, reason=dispatch.reason or "worker_died")
    return found.has is Has.NO


def _make_ready(dispatch: Dispatch, at: datetime) -> None:
    """To be printed and posted, unless an envelope would show too much of it or too little."""
    if may_be_posted(dispatch.letter):
        move(dispatch, DispatchStatus.READY, at=at)
    else:
        move(dispatch, DispatchStatus.FAILED, at=at, reason="not_fit_for_post")


def _hand_over(dispatch: Dispatch, carrier: Carrier, at: datetime) -> None:
    def committing() -> None:
        # To make the files may have taken most of the claim's time.
        lease = at + LEASE
        move(dispatch, DispatchStatus.HANDED_OVER, at=at, may_be_there=True, lease_until=lease)

    try:
        parcel = parcel_of(dispatch)
        reference = carrier.hand_over(parcel, committing=committing)
    except TemporaryFailure as failure:
        _try_later(dispatch, failure, at)
    except PermanentFailure as failure:
        move(dispatch, DispatchStatus.FAILED, at=at, reason=failure.reason, may_be_there=False)
    except OutcomeUnknown as failure:
        ask_at = at + ASK_AFTER if carrier.can_tell else None
        move(dispatch, DispatchStatus.UNKNOWN, at=at, reason=failure.reason, next_try_at=ask_at)
    else:
        move(dispatch, DispatchStatus.ACCEPTED, at=at, sent_at=at, provider_reference=reference)


def refuse_unrendered(*, dispatch_id: UUID, at: datetime) -> None:
    """The files of a letter that was claimed cannot be made: a person must see it, and nothing is
    sent."""
    dispatch = Dispatch.objects.get(pk=dispatch_id)
    with suppress(MoveNotAllowed):  # whoever took over meanwhile comes to the same
        move(dispatch, DispatchStatus.FAILED, at=at, reason="not_rendered")


def why_not(dispatch: Dispatch, at: datetime) -> str:
    """A reason for which the letter may not go after all, '' for none; asked at hand-over, since
    consent may have been withdrawn, the landlord changed, or a danger been recorded, after it was
    queued."""
    letter, day = dispatch.letter, at.astimezone(LONDON).date()
    if letter.status != LetterStatus.APPROVED:
        return "letter_withdrawn"
    if not (goes_by_hand_alone(letter) or _is_addressee(dispatch, reader_of(letter))):
        return "addressee_changed"
    try:
        refuse_without_consent(letter=letter, day=day)
        refuse_unsigned(letter=letter, day=day)
    except ConsentMissing:
        return "consent_withdrawn"
    except NotSignedOff:
        return "law_not_signed"
    return "held_at_gate" if is_held_on_its_way(letter) else ""


def _is_addressee(dispatch: Dispatch, reader: Landlord | ResponsibleBody | None) -> bool:
    """Whether the letter is still to the one it names, at the mailbox it was queued for."""
    if reader is None or dispatch.letter.content["addressee"][0] != reader.name:
        return False
    return dispatch.channel not in ADDRESSED or dispatch.address == reader.email


@transaction.atomic
def _try_later(dispatch: Dispatch, failure: TemporaryFailure, at: datetime) -> None:
    """Back to the queue with a longer wait, or to a person once it has been tried enough."""
    attempts = dispatch.attempts + 1
    if attempts >= MOST_ATTEMPTS:
        move(
            dispatch,
            DispatchStatus.FAILED,
            at=at,
            reason=failure.reason,
            attempts=attempts,
            may_be_there=False,
        )
        return
    earliest = failure.not_before
    if failure.stops_all:
        earliest = pause(dispatch, reason=failure.reason, until=earliest, at=at)
    longest = min(FIRST_WAIT * 2**attempts, LONGEST_WAIT)
    wait = longest * random.uniform(0.5, 1)  # noqa: S311 - spreads tries, guards nothing
    move(
        dispatch,
        DispatchStatus.QUEUED,
        at=at,
        reason=failure.reason,
        attempts=attempts,
        next_try_at=max(at + wait, earliest or at),
        may_be_there=False,
    )
