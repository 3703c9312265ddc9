"""The page of a case says how soon somebody should act, and why."""

import pytest
from django.test import Client

from letters.cases import actions as cases
from letters.cases.models import Case
from letters.law.facts import HealthCondition
from letters.law.hazards import Hazard
from tests import factories
from tests.web.conftest import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(house: factories.House) -> Case:
    """A patient of seven with nothing said of illness, in a home with pests."""
    case = factories.a_case(house)
    factories.report(house, case, hazard=Hazard.PESTS)
    return case


def _diagnosed(house: factories.House, case: Case, condition: HealthCondition) -> None:
    cases.record_diagnosis(
        case=case, condition=condition, basis="", severity="", treatment="", by=house.clinician
    )


def test_a_red_case_says_telephone_first_and_why(
    house: factories.House, clinician: Client, case: Case
) -> None:
    _diagnosed(house, case, HealthCondition.CYSTIC_FIBROSIS)

    page = words(clinician.get(f"/cases/{case.pk}/"))

    assert "Telephone first" in page
    assert "Somebody in the home has cystic fibrosis or aspergillosis." in page
    assert "think of safeguarding" in page


def test_an_amber_case_says_this_week_and_why(
    house: factories.House, clinician: Client, case: Case
) -> None:
    _diagnosed(house, case, HealthCondition.PREGNANCY)

    page = words(clinician.get(f"/cases/{case.pk}/"))

    assert "Telephone first" not in page
    assert "Write this week: somebody in the home is pregnant" in page


def test_a_green_case_says_as_usual(clinician: Client, case: Case) -> None:
    page = words(clinician.get(f"/cases/{case.pk}/"))

    assert "Write as usual" in page
    assert "Telephone first" not in page


def test_the_adviser_reads_it_too(house: factories.House, adviser: Client) -> None:
    case = factories.a_full_case(house)

    page = words(adviser.get(f"/cases/{case.pk}/"))

    assert "Telephone first, and write the same day" in page
    assert page.count("A child with asthma lives") == 1


def test_the_reasons_of_a_letter_say_how_soon(house: factories.House, clinician: Client) -> None:
    draft = factories.a_draft(house, factories.a_full_case(house))

    page = words(clinician.get(f"/letters/{draft.pk}/why/"))

    assert "Telephone first, and write the same day. The letter does not say so." in page
    assert "A child with asthma lives with damp or mould" in page
