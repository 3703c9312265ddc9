"""The short path from a search to a signed letter, screen by screen."""

from typing import Any

import pytest
from django.test import Client

from letters.cases.intakes.models import Intake
from letters.cases.models import (
    Case,
    Diagnosis,
    HazardReport,
    Landlord,
    Opinion,
)
from letters.issuing.models import Letter
from tests import factories

NUMBER = "9990000018"
PERSON = {
    "nhs_number": NUMBER,
    "name": "Maya Sampleton",
    "date_of_birth-day": "4",
    "date_of_birth-month": "3",
    "date_of_birth-year": "2019",
}
HEALTH = PERSON | {"conditions": "asthma", "level": "consistent_with"}
HAZARDS = {"damp_and_mould_rooms": ["bedroom"], "source": "reported_by_patient"}
AGREED = {
    "landlord_told": "letters",
    "adviser_told": "yes",
    "agreed_by": "else",
    "given_by": "parent",
    "capacity_basis": "She is seven; her mother has parental responsibility.",
    "method": "in_person",
    "reprisal_discussed": "yes",
}


@pytest.fixture
def landlord(house: factories.House) -> Landlord:
    return factories.a_landlord(house)


@pytest.fixture
def home(landlord: Landlord) -> dict[str, str]:
    return {
        "address": "14 Sample Court\nExampleton",
        "postcode": "zz99 3cz",
        "jurisdiction": "england",
        "tenure": "council_tenancy",
        "landlord": str(landlord.pk),
        "tenant": "somebody_else",
        "tenant_name": "Leila Sampleton",
    }


def begun(client: Client, **search: str) -> Intake:
    client.post("/intakes/begin/", search or {"nhs_number": NUMBER})
    return Intake.objects.get()


def sent(client: Client, intake: Intake, screen: str, answers: dict[str, Any]) -> Any:
    return client.post(f"/intakes/{intake.pk}/{screen}/", answers)


def finished(client: Client, home: dict[str, str], **agreed: str) -> Any:
    """The whole path up to the letter."""
    intake = begun(client)
    sent(client, intake, "health", HEALTH)
    sent(client, intake, "hazards", HAZARDS)
    sent(client, intake, "home", home)
    return sent(client, intake, "agreed", AGREED | agreed)


def test_four_screens_become_a_case_and_its_letter(clinician: Client, home: dict[str, str]) -> None:
    response = finished(clinician, home)

    letter = Letter.objects.get()
    assert response["Location"] == f"/letters/{letter.pk}/sign/"
    case = Case.objects.get()
    assert case.patient.nhs_number == NUMBER
    assert case.tenancy.tenant_name == "Leila Sampleton"
    report = HazardReport.objects.get()
    assert report.description == "Damp and mould in the bedroom"
    assert (report.severity, report.disrepair) == ("present", "not_known")
    assert Diagnosis.objects.get().condition == "asthma"
    assert Opinion.objects.get().level == "consistent_with"
    assert Intake.objects.get().answers == {}
