"""What happened is written down with its change, and whoever asked is told."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from letters.access.models import User
from letters.announcing import actions
from letters.announcing.kinds import EventKind
from letters.announcing.models import Announcement, Event, Subscription
from letters.announcing.record import announce
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def _happens(house: factories.House, kind: EventKind = EventKind.LETTER_APPROVED) -> Event:
    announce(kind, partnership_id=house.partnership.pk, subject_id=uuid4(), case_id=uuid4(), at=NOW)
    return Event.objects.latest("number")


def test_announce_tells_those_who_asked(house: factories.House, subscription: Subscription) -> None:
    event = _happens(house)

    told = Announcement.objects.get()
    assert (told.event, told.subscription, told.next_try_at) == (event, subscription, NOW)


def test_announce_tells_nobody_of_what_they_did_not_ask_for(
    house: factories.House, subscription: Subscription
) -> None:
    _happens(house, EventKind.DISPATCH_QUEUED)

    assert not Announcement.objects.exists()


def test_announce_tells_nobody_in_another_partnership(subscription: Subscription) -> None:
    _happens(factories.a_house())

    assert not Announcement.objects.exists()


def test_announce_tells_nobody_whose_subscription_ended(
    house: factories.House, subscription: Subscription, administrator: User
) -> None:
    actions.end_subscription(subscription=subscription, by=administrator, at=NOW)

    _happens(house)

    assert not Announcement.objects.exists()


def test_a_demonstration_tells_nobody_outside(
    house: factories.House, subscription: Subscription
) -> None:
    """Whatever row there may be: the partnership itself is asked."""
    elsewhere = factories.a_house(is_demonstration=True)
    Subscription.objects.filter(pk=subscription.pk).update(partnership=elsewhere.partnership)

    _happens(elsewhere)

    assert not Announcement.objects.exists()


def test_what_is_undone_is_not_told(house: factories.House, subscription: Subscription) -> None:
    with pytest.raises(RuntimeError):
        _happens_and_fails(house)

    assert not Event.objects.exists()
    assert not Announcement.objects.exists()


@transaction.atomic
def _happens_and_fails(house: factories.House) -> None:
    _happens(house)
    raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_announce_outside_a_transaction_is_refused() -> None:
    house = factories.a_house()

    with pytest.raises(transaction.TransactionManagementError):
        _happens(house)


@pytest.mark.parametrize(
    "change", ["UPDATE letters_event SET kind = 'x'", "DELETE FROM letters_event"]
)
def test_the_log_is_never_changed(house: factories.House, change: str) -> None:
    _happens(house)

    with pytest.raises(DatabaseError, match="added, never changed"), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_log_refuses_to_be_emptied() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL hjp.emptied_between_tests = 'no'")
        with pytest.raises(DatabaseError, match="added, never changed"):
            cursor.execute("TRUNCATE letters_event CASCADE")
