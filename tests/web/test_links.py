"""What those who sent a letter see of the page on which its reader opens it."""

import html

import pytest
from django.test import Client

from letters.delivery import actions as delivery
from letters.delivery.links import actions as links
from letters.delivery.links.models import LetterLink
from letters.delivery.models import Channel, Dispatch
from tests import factories
from tests.factories import NOW
from tests.web.conftest import words


@pytest.fixture
def dispatch(house: factories.House) -> Dispatch:
    letter = factories.an_approved_letter(house)
    return delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW)


def _page(client: Client, dispatch: Dispatch) -> str:
    return html.unescape(words(client.get(f"/dispatches/{dispatch.pk}/link/")))


def test_a_letter_that_was_opened_says_when(adviser: Client, dispatch: Dispatch) -> None:
    url = links.link_url_for(dispatch, at=NOW)
    link = LetterLink.objects.get()
    reference = dispatch.letter.case.reference
    links.open_letter(link=link, reference=reference, postcode="ZZ99 3CY", at=NOW)
    links.open_letter(link=link, reference=reference, postcode="ZZ99 3CZ", at=NOW)

    page = _page(adviser, dispatch)

    assert url in page
    assert "It can be opened until" in page
    assert "Opened the letter, " in page
    assert "Gave another reference or postcode, " in page


def test_a_link_is_made_changed_and_ended(adviser: Client, dispatch: Dispatch) -> None:
    assert "There is no link to this letter." in _page(adviser, dispatch)

    for _ in "12":
        adviser.post(f"/dispatches/{dispatch.pk}/link/renew/")
    assert [link.number for link in LetterLink.objects.filter(ended_at=None)] == [2]

    adviser.post(f"/dispatches/{dispatch.pk}/link/end/")
    assert "There is no link to this letter." in _page(adviser, dispatch)


def test_a_stopped_letter_gets_no_link(
    adviser: Client, dispatch: Dispatch, house: factories.House
) -> None:
    delivery.cancel_dispatch(dispatch=dispatch, by=house.clinician, at=NOW)

    response = adviser.post(f"/dispatches/{dispatch.pk}/link/renew/")

    assert "this one has no page to open it on" in html.unescape(words(response))


def test_the_letter_leads_there(adviser: Client, dispatch: Dispatch) -> None:
    page = words(adviser.get(f"/letters/{dispatch.letter_id}/"))

    assert f"/dispatches/{dispatch.pk}/link/" in page
