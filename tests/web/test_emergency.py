"""The pages on which a clinician opens another team's cases in an emergency, and on which an
administrator looks at it later."""

import pytest
from django.test import Client

from letters.cases.models import Case
from tests import factories
from tests.web.conftest import AsPerson, words


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_case(house)


@pytest.fixture
def colleague(house: factories.House, signed_in: AsPerson) -> Client:
    return signed_in(factories.a_colleague(house))


def _opened(client: Client, case: Case) -> str:
    """The page after a reason was given."""
    given = {"reason": "On the ward, and afraid."}
    return words(client.post(_address(case), given, follow=True))


def _address(case: Case) -> str:
    return f"/patients/{case.patient_id}/emergency/"


def test_a_search_offers_it_without_telling_whether_there_is_a_case(
    colleague: Client, case: Case
) -> None:
    found = words(colleague.post("/start/", {"nhs_number": case.patient.nhs_number}))
    asked = words(colleague.get(_address(case)))

    assert _address(case) in found
    assert case.reference not in found + asked


def test_the_case_is_seen_until_it_is_ended(colleague: Client, case: Case) -> None:
    assert colleague.get(f"/cases/{case.pk}/").status_code == 404

    page = _opened(colleague, case)

    assert case.reference in page
    assert colleague.get(f"/cases/{case.pk}/").status_code == 200
    colleague.post(f"{_address(case)}end/")
    assert colleague.get(f"/cases/{case.pk}/").status_code == 404


def test_without_a_reason_nothing_opens(colleague: Client, case: Case) -> None:
    page = words(colleague.post(_address(case), {"reason": " "}))

    assert "Say why you need to see this now" in page
    assert colleague.get(f"/cases/{case.pk}/").status_code == 404


def test_the_team_reads_who_it_was_and_what_was_found(
    house: factories.House, clinician: Client, colleague: Client, case: Case, signed_in: AsPerson
) -> None:
    _opened(colleague, case)
    administrator = signed_in(factories.an_administrator(house))
    listed = words(administrator.get("/emergencies/"))
    (link,) = [part for part in listed.split('"') if part.startswith("/emergencies/")]
    administrator.post(link, {"finding": "not_justified", "note": "Spoken to them."})

    page = words(clinician.get(f"/cases/{case.pk}/chronology/?kind=emergencies"))

    assert case.patient.name not in listed
    assert "On the ward, and afraid." in listed
    assert "On the ward, and afraid." in page
    assert "there was no reason to look" in page
    assert "Spoken to them." in page
    assert "Nothing waits to be reviewed" in words(administrator.get("/emergencies/"))
