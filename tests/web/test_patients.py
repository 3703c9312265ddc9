"""A patient is looked for before anything is created."""

import pytest
from django.test import Client

from letters.cases.models import Case, Landlord, Patient
from letters.law.tenures import Agreement, LandlordKind, Tenure
from letters.tracking.models import Deadline
from tests import factories
from tests.factories import NOW
from tests.web.conftest import posted, words

_NEW = {
    "name": "Ada Specimen",
    "date_of_birth-day": "1",
    "date_of_birth-month": "2",
    "date_of_birth-year": "1960",
    "nhs_number": "",
}


@pytest.fixture
def landlord(house: factories.House) -> Landlord:
    return factories.a_landlord(house)


@pytest.fixture
def home(house: factories.House, landlord: Landlord) -> dict[str, str]:
    return {
        "address": "1 Sample Court\r\nExampleton",
        "postcode": "zz99 3cz",
        "jurisdiction": "england",
        "tenure": "council_tenancy",
        "landlord": str(landlord.pk),
        "tenant": "patient",
        "tenant_name": "",
        "tenancy_reference": "",
        "advice_team": str(house.agency.pk),
    }


def _patient(client: Client) -> Patient:
    client.post("/patients/register/", _NEW)
    return Patient.objects.get()


def test_an_open_case_is_shown_first(house: factories.House, clinician: Client) -> None:
    letter = posted(house, at=NOW).letter
    number = letter.case.patient.nhs_number

    page = words(clinician.post("/start/", {"nhs_number": number}))

    due = Deadline.objects.filter(letter=letter).order_by("due_at")[0].due_at
    assert "Patient found" in page
    assert f"/cases/{letter.case.pk}/" in page
    assert f"next date {due.day}" in page


def test_a_name_is_found_whatever_its_case_and_spaces(
    house: factories.House, clinician: Client
) -> None:
    factories.a_case(house)
    asked = {"name": "maya  SAMPLETON", "date_of_birth-day": "4"}
    asked |= {"date_of_birth-month": "3", "date_of_birth-year": "2019"}

    assert "Patient found" in words(clinician.post("/start/", asked))


def test_nobody_of_another_partnership_is_found(clinician: Client, house: factories.House) -> None:
    other = factories.a_case(factories.a_house())

    page = words(clinician.post("/start/", {"nhs_number": other.patient.nhs_number}))

    assert "No patient found" in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "Enter an NHS number, or a name and date of birth"),
        ({"name": "Maya Sampleton"}, "Enter the date of birth as well as the name"),
        ({"nhs_number": "999 000 0019"}, "Check the NHS number"),
    ],
)
def test_a_search_that_cannot_be_made_says_why(
    clinician: Client, asked: dict[str, str], says: str
) -> None:
    page = words(clinician.post("/start/", asked))

    assert "There is a problem" in page
    assert says in page
    assert asked.get("nhs_number", "") in page


def test_the_same_nhs_number_twice_is_refused(house: factories.House, clinician: Client) -> None:
    number = factories.a_case(house).patient.nhs_number

    page = words(clinician.post("/patients/register/", _NEW | {"nhs_number": number}))

    assert "somebody with that NHS number is here already" in page
    assert 'value="Ada Specimen"' in page


def test_a_case_is_opened_for_the_home(
    house: factories.House, clinician: Client, home: dict[str, str]
) -> None:
    patient = _patient(clinician)

    clinician.post(f"/patients/{patient.pk}/cases/open/", home)

    tenancy = Case.objects.get().tenancy
    assert tenancy.home.address == ["1 Sample Court", "Exampleton"]
    assert tenancy.home.postcode == "ZZ99 3CZ"
    assert tenancy.tenant_name == "Ada Specimen"


@pytest.mark.parametrize(
    ("answers", "tenure", "agreement", "kind"),
    [
        (
            {"tenure": "private_tenancy"},
            Tenure.PRIVATE_TENANCY,
            Agreement.TENANCY,
            LandlordKind.PRIVATE_LANDLORD,
        ),
        (
            {"tenure": "temporary_accommodation", "temporary_agreement": "licence"}
            | {"temporary_kind": "not_known"},
            Tenure.TEMPORARY_ACCOMMODATION,
            Agreement.LICENCE,
            LandlordKind.NOT_KNOWN,
        ),
        (
            {"tenure": "other", "other_tenure": "shared_ownership", "other_kind": "council"},
            Tenure.SHARED_OWNERSHIP,
            Agreement.LEASE,
            LandlordKind.COUNCIL,
        ),
        (
            {"tenure": "other", "other_tenure": "owner_occupation"},
            Tenure.OWNER_OCCUPATION,
            Agreement.NONE,
            LandlordKind.NONE,
        ),
        (
            {"tenure": "not_known"},
            Tenure.NOT_KNOWN,
            Agreement.NOT_KNOWN,
            LandlordKind.NOT_KNOWN,
        ),
        (
            {"tenure": "housing_association_tenancy", "association_kind": "not_known"},
            Tenure.HOUSING_ASSOCIATION_TENANCY,
            Agreement.TENANCY,
            LandlordKind.NOT_KNOWN,
        ),
    ],
)
def test_five_buttons_say_what_the_law_asks(  # as many as the table above has columns
    clinician: Client,
    home: dict[str, str],
    answers: dict[str, str],
    tenure: Tenure,
    agreement: Agreement,
    kind: LandlordKind,
) -> None:
    patient = _patient(clinician)

    clinician.post(
        f"/patients/{patient.pk}/cases/open/", home | {"landlord": "not_known"} | answers
    )

    tenancy = Case.objects.get().tenancy
    assert (tenancy.tenure, tenancy.agreement) == (tenure, agreement)
    assert tenancy.landlord_kind == kind


