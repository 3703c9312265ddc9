"""The pages on which an administrator lets another program be told."""

import html
import re
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from letters.access import actions as access
from letters.access.models import User
from letters.access.roles import Role
from letters.announcing.kinds import EventKind
from letters.announcing.models import Announcement, AnnouncementStatus, Subscription
from letters.announcing.record import announce
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, words

GIVEN = {"url": "https://hooks.example/?token=an-invented-word", "kinds": ["letter_approved"]}


@pytest.fixture
def person(house: factories.House) -> User:
    return factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")


@pytest.fixture
def administrator(person: User, signed_in: AsPerson) -> Client:
    return signed_in(person)


def _page(client: Client, address: str, /, **given: object) -> str:
    response = client.post(address, given, follow=True) if given else client.get(address)
    return html.unescape(words(response))


def _pressed(client: Client, address: str) -> str:
    return html.unescape(words(client.post(address, follow=True)))


def _missed(house: factories.House) -> None:
    with transaction.atomic():
        announce(
            EventKind.LETTER_APPROVED,
            partnership_id=house.partnership.pk,
            subject_id=uuid4(),
            case_id=None,
            at=NOW,
        )
    Announcement.objects.update(
        status=AnnouncementStatus.FAILED, reason="program_not_reached", attempts=8
    )


def test_a_secret_is_shown_once(administrator: Client) -> None:
    page = _page(administrator, "/subscriptions/add/", **GIVEN)

    made = Subscription.objects.get()
    assert made.secret in page
    assert "hooks.example" in page
    again = _page(administrator, f"/subscriptions/{made.pk}/")
    assert made.secret not in again
    assert "an-invented-word" not in page + again


def test_a_new_secret_is_shown_once(administrator: Client) -> None:
    _page(administrator, "/subscriptions/add/", **GIVEN)
    made = Subscription.objects.get()

    page = _pressed(administrator, f"/subscriptions/{made.pk}/secret/")

    changed = Subscription.objects.get()
    assert changed.secret in page
    assert made.secret not in page
    assert changed.previous_secret == made.secret


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"url": ""}, "Enter the address of the other program"),
        ({"url": "http://hooks.example/"}, "Enter an address that starts with https://"),
        ({"url": "https://10.0.0.1/"}, "reached over the internet"),
        ({"kinds": []}, "Choose what the other program is told"),
    ],
)
def test_what_is_wrong_says_what_to_do(
    administrator: Client, wrong: dict[str, object], says: str
) -> None:
    assert says in _page(administrator, "/subscriptions/add/", **(GIVEN | wrong))
    assert not Subscription.objects.exists()


def test_who_has_two_partnerships_says_which(administrator: Client, person: User) -> None:
    second = factories.a_house()
    access.add_member(team=second.clinic, user=person, role=Role.ADMINISTRATOR, by=None)

    asked = _page(administrator, "/subscriptions/add/", **GIVEN)
    chosen = str(second.partnership.pk)
    _page(administrator, "/subscriptions/add/", **GIVEN, partnership=chosen)

    assert "Choose a partnership" in asked
    assert Subscription.objects.get().partnership == second.partnership


def test_what_was_given_up_is_told_again(administrator: Client, house: factories.House) -> None:
    _page(administrator, "/subscriptions/add/", **GIVEN)
    _missed(house)
    made = Subscription.objects.get()
    before = _page(administrator, f"/subscriptions/{made.pk}/")
    (address,) = re.findall(r'action="(/announcements/[^"]+)"', before)

    after = _pressed(administrator, address)

    assert "The other program could not be reached." in before
    assert "It is told again within a minute" in after
    assert Announcement.objects.get().status == AnnouncementStatus.WAITING


def test_a_paused_program_is_seen_and_goes_on(administrator: Client) -> None:
    _page(administrator, "/subscriptions/add/", **GIVEN)
    Subscription.objects.update(paused_at=NOW, failures_in_a_row=25)
    made = Subscription.objects.get()

    assert "Paused: it did not answer." in _page(administrator, "/subscriptions/")
    assert "did not take 25 in a row" in _page(administrator, f"/subscriptions/{made.pk}/")
    _pressed(administrator, f"/subscriptions/{made.pk}/resume/")

    assert Subscription.objects.get().paused_at is None


def test_a_program_is_told_nothing_more(administrator: Client) -> None:
    _page(administrator, "/subscriptions/add/", **GIVEN)
    made = Subscription.objects.get()

    page = _pressed(administrator, f"/subscriptions/{made.pk}/end/")

    assert "It is told nothing more." in page
    assert "/secret/" not in page


def test_a_demonstration_tells_nobody(db: None, signed_in: AsPerson) -> None:
    house = factories.a_house(is_demonstration=True)
    client = signed_in(factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder"))

    assert "this one tells nobody" in _page(client, "/subscriptions/add/", **GIVEN)
