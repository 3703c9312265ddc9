"""Recording a case on its pages."""

from typing import Any

import pytest
from django.test import Client

from letters.cases import actions as cases
from letters.cases.models import (
    Case,
    Consent,
    ConsentGrant,
    Diagnosis,
    Exacerbation,
    HazardReport,
    Occupant,
)
from letters.cases.queries import open_consent
from letters.drafting.vocabulary import DataItem, Recipient
from letters.issuing.models import Letter
from letters.law.facts import Severity
from letters.law.hazards import Hazard
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, words

MOULD: dict[str, Any] = {
    "hazard": "damp_and_mould",
    "severity": "severe",
    "rooms": ["bedroom"],
    "other_room": "box room",
    "description": "Black mould <b>everywhere</b> & damp",
    "source": "photograph",
    "disrepair": "yes",
    "landlord_controls_cause": "not_known",
    "heating_or_hot_water_lost": "no",
}
HEALTH = {
    "condition": "asthma",
    "oral_steroid_course": "3",
    "hospital_admission": "0",
    "better_away_from_home": "yes",
    "level": "consistent_with",
}
CONSENT: dict[str, Any] = {
    "landlord": "some",
    "landlord_items": ["housing_conditions", "diagnosis"],
    "later_letters": "yes",
    "adviser": "everything",
    "patient_record": "nothing",
    "evaluator": "nothing",
    "given_by": "parent",
    "capacity_basis": "She is seven.",
    "method": "in_person",
    "language": "en-GB",
    "interpreter": "no",
    "reprisal_discussed": "yes",
    "copy_given": "not_known",
    "given": "today",
    "lasts": "365",
}


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_case(house)


def test_a_hazard_is_recorded_as_it_was_said(clinician: Client, case: Case) -> None:
    clinician.post(f"/cases/{case.pk}/hazards/report/", MOULD)

    report = HazardReport.objects.get()
    assert report.hazard == "damp_and_mould"
    assert report.rooms == ["bedroom", "box room"]
    assert report.first_noticed_on is None


def test_a_rarer_hazard_is_chosen_from_a_list(clinician: Client, case: Case) -> None:
    rare = {"hazard": "another", "another_hazard": "asbestos"}

    clinician.post(f"/cases/{case.pk}/hazards/report/", MOULD | rare)

    assert HazardReport.objects.get().hazard == Hazard.ASBESTOS


def test_markup_is_shown_as_the_text_it_is(clinician: Client, case: Case) -> None:
    clinician.post(f"/cases/{case.pk}/hazards/report/", MOULD)

    page = words(clinician.get(f"/cases/{case.pk}/"))

    assert "Black mould &lt;b&gt;everywhere&lt;/b&gt; &amp; damp" in page


@pytest.mark.parametrize(
    ("answers", "says", "at"),
    [
        ({"rooms": [], "other_room": ""}, "Choose at least one room", "#rooms"),
        ({"description": ""}, "Say in a few words what is there", "#description"),
        ({"hazard": "another"}, "Choose which hazard it is", "#another_hazard"),
        (
            {"first_noticed_on-day": "1", "first_noticed_on-month": "1"},
            "The date must include a year",
            "#first_noticed_on-day",
        ),
        (
            {
                f"first_noticed_on-{p}": v
                for p, v in zip(("day", "month", "year"), "319", strict=True)
            }
            | {"first_noticed_on-year": "2030"},
            "Enter a date that is not in the future",
            "#first_noticed_on-day",
        ),
        (
            {"landlord_told_on-day": "31", "landlord_told_on-month": "2"}
            | {"landlord_told_on-year": "2026"},
            "Enter a real date",
            "#landlord_told_on-day",
        ),
    ],
)
def test_a_refused_hazard_leads_to_its_field(
    clinician: Client, case: Case, answers: dict[str, Any], says: str, at: str
) -> None:
    page = words(clinician.post(f"/cases/{case.pk}/hazards/report/", MOULD | answers))

    assert f'href="{at}"' in page
    assert page.count(says) == 2  # in the summary and at the field
    assert "box room" in page or not answers.get("other_room", "x")
    assert "Error:" in page.partition("</title>")[0]


