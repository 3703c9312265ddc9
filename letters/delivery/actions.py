"""Sending, so that nothing is lost and nothing goes twice.

A worker claims a dispatch with a lease, checks again that it may go, and hands it over. Just before
the step after which the other side may have accepted, the row moves to `committing`; from there
nothing goes a second time by itself. Each step is a transaction of its own: a worker that is killed
leaves the row where it was, and the sweep finds it.
"""

import logging
import random
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from letters import jobs
from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.errors import ConsentMissing
from letters.cases.models import Landlord, ResponsibleBody
from letters.delivery.carriers import carrier_for, parcel_of
from letters.delivery.errors import (
    AddresseeHasNoEmail,
    AlreadyAccepted,
    AlreadyQueued,
    LetterNotApproved,
    MailNotSetUp,
    MoveNotAllowed,
    NotByEmail,
    NotFitForPost,
    OutcomeUnknown,
    PermanentFailure,
    PostedOutOfRange,
    TemporaryFailure,
)
from letters.delivery.models import ALLOWED_MOVES, Channel, Dispatch, DispatchStatus
from letters.delivery.queries import due, goes_by_hand_alone, reader_of
from letters.issuing.actions import refuse_without_consent
from letters.issuing.errors import NotSignedOff
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.queries import may_be_posted, partnership_of
from letters.issuing.signing import refuse_unsigned
from letters.law.periods import LONDON

logger = logging.getLogger(__name__)

# Longer than every step of a hand-over together; shorter than anybody would wait in doubt.
LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 12


@transaction.atomic
def queue_dispatch(*, letter: Letter, channel: Channel, by: User, at: datetime) -> Dispatch:
    """Ask for an approved letter to be sent; one live dispatch a letter, whoever clicks twice."""
    require(by, Right.SEND_LETTER)
    Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    letter.refresh_from_db()
    if letter.status != LetterStatus.APPROVED:
        raise LetterNotApproved
    if channel == Channel.DOWNLOAD and not may_be_posted(letter):
        raise NotFitForPost
    try:
        with transaction.atomic():
            dispatch = Dispatch.objects.create(
                letter=letter,
                channel=channel,
                address=_mailbox(letter) if channel == Channel.EMAIL else None,
                status=DispatchStatus.QUEUED,
                next_try_at=at,
                queued_by=by,
                queued_at=at,
            )
    except IntegrityError:
        raise AlreadyQueued from None
    record("queue_dispatch", dispatch, by=by, letter=letter.pk, channel=channel.value)
    jobs.enqueue(jobs.DELIVER, dispatch.pk)
    return dispatch


def _mailbox(letter: Letter) -> str:
    if goes_by_hand_alone(letter):
        raise NotByEmail
    reader = reader_of(letter)
    if reader is None or not reader.email:
        raise AddresseeHasNoEmail
    if not settings.EMAIL_CONFIGURED and not partnership_of(letter).is_demonstration:
        raise MailNotSetUp
    return str(reader.email)


def deliver(*, dispatch_id: UUID, at: datetime) -> Dispatch:
    """Take one dispatch as far as it goes; called twice, or late, it sends once. What went wrong is
    in the row that comes back. Not one transaction: see the top of this file."""
    if not _claim(dispatch_id, at):
        return Dispatch.objects.get(pk=dispatch_id)
    dispatch = Dispatch.objects.select_related("letter__case").get(pk=dispatch_id)
    try:
        _carry(dispatch, at)
    except MoveNotAllowed:
        # Another worker took over after the lease had run out; only one can have committed.
        logger.warning("dispatch taken over", extra={"dispatch_id": dispatch_id})
    return Dispatch.objects.get(pk=dispatch_id)


def _carry(dispatch: Dispatch, at: datetime) -> None:
    reason = _why_not(dispatch, at)
    if reason:
        _move(dispatch, DispatchStatus.CANCELLED, reason=reason)
    elif dispatch.channel == Channel.DOWNLOAD:
        _make_ready(dispatch)
    else:
        _hand_over(dispatch, at)


def _make_ready(dispatch: Dispatch) -> None:
    """To be printed and posted, unless an envelope would show too much of it or too little."""
    if may_be_posted(dispatch.letter):
        _move(dispatch, DispatchStatus.READY)
    else:
        _move(dispatch, DispatchStatus.FAILED, reason="not_fit_for_post")


def _hand_over(dispatch: Dispatch, at: datetime) -> None:
    def committing() -> None:
        _move(dispatch, DispatchStatus.COMMITTING)

    try:
        parcel = parcel_of(dispatch)
        reference = carrier_for(dispatch).hand_over(parcel, committing=committing)
    except TemporaryFailure as failure:
        _try_later(dispatch, failure, at)
    except PermanentFailure as failure:
        _move(dispatch, DispatchStatus.FAILED, reason=failure.reason)
    except OutcomeUnknown as failure:
        _move(dispatch, DispatchStatus.UNKNOWN, reason=failure.reason)
    except AlreadyAccepted as told:
        _move(dispatch, DispatchStatus.ACCEPTED, sent_at=at, reason=told.reason)
    else:
        _move(dispatch, DispatchStatus.ACCEPTED, sent_at=at, provider_reference=reference)


def refuse_unrendered(*, dispatch_id: UUID, at: datetime) -> None:
    """The letter's files cannot be made: a person must see it, and nothing is sent."""
    if _claim(dispatch_id, at):
        _move(Dispatch.objects.get(pk=dispatch_id), DispatchStatus.FAILED, reason="not_rendered")


