"""Promises with a day: watched, moved, kept, and marked the day after, once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from letters.access.errors import NotAllowed
from letters.announcing.models import Event
from letters.audit.models import AuditEvent
from letters.cases.models import Case
from letters.tracking import actions as tracking
from letters.tracking.errors import PromiseEnded, PromiseNotMoved, PromiseTooFar
from letters.tracking.models import Commitment, CommitmentChange, CommitmentStatus
from letters.tracking.queries import promises_to_settle
from tests import factories
from tests.factories import NOW

DAY = date(2026, 12, 3)
MOVED = date(2026, 12, 10)


@pytest.fixture
def house(db: None) -> factories.House:
    return factories.a_house()


@pytest.fixture
def case(house: factories.House) -> Case:
    made = factories.a_case(house)
    factories.consent(house, made)
    return made


@pytest.fixture
def promise(house: factories.House, case: Case) -> Commitment:
    return record(house, case)


def record(house: factories.House, case: Case, *, day: date = DAY) -> Commitment:
    return factories.a_promise(house, case, day=day, words="Jo comes with a van")


def test_the_same_promise_again_is_the_same(
    house: factories.House, case: Case, promise: Commitment
) -> None:
    assert record(house, case) == promise
    assert Event.objects.filter(kind="commitment_made").count() == 1


# Midnight in London, in winter the same as in UTC.
@pytest.mark.parametrize(
    ("at", "missed"),
    [
        (datetime(2026, 12, 3, 23, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 4, 0, 0, tzinfo=UTC), True),
    ],
)
def test_a_promise_is_missed_the_day_after(
    promise: Commitment, at: datetime, *, missed: bool
) -> None:
    marked = tracking.mark_promises_missed(at=at)

    assert marked == ((promise.pk,) if missed else ())


def test_a_promise_for_a_summers_day_ends_at_midnight_in_london(
    house: factories.House, case: Case
) -> None:
    promise = record(house, case, day=date(2027, 7, 1))

    early = tracking.mark_promises_missed(at=datetime(2027, 7, 1, 22, 59, tzinfo=UTC))
    late = tracking.mark_promises_missed(at=datetime(2027, 7, 1, 23, 0, tzinfo=UTC))

    assert (early, late) == ((), (promise.pk,))


def test_a_promise_is_marked_once(house: factories.House, promise: Commitment) -> None:
    at = NOW + timedelta(days=30)

    first, second = tracking.mark_promises_missed(at=at), tracking.mark_promises_missed(at=at)

    assert (len(first), len(second)) == (1, 0)
    assert Event.objects.filter(kind="commitment_missed").count() == 1
    assert list(promises_to_settle(house.adviser)) == [promise]


def test_a_moved_promise_keeps_its_first_day(house: factories.House, promise: Commitment) -> None:
    tracking.mark_promises_missed(at=NOW + timedelta(days=11))

    moved = tracking.move_commitment(
        commitment=promise, to=MOVED, reason="The van broke down", by=house.adviser, at=NOW
    )

    assert (moved.status, moved.promised_for) == (CommitmentStatus.OPEN, MOVED)
    assert moved.first_promised_for == DAY
    change = CommitmentChange.objects.get(kind=CommitmentChange.Kind.MOVE)
    assert (change.day_before, change.day_after) == (DAY, MOVED)


def test_kept_after_it_was_missed_counts_as_kept(
    house: factories.House, promise: Commitment
) -> None:
    tracking.mark_promises_missed(at=NOW + timedelta(days=11))

    kept = tracking.keep_commitment(commitment=promise, reason="", by=house.adviser, at=NOW)

    assert kept.status == CommitmentStatus.KEPT
    assert not promises_to_settle(house.adviser).exists()


def test_an_ended_promise_stays_as_it_ended(house: factories.House, promise: Commitment) -> None:
    given = {"commitment": promise, "by": house.adviser, "at": NOW}
    tracking.withdraw_commitment(**given, reason="")  # type: ignore[arg-type]  # as above
    tracking.withdraw_commitment(**given, reason="")  # type: ignore[arg-type]  # twice is once

    with pytest.raises(PromiseEnded):
        tracking.keep_commitment(**given, reason="")  # type: ignore[arg-type]  # as above
    with pytest.raises(PromiseEnded):
        tracking.move_commitment(**given, to=MOVED, reason="")  # type: ignore[arg-type]  # as above
    assert CommitmentChange.objects.count() == 1


def test_settled_once_it_leaves_the_worklist(house: factories.House, promise: Commitment) -> None:
    tracking.mark_promises_missed(at=NOW + timedelta(days=11))

    tracking.settle_commitment(commitment=promise, by=house.adviser, at=NOW)
    tracking.settle_commitment(commitment=promise, by=house.adviser, at=NOW)

    assert not promises_to_settle(house.adviser).exists()
    assert AuditEvent.objects.filter(verb="settle_commitment").count() == 1


def test_a_day_with_the_wrong_year_is_refused(house: factories.House, case: Case) -> None:
    with pytest.raises(PromiseTooFar):
        record(house, case, day=date(2062, 12, 3))


def test_a_promise_is_not_moved_to_its_own_day(house: factories.House, promise: Commitment) -> None:
    with pytest.raises(PromiseNotMoved):
        tracking.move_commitment(commitment=promise, to=DAY, reason="", by=house.adviser, at=NOW)


def test_who_may_record_no_outcome_may_watch_no_promise(
    house: factories.House, promise: Commitment
) -> None:
    with pytest.raises(NotAllowed):
        tracking.keep_commitment(commitment=promise, reason="", by=house.evaluator, at=NOW)