def test_the_same_hazard_twice_is_refused(
    house: factories.House, clinician: Client, case: Case
) -> None:
    factories.report(house, case)

    page = words(clinician.post(f"/cases/{case.pk}/hazards/report/", MOULD))

    assert "Correct the report of this hazard" in page


def test_a_hazard_is_corrected_from_what_was_reported(
    house: factories.House, clinician: Client, case: Case
) -> None:
    factories.report(house, case)
    report = HazardReport.objects.get(case=case)

    form = words(clinician.get(f"/hazards/{report.pk}/correct/"))
    sent = {name: value for name, value in MOULD.items() if name != "hazard"}
    answer = clinician.post(
        f"/hazards/{report.pk}/correct/",
        sent
        | {"first_noticed_on-day": "3", "first_noticed_on-month": "2"}
        | {"first_noticed_on-year": "2026"},
    )

    assert "Black mould over two square metres of the outside wall." in form
    assert 'value="2026"' in form
    assert answer.status_code == 302
    report.refresh_from_db()
    assert report.rooms == ["bedroom", "box room"]
    assert str(report.first_noticed_on) == "2026-02-03"


def test_a_hazard_of_another_team_cannot_be_corrected(
    house: factories.House, case: Case, signed_in: AsPerson
) -> None:
    factories.report(house, case)
    report = HazardReport.objects.get(case=case)
    stranger = signed_in(factories.a_house().clinician)

    assert stranger.get(f"/hazards/{report.pk}/correct/").status_code == 404


def test_a_case_says_when_the_adviser_cannot_see_it(
    house: factories.House, clinician: Client
) -> None:
    case = factories.a_full_case(house)
    before = words(clinician.get(f"/cases/{case.pk}/"))

    factories.consent(house, case, items=[DataItem.HOUSING_CONDITIONS])
    after = words(clinician.get(f"/cases/{case.pk}/"))

    assert "The adviser cannot see this case" not in before
    assert "The adviser cannot see this case" in after


def test_danger_says_telephone_first(house: factories.House, clinician: Client, case: Case) -> None:
    factories.report(house, case, severity=Severity.UNSAFE_NOW)

    for address in (f"/cases/{case.pk}/", f"/cases/{case.pk}/hazards/"):
        assert "Telephone first" in words(clinician.get(address))


def test_health_is_one_page(clinician: Client, case: Case) -> None:
    clinician.post(f"/cases/{case.pk}/health/record/", HEALTH)

    counts = {each.event: each.count for each in Exacerbation.objects.all()}
    assert Diagnosis.objects.get().condition == "asthma"
    assert counts == {"oral_steroid_course": 3, "hospital_admission": 0}


def test_the_same_illness_again_is_a_correction(clinician: Client, case: Case) -> None:
    clinician.post(f"/cases/{case.pk}/health/record/", HEALTH)
    clinician.post(f"/cases/{case.pk}/health/record/", HEALTH | {"basis": "spirometry"})

    assert Diagnosis.objects.get().basis == "spirometry"


def test_likely_without_a_basis_keeps_nothing(clinician: Client, case: Case) -> None:
    page = words(clinician.post(f"/cases/{case.pk}/health/record/", HEALTH | {"level": "likely"}))

    assert 'href="#opinion_basis"' in page
    assert not Diagnosis.objects.exists()


def test_a_count_that_is_none_is_refused(clinician: Client, case: Case) -> None:
    wrong = HEALTH | {"oral_steroid_course": "-1"}

    page = words(clinician.post(f"/cases/{case.pk}/health/record/", wrong))

    assert "Courses of oral steroids must be a whole number between 0 and 999" in page


def test_the_household_is_described(clinician: Client, case: Case) -> None:
    told = {"household_measures": "Opens windows\r\n\r\nWipes walls", "access_offered": "weekdays"}

    clinician.post(
        f"/cases/{case.pk}/household/describe/", told | {"adjustment_requested": "not_known"}
    )

    case.refresh_from_db()
    assert case.household_measures == ["Opens windows", "Wipes walls"]


def test_another_person_has_no_name(clinician: Client, case: Case) -> None:
    clinician.post(
        f"/cases/{case.pk}/occupants/add/", {"age": "", "agreed_to_mention": "not_known"}
    )

    occupant = Occupant.objects.get()
    assert (occupant.age, occupant.agreed_to_mention) == ("", False)


