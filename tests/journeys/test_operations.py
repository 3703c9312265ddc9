"""An operator brings to an end, in the browser, what is in trouble on its way.

`HJP_PICTURES=docs/images` keeps the pictures that docs/running.md shows.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from tests import factories
from tests.journeys.pages import Walk

pytestmark = pytest.mark.browser
_NONE = "None: every letter that was sent has gone"


def _sent(house: factories.House, *, at: datetime) -> Dispatch:
    letter = factories.an_approved_letter(house, at=at)
    return delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.clinician, at=at)


def _in_trouble(house: factories.House) -> None:
    """One letter in each state that a person may have to see."""
    ago = timezone.now() - timedelta(hours=2)
    now = timezone.now()
    states: list[dict[str, object]] = [
        {"status": DispatchStatus.QUEUED, "next_try_at": ago},
        {
            "status": DispatchStatus.UNKNOWN,
            "reason": "server_fell_silent",
            "next_try_at": None,
            "may_be_there": True,
        },
        {
            "status": DispatchStatus.RETURNED,
            "reason": "mailbox_unknown",
            "next_try_at": None,
            "sent_at": ago,
        },
        {
            "status": DispatchStatus.FAILED,
            "reason": "recipient_refused",
            "next_try_at": None,
            "attempts": 1,
        },
        {
            "status": DispatchStatus.QUEUED,
            "reason": "server_out_of_reach",
            "next_try_at": now + timedelta(minutes=20),
            "attempts": 4,
        },
    ]
    for state in states:
        dispatch = _sent(house, at=ago)
        Dispatch.objects.filter(pk=dispatch.pk).update(**state)


def _keep_picture(walk: Walk, name: str) -> None:
    if folder := os.environ.get("HJP_PICTURES"):
        walk.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_an_operator_sees_every_kind_of_trouble(walk: Walk, house: factories.House) -> None:
    _in_trouble(house)
    walk.sign_in(house.adviser)

    walk.go("/operations/")

    titles = walk.page.locator("main h2").all_inner_texts()
    assert titles == [
        "Stuck",
        "Not known whether they went",
        "Came back",
        "Refused for good",
        "Refused for now",
    ]
    _keep_picture(walk, "operations")
    walk.page.set_viewport_size({"width": 375, "height": 800})
    walk.go("/operations/")
    _keep_picture(walk, "operations-telephone")


def test_an_operator_brings_each_to_an_end(narrow_walk: Walk, house: factories.House) -> None:
    _in_trouble(house)
    Dispatch.objects.filter(status=DispatchStatus.QUEUED, attempts__gt=0).update(
        status=DispatchStatus.CANCELLED, next_try_at=None
    )
    narrow_walk.sign_in(house.adviser)
    narrow_walk.go("/operations/")

    narrow_walk.press("Stop it")  # the stuck one stands first
    narrow_walk.press("It came: count it as sent")
    narrow_walk.press("I deal with it elsewhere")  # the returned one
    narrow_walk.press("I deal with it elsewhere")  # the refused one

    assert _NONE in narrow_walk.words
    ended = Dispatch.objects.values_list("status", flat=True).order_by("status")
    assert list(ended) == ["accepted", "cancelled", "cancelled", "failed", "returned"]