def _claim(dispatch_id: UUID, at: datetime) -> bool:
    """Whether this worker, and no other, has the dispatch now."""
    claimed = Dispatch.objects.filter(
        pk=dispatch_id, status=DispatchStatus.QUEUED, next_try_at__lte=at
    ).update(status=DispatchStatus.CLAIMED, lease_until=at + LEASE)
    return claimed == 1


def _why_not(dispatch: Dispatch, at: datetime) -> str:
    """A reason for which the letter may not go after all, '' for none; asked at hand-over, since
    consent may have been withdrawn, or the landlord changed, after it was queued."""
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
    return ""


def _is_addressee(dispatch: Dispatch, reader: Landlord | ResponsibleBody | None) -> bool:
    """Whether the letter is still to the one it names, at the mailbox it was queued for."""
    if reader is None or dispatch.letter.content["addressee"][0] != reader.name:
        return False
    return dispatch.channel != Channel.EMAIL or dispatch.address == reader.email


@transaction.atomic
def _try_later(dispatch: Dispatch, failure: TemporaryFailure, at: datetime) -> None:
    """Back to the queue with a longer wait, or to a person once it has been tried enough."""
    attempts = dispatch.attempts + 1
    if attempts >= MOST_ATTEMPTS:
        _move(dispatch, DispatchStatus.FAILED, reason=failure.reason, attempts=attempts)
        return
    longest = min(FIRST_WAIT * 2**attempts, LONGEST_WAIT)
    wait = longest * random.uniform(0.5, 1)  # noqa: S311 - spreads tries, guards nothing
    _move(
        dispatch,
        DispatchStatus.QUEUED,
        reason=failure.reason,
        attempts=attempts,
        next_try_at=at + wait,
    )


@transaction.atomic
def _move(
    dispatch: Dispatch,
    to: DispatchStatus,
    *,
    by: User | None = None,
    reason: str = "",
    **changes: object,
) -> None:
    """One allowed move, or MoveNotAllowed: whoever comes second finds the row moved on."""
    locked = Dispatch.objects.select_for_update(of=("self",)).get(pk=dispatch.pk)
    if locked.status != dispatch.status or to not in ALLOWED_MOVES[locked.status]:
        raise MoveNotAllowed(locked.status)
    keeps_lease = to in (DispatchStatus.CLAIMED, DispatchStatus.COMMITTING)
    lease = locked.lease_until if keeps_lease else None
    Dispatch.objects.filter(pk=dispatch.pk).update(
        status=to, reason=reason, lease_until=lease, **changes
    )
    record("move_dispatch", dispatch, by=by, came_from=locked.status, to=to.value, reason=reason)
    dispatch.refresh_from_db()
    logger.info("dispatch moved", extra={"dispatch_id": dispatch.pk, "status": to.value})


def requeue_stale(*, at: datetime) -> tuple[UUID, ...]:
    """Free what dead workers held, and name everything that is due for another try."""
    for dispatch in Dispatch.objects.filter(lease_until__lt=at):
        is_unsure = dispatch.status == DispatchStatus.COMMITTING
        to = DispatchStatus.UNKNOWN if is_unsure else DispatchStatus.QUEUED
        try:
            _move(dispatch, to, reason="worker_died")
        except MoveNotAllowed:
            continue  # it moved while we looked
    return due(at)


@transaction.atomic
def record_posted(*, dispatch: Dispatch, posted_on: date, by: User, at: datetime) -> Dispatch:
    """Say on which day a printed letter was put in the post."""
    require(by, Right.SEND_LETTER)
    today = at.astimezone(LONDON).date()
    if not dispatch.queued_at.astimezone(LONDON).date() <= posted_on <= today:
        raise PostedOutOfRange
    moment = datetime.combine(posted_on, time(12), tzinfo=LONDON)
    _move(dispatch, DispatchStatus.POSTED, by=by, sent_at=moment)
    return dispatch


@transaction.atomic
def settle_as_sent(*, dispatch: Dispatch, by: User, at: datetime) -> Dispatch:
    """A person has found out that it came."""
    require(by, Right.SEND_LETTER)
    _move(dispatch, DispatchStatus.ACCEPTED, by=by, reason="settled", sent_at=at)
    return dispatch


@transaction.atomic
def try_again(*, dispatch: Dispatch, by: User, at: datetime) -> Dispatch:
    """A person has found out that it did not arrive, or mended what was refused."""
    require(by, Right.SEND_LETTER)
    changes: dict[str, object] = {"next_try_at": at, "attempts": 0}
    if dispatch.channel == Channel.EMAIL:
        changes["address"] = _mailbox(dispatch.letter)
    address = changes.pop("address", None)
    _move(dispatch, DispatchStatus.QUEUED, by=by, reason="settled", **changes)
    if isinstance(address, str):
        dispatch.address = address
        dispatch.save(update_fields=["address"])
    jobs.enqueue(jobs.DELIVER, dispatch.pk)
    return dispatch


@transaction.atomic
def cancel_dispatch(*, dispatch: Dispatch, by: User) -> Dispatch:
    """Stop a dispatch that has not gone."""
    require(by, Right.SEND_LETTER)
    _move(dispatch, DispatchStatus.CANCELLED, by=by, reason="cancelled_by_person")
    return dispatch
