"""A day at a clinic's printer: letters put together, one printed file, ticked off on a phone."""

from datetime import timedelta

from django.utils import timezone

from letters.delivery import actions as delivery
from letters.delivery.batches.making import make_batch
from letters.delivery.batches.models import PrintBatch
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.delivery.pauses import CarrierPause
from letters.delivery.rules import rules_of
from tests import factories
from tests.journeys.pages import Walk


def _ready(house: factories.House) -> Dispatch:
    at = timezone.now()
    letter = factories.with_files(factories.an_approved_letter(house, at=at))
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.DOWNLOAD, by=house.clinician, at=at
    )
    return delivery.deliver(dispatch_id=queued.pk, at=at)


def test_letters_are_printed_and_ticked_off(narrow_walk: Walk, house: factories.House) -> None:
    two = [_ready(house), _ready(house)]
    walk = narrow_walk
    walk.sign_in(house.clinician)

    walk.go("/batches/")
    walk.press("Put them together")
    make_batch(batch_id=PrintBatch.objects.get().pk, at=timezone.now())
    walk.follow("Look again")
    assert "Download to print" in walk.words
    walk.press("Record posting")

    for dispatch in two:
        dispatch.refresh_from_db()
        assert dispatch.status == DispatchStatus.POSTED


def test_sending_is_decided(narrow_walk: Walk, house: factories.House) -> None:
    at = timezone.now()
    CarrierPause.objects.create(
        carrier="notify",
        channel="post",
        reason="daily_limit",
        since=at,
        until=at + timedelta(hours=1),
    )
    walk = narrow_walk
    walk.sign_in(factories.an_administrator(house))
    walk.go("/sending-rules/")
    assert "Held back now" in walk.words

    walk.follow(house.partnership.name)
    walk.choose("Letters that are printed and posted for us go", "Second class")
    walk.press("Save")

    rules = rules_of(house.partnership)
    assert rules is not None
    assert rules.postage == "second"
