"""Who may let another program be told, and what is kept of it."""

from datetime import timedelta

import pytest
from django.db import connection

from letters.access.errors import NotAllowed
from letters.access.models import User
from letters.access.roles import Role
from letters.announcing import actions
from letters.announcing.errors import (
    AddressNotAllowed,
    DemonstrationTellsNobody,
    NothingChosen,
    PartnershipNotClear,
    SubscriptionEnded,
)
from letters.announcing.kinds import EventKind
from letters.announcing.models import Subscription
from letters.announcing.queries import keys_of, subscriptions_visible_to
from tests import factories
from tests.announcing.receiver import Receiver
from tests.factories import NOW

pytestmark = pytest.mark.django_db
_KINDS = (EventKind.LETTER_APPROVED,)
_URL = "https://hooks.example/take?token=an-invented-word"


def test_an_address_and_its_secret_are_kept_encrypted(administrator: User) -> None:
    made = actions.subscribe(url=_URL, kinds=_KINDS, by=administrator, at=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(s)::text FROM letters_subscription s")
        (stored,) = cursor.fetchone()
    assert "an-invented-word" not in stored
    assert made.secret.removeprefix("whsec_")[:20] not in stored
    assert "hooks.example" in stored


def test_two_secrets_are_never_the_same(administrator: User) -> None:
    made = [actions.subscribe(url=_URL, kinds=_KINDS, by=administrator, at=NOW) for _ in "12"]

    assert len({each.secret for each in made}) == 2


@pytest.mark.parametrize("who", ["clinician", "adviser", "evaluator", "reviewer"])
def test_only_administrators_subscribe(house: factories.House, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.subscribe(url=_URL, kinds=_KINDS, by=getattr(house, who), at=NOW)


def test_a_subscription_is_asked_for_whole(administrator: User) -> None:
    with pytest.raises(NothingChosen):
        actions.subscribe(url=_URL, kinds=(), by=administrator, at=NOW)
    with pytest.raises(AddressNotAllowed):
        actions.subscribe(url="ftp://hooks.example/", kinds=_KINDS, by=administrator, at=NOW)


def test_another_partnership_is_not_to_be_named(administrator: User) -> None:
    elsewhere = factories.a_house().partnership.pk

    with pytest.raises(PartnershipNotClear):
        actions.subscribe(url=_URL, kinds=_KINDS, by=administrator, at=NOW, partnership=elsewhere)


def test_a_demonstration_has_no_subscription() -> None:
    house = factories.a_house(is_demonstration=True)
    person = factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")

    with pytest.raises(DemonstrationTellsNobody):
        actions.subscribe(url=_URL, kinds=_KINDS, by=person, at=NOW)


def test_another_administrator_neither_sees_nor_changes_it(subscription: Subscription) -> None:
    stranger = factories.a_member(factories.a_house().clinic, Role.ADMINISTRATOR, "Cas Placeholder")

    assert not subscriptions_visible_to(stranger).exists()
    for change in (actions.change_secret, actions.resume, actions.end_subscription):
        with pytest.raises(NotAllowed):
            change(subscription=subscription, by=stranger, at=NOW)


def test_while_a_secret_changes_both_sign(subscription: Subscription, administrator: User) -> None:
    old = subscription.secret

    changed = actions.change_secret(subscription=subscription, by=administrator, at=NOW)

    assert keys_of(changed, NOW) == (changed.secret, old)
    assert keys_of(changed, NOW + timedelta(days=1)) == (changed.secret,)
    assert changed.secret != old


def test_what_has_ended_stays_so(
    subscription: Subscription, administrator: User, receiver: Receiver
) -> None:
    for _ in "12":
        ended = actions.end_subscription(subscription=subscription, by=administrator, at=NOW)

    assert ended.ended_at == NOW
    with pytest.raises(SubscriptionEnded):
        actions.resume(subscription=ended, by=administrator, at=NOW)
