"""Law and wording as they stand, and who stands for them."""

import pytest
from django.test import Client

from letters.issuing.models import SignOff
from letters.issuing.sources import legal_digest
from letters.law.jurisdictions import Jurisdiction
from tests import factories
from tests.web.conftest import AsPerson, words

REVIEW = {"review_by-day": "1", "review_by-month": "5", "review_by-year": "2027"}


@pytest.fixture
def unsigned(db: None) -> factories.House:
    return factories.a_house()


@pytest.fixture
def reviewer(unsigned: factories.House, signed_in: AsPerson) -> Client:
    return signed_in(unsigned.reviewer)


def _sign(client: Client, house: factories.House, **given: str) -> str:
    address = f"/sign-offs/{house.partnership.pk}/england/sign/"
    return words(client.post(address, REVIEW | given))


def test_the_page_says_that_no_lawyer_has_reviewed_it(reviewer: Client) -> None:
    page = words(reviewer.get("/sign-offs/"))

    assert "No lawyer has reviewed it as it is shipped" in page
    assert "Not signed as it stands now" in page
    assert legal_digest(Jurisdiction.ENGLAND) in page
    assert "Doubt D" in page


def test_two_people_stand_for_the_law(
    unsigned: factories.House, reviewer: Client, signed_in: AsPerson
) -> None:
    _sign(reviewer, unsigned)
    sign_off = SignOff.objects.get()
    assert "waits for a second person" in words(reviewer.get("/sign-offs/"))

    second = signed_in(unsigned.second_reviewer)
    second.post(f"/sign-offs/{sign_off.pk}/confirm/")

    assert "Signed and confirmed" in words(second.get("/sign-offs/"))


def test_the_one_who_signed_cannot_confirm(unsigned: factories.House, reviewer: Client) -> None:
    _sign(reviewer, unsigned)

    page = words(reviewer.post(f"/sign-offs/{SignOff.objects.get().pk}/confirm/"))

    assert "Ask a second reviewer: the one who signed cannot confirm" in page


def test_a_review_day_beyond_a_year_is_refused(unsigned: factories.House, reviewer: Client) -> None:
    page = _sign(reviewer, unsigned, **{"review_by-year": "2031"})

    assert "Enter a review day after today, within a year" in page
    assert 'value="2031"' in page


def test_it_is_signed_once(unsigned: factories.House, reviewer: Client) -> None:
    _sign(reviewer, unsigned)

    assert "Nothing to do: this has been signed" in _sign(reviewer, unsigned)


def test_a_nation_without_law_is_not_found(unsigned: factories.House, reviewer: Client) -> None:
    for nation in ("scotland", "atlantis"):
        assert (
            reviewer.get(f"/sign-offs/{unsigned.partnership.pk}/{nation}/sign/").status_code == 404
        )


def test_a_clinician_reads_but_does_not_sign(house: factories.House, clinician: Client) -> None:
    assert "Sign it" not in words(clinician.get("/sign-offs/"))
    assert clinician.get(f"/sign-offs/{house.partnership.pk}/england/sign/").status_code == 403
