"""A person brings to an end what is in trouble on its way."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from tests import factories
from tests.web.conftest import AsPerson, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house, at=timezone.now() - timedelta(hours=1))
    return house


@pytest.fixture
def dispatch(house: factories.House) -> Dispatch:
    """Sent an hour ago; the tests say what became of it."""
    at = timezone.now() - timedelta(hours=1)
    letter = factories.an_approved_letter(house, at=at)
    return delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.clinician, at=at)


@pytest.fixture
def adviser(house: factories.House, signed_in: AsPerson) -> Client:
    return signed_in(house.adviser)


def _left(dispatch: Dispatch, status: DispatchStatus, **more: object) -> None:
    now = timezone.now()
    fields = {"next_try_at": None, "sent_at": now, "lease_until": None} | more
    Dispatch.objects.filter(pk=dispatch.pk).update(status=status, **fields)


def _choose(client: Client, dispatch: Dispatch, way: str) -> str:
    response = client.post(f"/operations/dispatches/{dispatch.pk}/", {"way": way}, follow=True)
    assert response.status_code == 200
    dispatch.refresh_from_db()
    return words(response)


@pytest.mark.parametrize(
    ("status", "way", "ends"),
    [
        (DispatchStatus.UNKNOWN, "arrived", DispatchStatus.ACCEPTED),
        (DispatchStatus.UNKNOWN, "again", DispatchStatus.QUEUED),
        (DispatchStatus.UNKNOWN, "stop", DispatchStatus.CANCELLED),
        (DispatchStatus.FAILED, "again", DispatchStatus.QUEUED),
        (DispatchStatus.RETURNED, "take_back", DispatchStatus.ACCEPTED),
    ],
)
def test_what_is_in_trouble_is_brought_to_an_end(
    adviser: Client, dispatch: Dispatch, status: DispatchStatus, way: str, ends: DispatchStatus
) -> None:
    _left(dispatch, status)
    assert dispatch.letter.case.reference in words(adviser.get("/operations/"))

    page = _choose(adviser, dispatch, way)

    assert dispatch.status == ends
    assert "None: every letter that was sent has gone" in page


@pytest.mark.parametrize("status", [DispatchStatus.RETURNED, DispatchStatus.FAILED])
def test_what_is_dealt_with_elsewhere_no_longer_waits(
    adviser: Client, dispatch: Dispatch, status: DispatchStatus
) -> None:
    _left(dispatch, status)

    page = _choose(adviser, dispatch, "leave")

    assert dispatch.settled_at is not None
    assert "None: every letter that was sent has gone" in page


def test_what_is_stuck_is_taken_up_now(adviser: Client, dispatch: Dispatch) -> None:
    assert "Stuck" in words(adviser.get("/operations/"))

    _choose(adviser, dispatch, "now")

    assert dispatch.status == DispatchStatus.QUEUED
    assert dispatch.next_try_at is not None
    assert dispatch.next_try_at > timezone.now() - timedelta(minutes=1)


def test_what_a_dead_worker_holds_is_freed(adviser: Client, dispatch: Dispatch) -> None:
    past = timezone.now() - timedelta(seconds=1)
    _left(dispatch, DispatchStatus.CLAIMED, lease_until=past)

    _choose(adviser, dispatch, "now")

    assert dispatch.status == DispatchStatus.QUEUED


def test_what_a_worker_holds_is_not_taken_from_it(adviser: Client, dispatch: Dispatch) -> None:
    _left(dispatch, DispatchStatus.CLAIMED, lease_until=timezone.now() + timedelta(minutes=4))

    response = adviser.post(f"/operations/dispatches/{dispatch.pk}/", {"way": "now"})

    dispatch.refresh_from_db()
    assert dispatch.status == DispatchStatus.CLAIMED
    assert "a worker is sending it now" in words(response)


def test_a_way_that_there_is_not_changes_nothing(adviser: Client, dispatch: Dispatch) -> None:
    _left(dispatch, DispatchStatus.ACCEPTED)

    response = adviser.post(f"/operations/dispatches/{dispatch.pk}/", {"way": "again"})

    dispatch.refresh_from_db()
    assert (response.status_code, dispatch.status) == (422, DispatchStatus.ACCEPTED)


def test_a_way_that_is_held_back_is_told(adviser: Client) -> None:
    factories.a_carrier_pause(at=timezone.now())

    page = words(adviser.get("/operations/"))

    assert "Nothing goes by GOV.UK Notify, " in page
    assert "refused this service&#39;s sign-in" in page


def test_another_partnerships_letter_is_not_there(
    dispatch: Dispatch, signed_in: AsPerson, house: factories.House
) -> None:
    _left(dispatch, DispatchStatus.UNKNOWN)
    stranger = signed_in(factories.a_house().adviser)

    assert "None: every letter" in words(stranger.get("/operations/"))
    address = f"/operations/dispatches/{dispatch.pk}/"
    assert stranger.post(address, {"way": "again"}).status_code == 404