def test_consent_is_what_was_ticked_and_no_more(clinician: Client, case: Case) -> None:
    clinician.post(f"/cases/{case.pk}/consent/give/", CONSENT)

    grants = ConsentGrant.objects.values_list("recipient", "purpose", "item")
    landlord = {(p, i) for r, p, i in grants if r == Recipient.LANDLORD}
    told = ("housing_conditions", "diagnosis")
    assert landlord == {(p, i) for p in ("letter", "escalation") for i in told}
    assert len([r for r, _, _ in grants if r == Recipient.ADVISER]) == len(DataItem)
    assert {r for r, _, _ in grants} == {Recipient.LANDLORD, Recipient.ADVISER}


def test_consent_is_never_ticked_beforehand(clinician: Client, case: Case) -> None:
    page = words(clinician.get(f"/cases/{case.pk}/consent/give/"))

    assert " checked" not in page
    assert " selected" in page  # only "Choose one"
    assert page.count(" selected") == 1


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"landlord": ""}, "Choose what the patient agrees to: the landlord may be told"),
        ({"landlord_items": []}, "Tick what they agree to"),
        ({"capacity_basis": ""}, "Say why this person may consent for the patient"),
        ({"landlord": "nothing", "adviser": "nothing"}, "Tick what the patient agrees to"),
        ({"given": "another_day"}, "Enter the day on which consent was given"),
    ],
)
def test_a_refused_consent_says_why(
    clinician: Client, case: Case, answers: dict[str, Any], says: str
) -> None:
    page = words(clinician.post(f"/cases/{case.pk}/consent/give/", CONSENT | answers))

    assert says in page
    assert not Consent.objects.exists()


def test_consent_that_is_withdrawn_is_gone(
    house: factories.House, clinician: Client, adviser: Client
) -> None:
    case = factories.a_full_case(house)
    assert adviser.get(f"/cases/{case.pk}/").status_code == 200

    clinician.post(f"/cases/{case.pk}/consent/withdraw/", {"scope": "everything", "reason": ""})

    assert open_consent(case) is None
    assert adviser.get(f"/cases/{case.pk}/").status_code == 404


def test_what_is_missing_leads_to_its_page(clinician: Client, case: Case) -> None:
    page = words(clinician.get(f"/cases/{case.pk}/"))

    assert page.count(">Missing<") == 5  # hazards, health, safety, consent, letter
    assert f"/cases/{case.pk}/consent/give/" in page


def test_a_letter_is_drafted_from_the_case(house: factories.House, clinician: Client) -> None:
    case = factories.a_full_case(house)

    response = clinician.post(f"/cases/{case.pk}/letters/draft/")

    assert response["Location"] == f"/letters/{Letter.objects.get().pk}/"


@pytest.mark.parametrize("lacks", ["consent", "hazard"])
def test_a_letter_that_cannot_be_drafted_says_why(
    house: factories.House, clinician: Client, case: Case, lacks: str
) -> None:
    if lacks == "hazard":
        factories.consent(house, case)

    page = words(clinician.post(f"/cases/{case.pk}/letters/draft/"))

    says = {"consent": "Ask the patient first", "hazard": "Report at least one hazard first"}
    assert says[lacks] in page


def test_a_landlord_of_the_directory_is_named(
    house: factories.House, clinician: Client, case: Case
) -> None:
    other = factories.a_landlord(house)

    clinician.post(f"/cases/{case.pk}/landlord/name/", {"landlord": str(other.pk)})

    case.tenancy.refresh_from_db()
    assert case.tenancy.landlord == other


def test_a_landlord_of_the_wrong_kind_is_refused(clinician: Client, case: Case) -> None:
    private = {"kind": "private_landlord", "name": "P Placeholder", "address": "1 Specimen Way"}

    page = words(clinician.post(f"/cases/{case.pk}/landlord/name-new/", private))

    assert "cannot both be right" in page
    assert 'value="P Placeholder"' in page


def test_a_closed_case_takes_nothing(house: factories.House, clinician: Client, case: Case) -> None:
    cases.close_case(case=case, by=house.clinician, at=NOW)

    page = words(clinician.post(f"/cases/{case.pk}/hazards/report/", MOULD))

    assert "Open a new case: this one is closed" in page