@pytest.mark.parametrize(
    ("nation", "answers", "held"),
    [
        ("wales", {"tenure": "council_tenancy"}, "council_tenancy occupation_contract council"),
        (
            "northern_ireland",
            {"tenure": "council_tenancy"},
            "housing_executive_tenancy tenancy housing_executive",
        ),
        (
            "scotland",
            {"tenure": "housing_association_tenancy"},
            "housing_association_tenancy tenancy registered_provider",
        ),
        (
            "scotland",
            {"tenure": "private_tenancy", "private_kind": "not_known"},
            "private_tenancy tenancy not_known",
        ),
        (
            "wales",
            {"tenure": "other", "other_tenure": "lodging", "other_agreement": "licence"}
            | {"other_kind": "private_landlord"},
            "lodging licence private_landlord",
        ),
    ],
)
def test_a_button_means_what_the_nation_makes_of_it(
    clinician: Client, home: dict[str, str], nation: str, answers: dict[str, str], held: str
) -> None:
    patient = _patient(clinician)
    asked = home | {"landlord": "not_known", "jurisdiction": nation} | answers

    clinician.post(f"/patients/{patient.pk}/cases/open/", asked)

    tenancy = Case.objects.get().tenancy
    assert f"{tenancy.tenure} {tenancy.agreement} {tenancy.landlord_kind}" == held


def test_the_directory_knows_what_kind_of_landlord_it_is(
    house: factories.House, clinician: Client, home: dict[str, str]
) -> None:
    patient = _patient(clinician)
    answers = {"tenure": "temporary_accommodation", "temporary_agreement": "licence"}

    clinician.post(f"/patients/{patient.pk}/cases/open/", home | answers)

    assert Case.objects.get().tenancy.landlord_kind == LandlordKind.COUNCIL


def test_notice_is_asked_for_where_the_law_can_turn_on_it(
    clinician: Client, home: dict[str, str]
) -> None:
    patient = _patient(clinician)

    page = words(clinician.get(f"/patients/{patient.pk}/cases/open/"))

    assert "For homes in Scotland and Northern Ireland, where the law can turn on it" in page


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"postcode": "Exampleton"}, "Enter a full UK postcode"),
        ({"jurisdiction": ""}, "Choose the nation"),
        ({"jurisdiction": "atlantis"}, "Choose the nation"),
        (
            {"tenure": "housing_association_tenancy", "landlord": "not_known"},
            "Choose a housing association or other registered provider or a charity or company",
        ),
        ({"tenure": "temporary_accommodation"}, "Choose a tenancy or a licence, or"),
        ({"jurisdiction": "wales", "tenure": "temporary_accommodation"}, "an occupation contract"),
        (
            {"jurisdiction": "scotland", "tenure": "other", "other_tenure": "long_lease"},
            "long leases of homes in Scotland are not covered",
        ),
        (
            {
                "jurisdiction": "wales",
                "tenure": "temporary_accommodation",
                "temporary_agreement": "tenancy",
            },
            "Temporary accommodation and tenancy as agreement cannot both be right",
        ),
        ({"tenure": "other"}, "Choose how the home is held"),
        ({"tenure": "private_tenancy"}, "The landlord chosen is of another kind than you said"),
        ({"tenant": "somebody_else"}, "Enter the name on the agreement"),
    ],
)
def test_a_refused_home_keeps_what_was_typed(
    clinician: Client, home: dict[str, str], answers: dict[str, str], says: str
) -> None:
    patient = _patient(clinician)

    page = words(clinician.post(f"/patients/{patient.pk}/cases/open/", home | answers))

    assert says in page
    assert "1 Sample Court&#10;Exampleton" in page
    assert not Case.objects.exists()


def test_a_second_case_for_the_home_is_refused(clinician: Client, home: dict[str, str]) -> None:
    patient = _patient(clinician)
    clinician.post(f"/patients/{patient.pk}/cases/open/", home)

    page = words(clinician.post(f"/patients/{patient.pk}/cases/open/", home))

    assert f"Add to case {Case.objects.get().reference}" in page


def test_a_landlord_who_is_new_is_asked_for_next(clinician: Client, home: dict[str, str]) -> None:
    patient = _patient(clinician)

    response = clinician.post(f"/patients/{patient.pk}/cases/open/", home | {"landlord": "new"})

    assert response["Location"] == f"/cases/{Case.objects.get().pk}/landlord/name-new/"


def test_nothing_of_the_law_is_chosen_beforehand(clinician: Client) -> None:
    patient = _patient(clinician)

    page = words(clinician.get(f"/patients/{patient.pk}/cases/open/"))

    assert page.count(" checked") == 1  # the only advice team there is
