"""A letter is opened by whoever has the link and knows what only its reader knows."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from letters.access.errors import NotAllowed
from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.delivery import actions as delivery
from letters.delivery.links import actions as links
from letters.delivery.links.actions import LASTS, LOCKED_FOR, Opening
from letters.delivery.links.errors import LinkNotOffered
from letters.delivery.links.models import TRIES, LetterLink, LinkVisit
from letters.delivery.links.queries import Shut, link_by_token, url_of, why_shut
from letters.delivery.models import Channel, Dispatch, Receipt, Says, Source
from letters.issuing import actions as issuing
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
POSTCODE = "ZZ99 3CZ"


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def dispatch(house: factories.House) -> Dispatch:
    letter = factories.an_approved_letter(house)
    return delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW)


@pytest.fixture
def link(dispatch: Dispatch) -> LetterLink:
    links.link_url_for(dispatch, at=NOW)
    return LetterLink.objects.get()


def _opened(link: LetterLink, *, reference: str = "", postcode: str = POSTCODE) -> Opening:
    return _at(link, 0, reference=reference, postcode=postcode)


def _at(
    link: LetterLink, minutes: float, *, reference: str = "", postcode: str = POSTCODE
) -> Opening:
    return links.open_letter(
        link=link,
        reference=reference or link.dispatch.letter.case.reference,
        postcode=postcode,
        at=NOW + timedelta(minutes=minutes),
    )


def test_the_address_is_the_same_each_time(dispatch: Dispatch) -> None:
    first, again = (links.link_url_for(dispatch, at=NOW) for _ in "12")

    token = first.rstrip("/").rpartition("/")[2]
    page = reverse("letters:open_letter", kwargs={"token": token})
    assert first == again == settings.PUBLIC_URL + page
    assert link_by_token(token) == LetterLink.objects.get()


def test_the_token_is_kept_nowhere(link: LetterLink) -> None:
    token = url_of(link).rstrip("/").rpartition("/")[2]

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("letters_"):
                cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - our own names
                assert token not in str(cursor.fetchall()), table


@pytest.mark.parametrize("token", ["", "0" * 40, "x" * 40, "0" * 41, "%", "../letters"])
def test_what_is_no_token_opens_nothing(link: LetterLink, token: str) -> None:
    assert link_by_token(token) is None


@pytest.mark.parametrize("postcode", [POSTCODE, "zz993cz", " Zz99  3c z "])
def test_a_postcode_may_be_written_in_any_way(link: LetterLink, postcode: str) -> None:
    reference = link.dispatch.letter.case.reference.lower().replace("-", " ")

    assert _opened(link, reference=reference, postcode=postcode) is Opening.OPENED


def test_opening_is_proof_that_it_came(link: LetterLink) -> None:
    for _ in "12":
        assert _opened(link) is Opening.OPENED

    receipt = Receipt.objects.get()
    assert (receipt.dispatch, receipt.says, receipt.source) == (
        link.dispatch,
        Says.OPENED,
        Source.LINK,
    )
    assert receipt.happened_at == NOW
    assert LinkVisit.objects.filter(outcome="opened").count() == 2


@pytest.mark.parametrize(
    ("reference", "postcode"),
    [("AAAA-AAAA", POSTCODE), ("", "ZZ99 3CY"), ("é", POSTCODE), (POSTCODE, "")],
)
def test_who_knows_only_half_is_kept_out(link: LetterLink, reference: str, postcode: str) -> None:
    assert _opened(link, reference=reference, postcode=postcode) is Opening.REFUSED
    assert not Receipt.objects.exists()


def test_guessing_shuts_the_page_for_a_while(link: LetterLink) -> None:
    wrong = [_opened(link, postcode="ZZ99 3CY") for _ in range(TRIES)]

    assert wrong == [Opening.REFUSED] * (TRIES - 1) + [Opening.LOCKED]
    assert _opened(link) is Opening.LOCKED, "also for who is right"
    assert _at(link, LOCKED_FOR / timedelta(minutes=1)) is Opening.OPENED
    assert LinkVisit.objects.count() == TRIES + 1


def test_whoever_goes_on_guessing_waits_longer(link: LetterLink) -> None:
    hour = LOCKED_FOR / timedelta(minutes=1)
    for minutes in (0, hour):
        for _ in range(TRIES):
            _at(link, minutes, postcode="ZZ99 3CY")

    assert _at(link, hour * 2) is Opening.LOCKED
    assert _at(link, hour * 3) is Opening.OPENED


def test_a_right_try_gives_the_others_back(link: LetterLink) -> None:
    for _ in range(3):
        for _ in range(TRIES - 1):
            assert _opened(link, postcode="ZZ99 3CY") is Opening.REFUSED
        assert _opened(link) is Opening.OPENED


def test_after_half_a_year_it_is_shut(link: LetterLink) -> None:
    assert why_shut(link, NOW + LASTS - timedelta(minutes=1)) in (None, Shut.NOT_AGREED)
    assert why_shut(link, NOW + LASTS) is Shut.EXPIRED


def test_a_withdrawn_letter_is_shut(link: LetterLink, house: factories.House) -> None:
    issuing.withdraw_letter(letter=link.dispatch.letter, by=house.clinician, at=NOW)

    link.refresh_from_db()
    assert why_shut(link, NOW) is Shut.WITHDRAWN
    assert _opened(link) is Opening.REFUSED


def test_consent_counts_when_it_is_opened(link: LetterLink, house: factories.House) -> None:
    cases.withdraw_consent(case=link.dispatch.letter.case, reason="", by=house.clinician, at=NOW)

    assert why_shut(link, NOW) is Shut.NOT_AGREED
    assert _opened(link) is Opening.REFUSED


def test_a_stopped_dispatch_is_shut(link: LetterLink, house: factories.House) -> None:
    delivery.cancel_dispatch(dispatch=link.dispatch, by=house.clinician, at=NOW)

    link.dispatch.refresh_from_db()
    assert why_shut(link, NOW) is Shut.STOPPED


def test_a_new_link_shuts_the_old(link: LetterLink, house: factories.House) -> None:
    new = links.renew_link(dispatch=link.dispatch, by=house.adviser, at=NOW)

    link.refresh_from_db()
    assert why_shut(link, NOW) is Shut.ENDED
    assert _opened(new) is Opening.OPENED
    assert url_of(new) != url_of(link)
    assert links.link_url_for(link.dispatch, at=NOW) == url_of(new)


def test_what_somebody_ended_is_not_sent_again(link: LetterLink, house: factories.House) -> None:
    for _ in "12":
        links.end_link(dispatch=link.dispatch, by=house.adviser, at=NOW)

    link.refresh_from_db()
    assert why_shut(link, NOW) is Shut.ENDED
    assert links.link_url_for(link.dispatch, at=NOW) == ""
    assert AuditEvent.objects.filter(verb="end_link").count() == 1


def test_ending_takes_the_right_to_send(link: LetterLink, house: factories.House) -> None:
    with pytest.raises(NotAllowed):
        links.end_link(dispatch=link.dispatch, by=house.evaluator, at=NOW)


def test_a_stopped_dispatch_gets_no_new_link(link: LetterLink, house: factories.House) -> None:
    delivery.cancel_dispatch(dispatch=link.dispatch, by=house.clinician, at=NOW)

    with pytest.raises(LinkNotOffered):
        links.renew_link(dispatch=link.dispatch, by=house.adviser, at=NOW)
