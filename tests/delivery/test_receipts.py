"""What is heard of a letter moves its dispatch, in whatever order and however often it is told."""

from datetime import timedelta
from itertools import permutations

import pytest

from letters.delivery import actions as delivery
from letters.delivery.errors import AlreadyQueued
from letters.delivery.models import Channel, Dispatch, DispatchStatus, Receipt, Says, Source
from letters.delivery.queries import due, to_settle
from letters.delivery.receipts import record_receipt
from letters.issuing.files import make_files
from letters.tracking import actions as tracking
from letters.tracking.models import ClockStart, Deadline, DeadlineStatus, Evidence, Knowledge
from tests import factories, servers
from tests.factories import NOW

pytestmark = pytest.mark.django_db

_HOUR = timedelta(hours=1)


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def accepted(house: factories.House, mail_server: servers.MailServer) -> Dispatch:
    """A letter that the mail server took, with its clocks running."""
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW
    )
    dispatch = delivery.deliver(dispatch_id=queued.pk, at=NOW)
    tracking.follow_dispatch(dispatch=dispatch, at=NOW)
    return dispatch


def _tell(dispatch: Dispatch, says: Says, *, hours: int = 1, reason: str = "") -> Dispatch:
    told = record_receipt(
        dispatch_id=dispatch.pk,
        says=says,
        source=Source.BOUNCE,
        happened_at=NOW + hours * _HOUR,
        reason=reason,
        at=NOW + hours * _HOUR,
    )
    tracking.follow_dispatch(dispatch=told, at=NOW + hours * _HOUR)
    return Dispatch.objects.get(pk=dispatch.pk)


@pytest.mark.parametrize("order", list(permutations([Says.DELAYED, Says.DELIVERED, Says.RETURNED])))
def test_record_receipt_ends_the_same_in_any_order(
    accepted: Dispatch, order: tuple[Says, ...]
) -> None:
    for says in (*order, *order):
        _tell(accepted, says)

    accepted.refresh_from_db()
    assert accepted.status == DispatchStatus.RETURNED
    assert Receipt.objects.filter(dispatch=accepted).count() == 3


def test_a_letter_that_came_back_stops_its_clocks(accepted: Dispatch) -> None:
    assert Deadline.objects.filter(status=DeadlineStatus.OPEN).exists()

    _tell(accepted, Says.RETURNED, reason="mailbox_unknown")

    assert not Deadline.objects.exclude(status=DeadlineStatus.CLOSED).exists()
    assert not ClockStart.objects.filter(superseded_at=None).exists()


def test_a_letter_that_came_back_may_go_another_way_and_start_its_clocks_again(
    house: factories.House, accepted: Dispatch
) -> None:
    _tell(accepted, Says.RETURNED, reason="mailbox_unknown")

    factories.posted(house, accepted.letter, at=NOW + 3 * _HOUR)

    running = ClockStart.objects.filter(superseded_at=None)
    assert {start.evidence for start in running} == {Evidence.POSTED}


def test_the_sweep_stops_what_a_crash_left_running(accepted: Dispatch) -> None:
    record_receipt(
        dispatch_id=accepted.pk,
        says=Says.RETURNED,
        source=Source.PERSON,
        happened_at=NOW + _HOUR,
        reason="moved_away",
        at=NOW + _HOUR,
    )

    tracking.start_missing_clocks(at=NOW + _HOUR)

    assert not ClockStart.objects.filter(superseded_at=None).exists()


def test_a_return_that_was_taken_back_starts_the_clocks_again(
    house: factories.House, accepted: Dispatch
) -> None:
    returned = _tell(accepted, Says.RETURNED)

    delivery.take_back_return(dispatch=returned, by=house.adviser, at=NOW + _HOUR)
    tracking.start_missing_clocks(at=NOW + 2 * _HOUR)

    assert ClockStart.objects.filter(superseded_at=None).exists()
    assert Deadline.objects.filter(status=DeadlineStatus.OPEN).exists()


def test_an_opened_letter_counts_from_the_moment_it_was_opened(accepted: Dispatch) -> None:
    _tell(accepted, Says.OPENED, hours=30)

    starts = ClockStart.objects.filter(superseded_at=None)
    assert {(each.knowledge, each.evidence, each.at) for each in starts} == {
        (Knowledge.ACTUAL, Evidence.OPENED, NOW + 30 * _HOUR)
    }


def test_a_late_bounce_leaves_what_is_known_from_opening(accepted: Dispatch) -> None:
    _tell(accepted, Says.OPENED)

    _tell(accepted, Says.RETURNED, hours=2)

    running = ClockStart.objects.filter(superseded_at=None)
    assert {start.evidence for start in running} == {Evidence.OPENED}


def test_a_return_is_not_taken_back_once_another_has_taken_its_place(
    house: factories.House, accepted: Dispatch
) -> None:
    returned = _tell(accepted, Says.RETURNED)
    factories.posted(house, accepted.letter, at=NOW + 3 * _HOUR)

    with pytest.raises(AlreadyQueued):
        delivery.take_back_return(dispatch=returned, by=house.adviser, at=NOW + 4 * _HOUR)

    returned.refresh_from_db()
    assert returned.status == DispatchStatus.RETURNED


def test_a_letter_that_had_come_after_all_is_not_sent_again(
    house: factories.House, accepted: Dispatch
) -> None:
    """Nobody knew; a person wanted it sent again; then the carrier told that it had arrived."""
    Dispatch.objects.filter(pk=accepted.pk).update(
        status=DispatchStatus.UNKNOWN, sent_at=None, may_be_there=True
    )
    unknown = Dispatch.objects.get(pk=accepted.pk)
    delivery.try_again(dispatch=unknown, by=house.adviser, at=NOW)

    told = _tell(accepted, Says.DELIVERED)

    assert told.status == DispatchStatus.DELIVERED
    assert not due(NOW + _HOUR).exists()


def test_a_returned_letter_waits_for_a_person_until_somebody_deals_with_it(
    house: factories.House, accepted: Dispatch
) -> None:
    returned = _tell(accepted, Says.RETURNED)
    assert list(to_settle(house.adviser)) == [returned]

    delivery.leave_as_it_is(dispatch=returned, by=house.adviser, at=NOW + _HOUR)

    assert not to_settle(house.adviser).exists()
