"""How letters are sent, decided on a page; batches printed and ticked off; signed-for post."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from letters.delivery import actions as delivery
from letters.delivery.batches.making import make_batch
from letters.delivery.batches.models import PrintBatch
from letters.delivery.fallbacks import fall_back
from letters.delivery.models import Channel, Dispatch, DispatchStatus, Receipt, Says
from letters.delivery.rules import Fallback, rules_of
from letters.delivery.vocabulary import CarrierName, Postage, When
from tests import factories, servers
from tests.factories import NOW
from tests.notify import NotifyServer
from tests.web.conftest import AsPerson, words


@pytest.fixture
def administrator(house: factories.House, signed_in: AsPerson) -> Client:
    return signed_in(factories.an_administrator(house))


def waiting(house: factories.House) -> Dispatch:
    """A letter that is ready to be printed."""
    letter = factories.with_files(factories.an_approved_letter(house))
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.DOWNLOAD, by=house.clinician, at=NOW
    )
    return delivery.deliver(dispatch_id=queued.pk, at=NOW)


def today(**more: object) -> dict[str, Any]:
    day = {"posted_on-day": NOW.day, "posted_on-month": NOW.month, "posted_on-year": NOW.year}
    return {**day, **more}


# rules


def test_an_administrator_decides_how_letters_are_sent(
    administrator: Client, house: factories.House, notify_server: NotifyServer
) -> None:
    path = f"/sending-rules/{house.partnership.pk}/"
    assert f'href="{path}"' in words(administrator.get("/sending-rules/"))

    response = administrator.post(
        path,
        {
            "email_carrier": "notify",
            "postage": "second",
            "undo_seconds": "120",
            "email_refused": "post",
            "email_returned": "nowhere",
            "download_returned": "email",
        },
    )

    assert response["Location"] == "/sending-rules/"
    rules = rules_of(house.partnership)
    assert rules is not None
    assert (rules.email_carrier, rules.postage) == (CarrierName.NOTIFY, Postage.SECOND)
    assert rules.undo_seconds == 120
    assert rules.ways_on == (
        Fallback(channel=Channel.EMAIL, when=When.REFUSED, to=Channel.POST),
        Fallback(channel=Channel.DOWNLOAD, when=When.RETURNED, to=Channel.EMAIL),
    )
    page = words(administrator.get(path))
    assert re.search(r'value="second" checked', page)
    assert 'value="post" selected' in page


def test_no_carrier_is_offered_that_is_not_there(
    administrator: Client, house: factories.House, settings: LazySettings
) -> None:
    path = f"/sending-rules/{house.partnership.pk}/"
    assert "Our mail server" in words(administrator.get(path))
    assert "GOV.UK Notify" not in words(administrator.get(path))
    settings.EMAIL_CONFIGURED = False

    assert "E-mails go by" not in words(administrator.get(path))


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"undo_seconds": "7200"}, "must be a whole number between 0 and 3600"),
        ({"email_refused": "email"}, "Choose one of the answers"),
        ({"post_refused": "download"}, "Choose one of the answers"),
        ({"postage": "signed_for"}, "Choose one of the answers"),
    ],
)
def test_what_cannot_be_is_said_beside_it(
    administrator: Client, house: factories.House, sent: dict[str, str], says: str
) -> None:
    page = words(administrator.post(f"/sending-rules/{house.partnership.pk}/", sent))

    assert says in page
    assert rules_of(house.partnership) is None


def test_others_are_told_whom_to_ask(clinician: Client, adviser: Client) -> None:
    for client in (clinician, adviser):
        assert client.get("/sending-rules/").status_code == 403
        assert "Sending</a>" not in words(client.get("/batches/"))


def test_what_is_held_back_is_shown_and_let_go(
    administrator: Client, house: factories.House
) -> None:
    held = factories.a_carrier_pause()
    page = words(administrator.get("/sending-rules/"))
    assert "Held back now" in page
    assert "refused this service&#39;s sign-in" in page

    administrator.post(f"/carrier-pauses/{held.pk}/end/")

    assert "Held back now" not in words(administrator.get("/sending-rules/"))


# sending


def test_a_letter_can_be_printed_for_us_once_a_class_is_chosen(
    clinician: Client, house: factories.House, notify_server: NotifyServer
) -> None:
    letter = factories.with_files(factories.an_approved_letter(house))
    path = f"/letters/{letter.pk}/"
    assert "Printed and posted for us" not in words(clinician.get(path))
    factories.sends_by(house, postage=Postage.FIRST)
    assert "Printed and posted for us, first class" in words(clinician.get(path))

    clinician.post(f"{path}send/", {"channel": "post"})
    delivery.deliver(dispatch_id=Dispatch.objects.get().pk, at=NOW)

    page = words(clinician.get(path))
    assert "The printer has it since" in page
    assert "to go first class" in page


def test_a_letter_says_that_it_goes_another_way_and_why(
    clinician: Client, house: factories.House, mail_server: servers.MailServer
) -> None:
    to_paper = Fallback(channel=Channel.EMAIL, when=When.REFUSED, to=Channel.DOWNLOAD)
    factories.sends_by(house, fallbacks=[to_paper])
    mail_server.mood = servers.Mood.REFUSES
    letter = factories.with_files(factories.an_approved_letter(house))
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW - timedelta(minutes=1)
    )
    refused = delivery.deliver(dispatch_id=queued.pk, at=NOW)

    other = fall_back(dispatch=refused, at=NOW)
    assert other is not None
    delivery.deliver(dispatch_id=other.pk, at=NOW)

    page = words(clinician.get(f"/letters/{letter.pk}/"))
    assert "in place of one that went another way (e-mail)" in page
    assert "does not know the address" in page


def test_post_that_is_signed_for_is_followed(clinician: Client, house: factories.House) -> None:
    dispatch = waiting(house)
    path = f"/dispatches/{dispatch.pk}/"
    wrong = today(postage="signed_for", tracking_number="RR 4731 2482 8GB")
    assert "a digit is wrong or missing" in words(clinician.post(f"{path}posted/", wrong))

    clinician.post(
        f"{path}posted/", today(postage="signed_for", tracking_number="RR 4731 2482 9GB")
    )
    page = words(clinician.get(f"/letters/{dispatch.letter_id}/"))
    assert "signed for, number RR473124829GB" in page
    day = {"signed_on-day": NOW.day, "signed_on-month": NOW.month, "signed_on-year": NOW.year}
    late = day | {"signed_on-year": NOW.year + 1}
    assert "not after" in words(clinician.post(f"{path}signed-for/", late))
    clinician.post(f"{path}signed-for/", day)

    dispatch.refresh_from_db()
    assert dispatch.status == DispatchStatus.DELIVERED
    assert Receipt.objects.get().says == Says.SIGNED_FOR
    assert "Signed for" in words(clinician.get(f"/letters/{dispatch.letter_id}/"))


# batches


def test_a_batch_is_put_together_printed_and_ticked_off(
    clinician: Client, house: factories.House
) -> None:
    first, second = waiting(house), waiting(house)
    assert "2 letters wait" in words(clinician.get("/batches/"))

    response = clinician.post(f"/batches/make/{house.clinic.pk}/")
    batch = PrintBatch.objects.get()
    path = f"/batches/{batch.pk}/"
    assert response["Location"] == path
    assert "Being made" in words(clinician.get(path))
    assert clinician.get(f"{path}pages/").status_code == 409
    make_batch(batch_id=batch.pk, at=NOW)

    page = words(clinician.get(path))
    assert f'href="{path}pages/"' in page
    pdf = clinician.get(f"{path}pages/")
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Disposition"] == 'attachment; filename="letters-2026-11-23-1.pdf"'
    ticked = re.findall(r'name="items" type="checkbox" value="([^"]+)" checked', page)
    assert len(ticked) == 2
    clinician.post(path, today(items=ticked[:1]))

    states = {each.status for each in Dispatch.objects.filter(pk__in=(first.pk, second.pk))}
    assert states == {DispatchStatus.POSTED, DispatchStatus.READY}
    page = words(clinician.get(path))
    assert page.count('name="items"') == 1
    assert "Posted" in page


def test_nothing_ticked_is_said(clinician: Client, house: factories.House) -> None:
    waiting(house)
    clinician.post(f"/batches/make/{house.clinic.pk}/")
    batch = make_batch(batch_id=PrintBatch.objects.get().pk, at=NOW)

    page = words(clinician.post(f"/batches/{batch.pk}/", today()))

    assert "Tick at least one" in page
    assert "There is a problem" in page


def test_a_batch_of_nothing_says_so(clinician: Client, house: factories.House) -> None:
    page = words(clinician.post(f"/batches/make/{house.clinic.pk}/"))

    assert "There is nothing to print" in page


def test_a_batch_that_could_not_be_made_says_so(clinician: Client, house: factories.House) -> None:
    waiting(house)
    clinician.post(f"/batches/make/{house.clinic.pk}/")
    PrintBatch.objects.update(status="failed", reason="not_rendered")

    page = words(clinician.get(f"/batches/{PrintBatch.objects.get().pk}/"))

    assert "Could not be made" in page
    assert "Tell whoever runs this service" in page


def test_a_batch_is_found_by_its_own_team(
    adviser: Client, clinician: Client, house: factories.House
) -> None:
    waiting(house)
    clinician.post(f"/batches/make/{house.clinic.pk}/")
    path = f"/batches/{PrintBatch.objects.get().pk}/"

    for address in (path, f"{path}pages/"):
        assert adviser.get(address).status_code == 404
    assert adviser.post(f"/batches/make/{house.clinic.pk}/").status_code == 404
