"""What carriers call back with, over HTTP: believed only with the token."""

import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.delivery.vocabulary import CarrierName
from letters.incoming.asking.models import PhotographRequest
from letters.incoming.asking.sending import send_request
from tests import factories
from tests.factories import NOW
from tests.notify import CALLBACK_TOKEN, NotifyServer

ADDRESS = "/callbacks/notify/"


@pytest.fixture
def dispatch(house: factories.House, notify_server: NotifyServer) -> Dispatch:
    """An e-mail that Notify has."""
    factories.sends_by(house, email=CarrierName.NOTIFY)
    letter = factories.an_approved_letter(house)
    factories.with_files(letter)
    queued = delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.adviser, at=NOW)
    return delivery.deliver(dispatch_id=queued.pk, at=NOW)


def called(body: object, *, token: str = CALLBACK_TOKEN, **more: Any) -> int:
    raw = body if isinstance(body, (bytes, str)) else json.dumps(body)
    client = Client(enforce_csrf_checks=True)
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(ADDRESS, raw, content_type="application/json", headers=headers).status_code


def delivered(dispatch: Dispatch, notify_server: NotifyServer) -> dict[str, Any]:
    return notify_server.callback(notify_server.by_reference(dispatch.pk), "delivered")


def test_a_callback_is_kept_and_may_come_twice(
    dispatch: Dispatch, notify_server: NotifyServer
) -> None:
    body = delivered(dispatch, notify_server)

    assert [called(body), called(body)] == [204, 204]

    dispatch.refresh_from_db()
    assert dispatch.status == DispatchStatus.DELIVERED


def test_a_text_to_a_patient_that_failed_is_kept(
    house: factories.House, notify_server: NotifyServer
) -> None:
    asked = factories.a_photograph_request(
        house,
        factories.a_full_case(house),
        way=PhotographRequest.Way.TEXT,
        address="07700 900123",
    )
    send_request(request_id=asked.pk, at=NOW)
    taken = notify_server.by_reference(asked.pk)

    assert called(notify_server.callback(taken, "permanent-failure")) == 204

    asked.refresh_from_db()
    assert asked.has_failed


def test_two_tokens_hold_while_one_takes_the_others_place(
    dispatch: Dispatch, notify_server: NotifyServer, settings: LazySettings
) -> None:
    settings.NOTIFY_CALLBACK_TOKENS = ("the-new-one-of-two-tokens", CALLBACK_TOKEN)
    body = delivered(dispatch, notify_server)

    assert called(body) == 204
    assert called(body, token="the-new-one-of-two-tokens") == 204  # noqa: S106 - opens nothing


@pytest.mark.parametrize("token", ["", "wrong", CALLBACK_TOKEN[:-1], CALLBACK_TOKEN + "x", "ü"])
def test_nothing_is_believed_without_the_token(
    db: None, notify_server: NotifyServer, token: str
) -> None:
    assert called({}, token=token) == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'{"status": NaN}', 400),
        (b'{"status": "a", "status": "b"}', 400),
        (b"[" * 5000, 400),
        (b"\xff\xfe", 400),
        (b'{"reference": "' + b"x" * 20_000 + b'"}', 413),
        (b"{}", 204),
        (b'{"source_number": "447700900123", "message": "STOP", "id": "1"}', 204),
        (b'{"complaint_id": "1", "notification_id": "2"}', 204),
    ],
)
def test_what_else_comes_harms_nothing(
    db: None, notify_server: NotifyServer, body: bytes, status: int
) -> None:
    assert called(body) == status


def test_there_is_nothing_where_notify_is_not_used(db: None) -> None:
    assert called({}) == 404


def test_looking_is_not_calling(db: None, notify_server: NotifyServer) -> None:
    assert Client().get(ADDRESS).status_code == 405
