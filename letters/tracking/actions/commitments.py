"""Promises with a day: made, moved, kept, taken back, and marked the day after nothing came."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.announcing.kinds import EventKind
from letters.announcing.record import announce
from letters.audit.record import record
from letters.cases.models import Case
from letters.issuing.models import Letter
from letters.law.periods import LONDON
from letters.tracking.errors import PromiseEnded, PromiseNotMoved, PromiseTooFar
from letters.tracking.models import Commitment, CommitmentChange, CommitmentStatus

# Nobody promises anything for later; whoever types such a day has the wrong year.
LATEST: Final = timedelta(days=730)
_Kind = CommitmentChange.Kind
_MAY_END = (CommitmentStatus.OPEN, CommitmentStatus.MISSED)


@transaction.atomic
def record_commitment(
    *,
    case: Case,
    letter: Letter | None,
    what: Commitment.What,
    words: str,
    promised_for: date,
    promised_by: Commitment.PromisedBy,
    came_from: Commitment.CameFrom,
    source_id: UUID | None,
    by: User | None,
    at: datetime,
) -> Commitment:
    """Watch a promise from now on; the same one from the same source again is the same. `by` is
    None where its giver wrote it themselves, on the page of the letter."""
    if by is not None:
        require(by, Right.RECORD_OUTCOME)
    _refuse_too_far(promised_for, at)
    commitment, is_new = Commitment.objects.get_or_create(
        case=case,
        what=what,
        first_promised_for=promised_for,
        came_from=came_from,
        source_id=source_id,
        defaults={
            "letter": letter,
            "words": words.strip(),
            "promised_for": promised_for,
            "promised_by": promised_by,
            "recorded_by": by,
            "recorded_at": at,
        },
    )
    if is_new:
        record("record_commitment", commitment, by=by, case=case.pk, what=what.value)
        _announce(EventKind.COMMITMENT_MADE, commitment, at)
    return commitment


@transaction.atomic
def move_commitment(
    *, commitment: Commitment, to: date, reason: str, by: User, at: datetime
) -> Commitment:
    """Watch for another day; the first stays beside it."""
    locked = _locked(commitment, by=by)
    if locked.status not in _MAY_END:
        raise PromiseEnded
    _refuse_too_far(to, at)
    if to == locked.promised_for:
        raise PromiseNotMoved
    before, locked.promised_for = locked.promised_for, to
    locked.status, locked.ended_at, locked.settled_at = CommitmentStatus.OPEN, None, None
    locked.save(update_fields=["promised_for", "status", "ended_at", "settled_at"])
    _note(locked, _Kind.MOVE, before, reason=reason, by=by, at=at)
    return locked


@transaction.atomic
def keep_commitment(*, commitment: Commitment, reason: str, by: User, at: datetime) -> Commitment:
    """What was promised has been done, late or in time."""
    return _ended(commitment, CommitmentStatus.KEPT, _Kind.KEEP, reason=reason, by=by, at=at)


@transaction.atomic
def withdraw_commitment(
    *, commitment: Commitment, reason: str, by: User, at: datetime
) -> Commitment:
    """They took it back, or it was taken down wrongly."""
    return _ended(
        commitment, CommitmentStatus.WITHDRAWN, _Kind.WITHDRAW, reason=reason, by=by, at=at
    )


@transaction.atomic
def settle_commitment(*, commitment: Commitment, by: User, at: datetime) -> Commitment:
    """Somebody has seen that it was not kept, and does what is to be done; twice is once."""
    locked = _locked(commitment, by=by)
    if locked.status == CommitmentStatus.MISSED and locked.settled_at is None:
        locked.settled_at = at
        locked.save(update_fields=["settled_at"])
        record("settle_commitment", locked, by=by, case=locked.case_id)
    return locked


def mark_promises_missed(*, at: datetime) -> tuple[UUID, ...]:
    """Mark, once, every promise whose day has passed in London without word that it was kept."""
    today = at.astimezone(LONDON).date()
    due = Commitment.objects.filter(status=CommitmentStatus.OPEN, promised_for__lt=today)
    return tuple(pk for pk in due.values_list("pk", flat=True) if _miss(pk, today, at))


@transaction.atomic
def _miss(pk: UUID, today: date, at: datetime) -> bool:
    """Whether it was this call that marked it: it may have been moved, or marked, meanwhile."""
    rows = Commitment.objects.select_for_update(of=("self",), skip_locked=True)
    locked = rows.filter(pk=pk, status=CommitmentStatus.OPEN, promised_for__lt=today).first()
    if locked is None:
        return False
    locked.status, locked.ended_at = CommitmentStatus.MISSED, at
    locked.save(update_fields=["status", "ended_at"])
    _note(locked, _Kind.MISS, locked.promised_for, reason="", by=None, at=at)
    _announce(EventKind.COMMITMENT_MISSED, locked, at)
    return True


def _ended(
    commitment: Commitment,
    status: CommitmentStatus,
    kind: CommitmentChange.Kind,
    *,
    reason: str,
    by: User,
    at: datetime,
) -> Commitment:
    locked = _locked(commitment, by=by)
    if locked.status == status:
        return locked
    if locked.status not in _MAY_END:
        raise PromiseEnded
    locked.status, locked.ended_at = status, at
    locked.save(update_fields=["status", "ended_at"])
    _note(locked, kind, locked.promised_for, reason=reason, by=by, at=at)
    return locked


def _locked(commitment: Commitment, *, by: User) -> Commitment:
    require(by, Right.RECORD_OUTCOME)
    return Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)


def _refuse_too_far(day: date, at: datetime) -> None:
    if day > at.astimezone(LONDON).date() + LATEST:
        raise PromiseTooFar


def _note(
    commitment: Commitment,
    kind: CommitmentChange.Kind,
    day_before: date,
    *,
    reason: str,
    by: User | None,
    at: datetime,
) -> None:
    CommitmentChange.objects.create(
        commitment=commitment,
        kind=kind,
        reason=reason.strip(),
        day_before=day_before,
        day_after=commitment.promised_for,
        made_by=by,
        made_at=at,
    )
    record(f"commitment_{kind.value}", commitment, by=by, case=commitment.case_id)


def _announce(kind: EventKind, commitment: Commitment, at: datetime) -> None:
    announce(
        kind,
        partnership_id=commitment.case.team.organisation.partnership_id,
        subject_id=commitment.pk,
        case_id=commitment.case_id,
        at=at,
    )
