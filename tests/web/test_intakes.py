"""The short path from a search to a signed letter, screen by screen."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from letters.access.roles import Role
from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.cases.intakes.actions import begin_intake, discard_old_intakes, keep_answers
from letters.cases.intakes.models import Intake, Screen
from letters.cases.models import (
    Case,
    Consent,
    ConsentGrant,
    Diagnosis,
    Exacerbation,
    HazardReport,
    Landlord,
    Opinion,
    Patient,
)
from letters.cases.safety import SafetyRecord
from letters.delivery.actions import sign_and_send
from letters.delivery.errors import AddresseeHasNoEmail
from letters.delivery.models import Channel, Dispatch
from letters.drafting.gates import GateKey
from letters.drafting.vocabulary import Concern, ContactWay, Recipient
from letters.issuing.actions import read_letter
from letters.issuing.gates import standing_gates
from letters.issuing.models import Letter, LetterStatus
from letters.law.facts import Answer, Severity
from letters.law.hazards import Hazard
from letters.tracking.actions import finish_intake
from letters.web.forms.intake_hazards import described
from letters.web.intakes import Screens
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, words

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
    "harm": ["none"],
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


def finished(client: Client, home: dict[str, str], **agreed: str | list[str]) -> Any:
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


def test_four_screens_tell_only_what_was_agreed(clinician: Client, home: dict[str, str]) -> None:
    finished(clinician, home, left_out="opinion")

    consent = Consent.objects.get()
    assert (consent.given_by, consent.method, consent.reprisal_discussed) == (
        "parent",
        "in_person",
        True,
    )
    assert (consent.interpreter, consent.copy_given, consent.language) == (False, False, "und")
    assert (consent.expires_on - consent.given_on).days == 365
    told = ConsentGrant.objects.filter(recipient=Recipient.LANDLORD)
    assert set(told.values_list("item", flat=True)) == {"housing_conditions", "diagnosis"}
    assert set(told.values_list("purpose", flat=True)) == {"letter", "escalation"}
    unanswered = (Recipient.PATIENT_RECORD, Recipient.EVALUATOR)
    assert not ConsentGrant.objects.filter(recipient__in=unanswered).exists()


def test_nothing_ticked_of_harm_is_recorded_as_not_so(
    clinician: Client, home: dict[str, str]
) -> None:
    finished(clinician, home)

    safety = SafetyRecord.objects.get().safety
    assert set(safety.answers.values()) == {Answer.NO}
    assert (safety.contact, safety.hide_whereabouts) == (ContactWay.ANY, Answer.NO)
    assert standing_gates(Letter.objects.get()) == ()


def test_harm_that_is_ticked_holds_the_letter(clinician: Client, home: dict[str, str]) -> None:
    ticked = ["eviction_or_reprisal", "by_clinic", "hide_whereabouts"]
    finished(clinician, home, harm=ticked)

    safety = SafetyRecord.objects.get().safety
    assert safety.answers[Concern.EVICTION_OR_REPRISAL] is Answer.YES
    assert safety.answers[Concern.IMMIGRATION] is Answer.NO
    assert (safety.contact, safety.hide_whereabouts) == (ContactWay.CLINIC, Answer.YES)
    held = {gate.key for gate in standing_gates(Letter.objects.get())}
    assert {GateKey.EVICTION_OR_REPRISAL, GateKey.WHEREABOUTS} <= held
    assert Consent.objects.get().reprisal_discussed


def test_a_held_letter_is_not_offered_for_signing(
    clinician: Client, adviser: Client, home: dict[str, str]
) -> None:
    response = finished(clinician, home, harm=["immigration"])

    page = words(clinician.get(response["Location"]))
    assert "An adviser has been asked" in page
    assert "Sign and send" not in page
    assert "worry about immigration status" in words(adviser.get("/worklist/"))


def test_what_could_not_be_asked_is_not_known(clinician: Client, home: dict[str, str]) -> None:
    finished(clinician, home, harm=["immigration", "not_all_asked"])

    safety = SafetyRecord.objects.get().safety
    assert safety.answers[Concern.IMMIGRATION] is Answer.YES
    assert safety.answers[Concern.DOMESTIC_ABUSE] is Answer.NOT_KNOWN
    assert (safety.contact, safety.hide_whereabouts) == (ContactWay.NOT_KNOWN, Answer.NOT_KNOWN)
    assert not Consent.objects.get().reprisal_discussed


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        ([], "Tick what is so, or &#39;None of these&#39;"),
        (["none", "immigration"], "Tick &#39;None of these&#39; alone, or take it away"),
        (["by_telephone", "by_clinic"], "Tick one way in which the patient may be contacted"),
    ],
)
def test_harm_is_asked_again_where_the_answer_is_not_clear(
    clinician: Client, home: dict[str, str], harm: list[str], says: str
) -> None:
    page = words(finished(clinician, home, harm=harm))

    assert says in page
    assert not Case.objects.exists()


def test_counts_and_nights_are_kept_where_they_belong(
    clinician: Client, home: dict[str, str]
) -> None:
    intake = begun(clinician)
    more = {"nights": "night symptoms on most nights", "hospital_admission": "0"}
    sent(clinician, intake, "health", HEALTH | more | {"conditions": ["asthma", "eczema"]})
    sent(clinician, intake, "hazards", HAZARDS | {"damp_and_mould_severity": "severe"})
    sent(clinician, intake, "home", home)
    sent(clinician, intake, "agreed", AGREED)

    severities = {each.condition: each.severity for each in Diagnosis.objects.all()}
    assert severities == {"asthma": "night symptoms on most nights", "eczema": ""}
    assert Exacerbation.objects.get().count == 0
    assert HazardReport.objects.get().description == "Damp and mould in the bedroom: severe"


def test_the_last_screen_sent_twice_makes_one_case(clinician: Client, home: dict[str, str]) -> None:
    finished(clinician, home)

    again = sent(clinician, Intake.objects.get(), "agreed", AGREED)

    assert again["Location"] == f"/letters/{Letter.objects.get().pk}/sign/"
    assert Case.objects.count() == Patient.objects.count() == Consent.objects.count() == 1


def test_a_refusal_at_the_end_leaves_nothing_behind(
    clinician: Client, home: dict[str, str]
) -> None:
    private = {"tenure": "private_tenancy", "private_kind": "private_landlord"}

    response = finished(clinician, home | private)

    page = words(response)
    intake = Intake.objects.get()
    assert "The landlord chosen is of another kind than you said" in page
    assert 'href="#landlord"' in page
    assert f'action="/intakes/{intake.pk}/home/"' in page
    assert not Patient.objects.exists()
    assert not Case.objects.exists()
    assert intake.answers["agreed"]["given_by"] == ["parent"]


def test_a_number_that_is_here_already_leads_back_to_the_patient(
    house: factories.House, clinician: Client, home: dict[str, str]
) -> None:
    intake = begun(clinician, **PERSON)
    cases.register_patient(
        partnership=house.partnership,
        name="Ada Specimen",
        date_of_birth=NOW.date(),
        nhs_number=NUMBER,
        by=house.clinician,
        at=NOW,
    )
    sent(clinician, intake, "health", HEALTH)
    sent(clinician, intake, "hazards", HAZARDS)
    sent(clinician, intake, "home", home)

    page = words(sent(clinician, intake, "agreed", AGREED))

    assert "Find this patient first" in page
    assert 'href="#nhs_number"' in page
    assert f'action="/intakes/{intake.pk}/health/"' in page
    assert Patient.objects.count() == 1


def test_a_birth_that_is_still_to_come_is_said_on_the_first_screen(clinician: Client) -> None:
    tomorrow = {
        "date_of_birth-day": "24",
        "date_of_birth-month": "11",
        "date_of_birth-year": "2026",
    }
    intake = begun(clinician, **PERSON)

    page = words(sent(clinician, intake, "health", HEALTH | tomorrow))

    assert "Enter a date that is not in the future" in page
    assert 'value="Maya Sampleton"' in page


def test_the_end_leads_back_to_what_was_skipped(clinician: Client, home: dict[str, str]) -> None:
    intake = begun(clinician)
    sent(clinician, intake, "health", HEALTH)
    sent(clinician, intake, "home", home)

    page = words(sent(clinician, intake, "agreed", AGREED))

    assert "Tick a room beside what is wrong" in page or "Choose how you know" in page
    assert f'action="/intakes/{intake.pk}/hazards/"' in page
    assert not Case.objects.exists()


def test_one_box_is_kept_as_it_is_typed(clinician: Client) -> None:
    intake = begun(clinician)

    answer = clinician.post(
        f"/intakes/{intake.pk}/keep/hazards/",
        {"name": "damp_and_mould_rooms", "value": ["bedroom", "kitchen"]},
    )
    clinician.post(f"/intakes/{intake.pk}/keep/hazards/", {"name": "source", "value": "photograph"})

    assert answer.json() == {"kept": "damp_and_mould_rooms"}
    intake.refresh_from_db()
    assert intake.answers["hazards"] == {
        "damp_and_mould_rooms": ["bedroom", "kitchen"],
        "source": ["photograph"],
    }
    page = words(clinician.get(f"/intakes/{intake.pk}/hazards/"))
    assert page.count("checked") == 3
    assert "There is a problem" not in page


def test_a_box_that_no_screen_has_is_not_kept(clinician: Client) -> None:
    intake = begun(clinician)

    answer = clinician.post(f"/intakes/{intake.pk}/keep/home/", {"name": "is_staff", "value": "1"})

    assert answer.status_code == 404


def test_what_has_become_a_case_takes_no_more(clinician: Client, home: dict[str, str]) -> None:
    finished(clinician, home)
    intake = Intake.objects.get()

    answer = clinician.post(
        f"/intakes/{intake.pk}/keep/hazards/", {"name": "source", "value": "photograph"}
    )

    assert answer.status_code == 409
    assert clinician.get(f"/intakes/{intake.pk}/")["Location"].endswith("/sign/")
    intake.refresh_from_db()
    assert intake.answers == {}


def test_a_colleague_does_not_see_what_is_unfinished(
    house: factories.House, clinician: Client, signed_in: AsPerson
) -> None:
    intake = begun(clinician)
    colleague = signed_in(factories.a_member(house.clinic, Role.CLINICIAN, "Dr Bea Placeholder"))

    looked = [colleague.get(f"/intakes/{intake.pk}/{each}") for each in ("", "health/")]
    kept = colleague.post(f"/intakes/{intake.pk}/keep/health/", {"name": "level", "value": "x"})
    thrown = colleague.post(f"/intakes/{intake.pk}/discard/")

    assert {each.status_code for each in (*looked, kept, thrown)} == {404}
    assert "Unfinished" not in words(colleague.get("/start/"))
    assert "Unfinished" in words(clinician.get("/start/"))


def test_beginning_twice_goes_on_with_the_first(clinician: Client) -> None:
    begun(clinician, **PERSON)

    begun(clinician, **PERSON)

    assert AuditEvent.objects.filter(verb="begin_intake").count() == 1


def test_namesakes_are_shown_and_not_chosen_from(house: factories.House, clinician: Client) -> None:
    for number in ("9990000018", "9990000026"):
        cases.register_patient(
            partnership=house.partnership,
            name="Maya Sampleton",
            date_of_birth=date(2019, 3, 4),
            nhs_number=number,
            by=house.clinician,
            at=NOW,
        )

    page = words(clinician.post("/intakes/begin/", PERSON | {"nhs_number": ""}))

    assert page.count("Record a housing problem for this patient") == 2
    assert not Intake.objects.exists()


def test_somebody_else_of_that_name_can_be_entered(
    house: factories.House, clinician: Client
) -> None:
    case = factories.a_case(house)

    intake = begun(clinician, **PERSON | {"nhs_number": "", "new": "yes"})

    assert case.patient.name == PERSON["name"]
    assert intake.patient is None
    assert "Nobody with these details" in words(clinician.get(f"/intakes/{intake.pk}/health/"))


def test_a_found_patient_is_begun_with(house: factories.House, clinician: Client) -> None:
    patient = factories.a_case(house).patient
    stranger = factories.a_case(factories.a_house()).patient

    begun_with = clinician.post("/intakes/begin/", {"patient": str(patient.pk)})
    refused = clinician.post("/intakes/begin/", {"patient": str(stranger.pk)})

    assert begun_with.status_code == 302
    assert refused.status_code == 404
    assert Intake.objects.get().patient == patient


def test_a_search_for_nothing_is_asked_again(clinician: Client) -> None:
    page = words(clinician.post("/intakes/begin/", {"nhs_number": ""}))

    assert "Enter an NHS number, or a name and date of birth" in page
    assert not Intake.objects.exists()


def test_an_open_case_is_shown_before_another_is_begun(
    house: factories.House, clinician: Client
) -> None:
    case = factories.a_case(house)
    intake = begun(clinician, nhs_number=case.patient.nhs_number)

    page = words(clinician.get(f"/intakes/{intake.pk}/health/"))

    assert intake.answers == {}  # the home of an open case would be a second case for it
    assert f"/cases/{case.pk}/" in page
    assert "Add to it instead of opening another" in page


def test_a_landlord_whom_nobody_knows_is_no_wall(clinician: Client, home: dict[str, str]) -> None:
    response = finished(clinician, home | {"landlord": ""})

    case = Case.objects.get()
    assert response["Location"] == f"/cases/{case.pk}/"
    page = words(clinician.get(response["Location"]))
    assert "Find out who the landlord is first" in page
    assert not Letter.objects.exists()


def test_a_postcode_tells_the_nation(clinician: Client, home: dict[str, str]) -> None:
    response = finished(clinician, home | {"jurisdiction": "", "postcode": "EH99 9ZZ"})

    assert response.status_code == 302
    assert Case.objects.get().tenancy.home.jurisdiction == "scotland"


def test_what_is_thrown_away_is_gone(clinician: Client) -> None:
    intake = begun(clinician)

    clinician.post(f"/intakes/{intake.pk}/discard/")

    assert not Intake.objects.exists()
    assert AuditEvent.objects.filter(verb="discard_intake", subject_id=intake.pk).exists()


def test_a_month_later_it_is_gone_but_for_what_is_touched(
    house: factories.House, clinician: Client, home: dict[str, str]
) -> None:
    finished(clinician, home)
    old = begin_intake(patient=None, answers={}, by=house.clinician, at=NOW)
    month_later = NOW + timedelta(days=30, seconds=1)
    new = begin_intake(patient=Patient.objects.get(), answers={}, by=house.clinician, at=NOW)
    boxes = {"level": ["likely"]}
    keep_answers(intake=new, screen=Screen.HEALTH, boxes=boxes, by=house.clinician, at=month_later)

    assert discard_old_intakes(at=month_later) == 1
    assert discard_old_intakes(at=month_later) == 0

    assert not Intake.objects.filter(pk=old.pk).exists()
    assert Intake.objects.count() == 2  # the finished one leads to its case


@pytest.mark.parametrize(
    ("hazard", "rooms", "severity", "says"),
    [
        (Hazard.PESTS, ["kitchen"], Severity.PRESENT, "Pests in the kitchen"),
        (
            Hazard.EXCESS_COLD,
            ["bedroom", "living room", "hallway"],
            Severity.UNSAFE_NOW,
            "Excess cold in the bedroom, the living room and the hallway: unsafe now",
        ),
        (
            Hazard.ELECTRICAL,
            ["whole home"],
            Severity.SEVERE,
            "An electrical danger in the whole home: severe",
        ),
    ],
)
def test_chips_become_words_that_can_stand_in_a_letter(
    hazard: Hazard, rooms: list[str], severity: Severity, says: str
) -> None:
    assert described(hazard, rooms, severity) == says


def _signing(clinician: Client, home: dict[str, str], then: str) -> tuple[str, dict[str, str]]:
    address = finished(clinician, home)["Location"]
    page = words(clinician.get(address))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    return address, {"seen": seen, "has_read": "on", "channel": "email", "then": then}


def test_signing_and_sending_is_one_press(clinician: Client, home: dict[str, str]) -> None:
    address, form = _signing(clinician, home, "send")

    first, second = clinician.post(address, form), clinician.post(address, form)

    letter = Letter.objects.get()
    assert letter.status == LetterStatus.APPROVED
    assert Dispatch.objects.get().address == "repairs@council.example"
    assert first["Location"] == second["Location"] == f"/letters/{letter.pk}/sent/"


def test_a_letter_that_cannot_go_is_not_signed(
    house: factories.House, clinician: Client, home: dict[str, str]
) -> None:
    _, form = _signing(clinician, home, "send")
    Landlord.objects.update(email="")
    letter = Letter.objects.get()
    seen = read_letter(letter=letter, by=house.clinician, at=NOW).digest
    assert seen == form["seen"]

    with pytest.raises(AddresseeHasNoEmail):
        sign_and_send(letter=letter, seen=seen, channel=Channel.EMAIL, by=house.clinician, at=NOW)

    assert Letter.objects.get().status == LetterStatus.DRAFT


def test_passing_on_signs_and_leaves_sending_to_the_adviser(
    clinician: Client, adviser: Client, home: dict[str, str]
) -> None:
    address, form = _signing(clinician, home, "pass")

    clinician.post(address, form)

    letter = Letter.objects.get()
    assert letter.status == LetterStatus.APPROVED
    assert not Dispatch.objects.exists()
    assert "Signed, and not sent yet" in words(adviser.get("/worklist/"))
    adviser.post(f"/letters/{letter.pk}/send/", {"channel": "email"})
    assert "Signed, and not sent yet" not in words(adviser.get("/worklist/"))


def test_signing_needs_the_words_to_have_been_read(clinician: Client, home: dict[str, str]) -> None:
    address, form = _signing(clinician, home, "send")
    form.pop("has_read")

    page = words(clinician.post(address, form))

    assert "Tick the box to say that you have read the letter" in page
    assert Letter.objects.get().status == LetterStatus.DRAFT


def test_two_presses_at_once_make_one_case_and_one_letter(
    house: factories.House, clinician: Client, home: dict[str, str]
) -> None:
    intake = begun(clinician)
    for screen, answers in (("health", HEALTH), ("hazards", HAZARDS), ("home", home)):
        sent(clinician, intake, screen, answers)
    for name, value in AGREED.items():
        clinician.post(f"/intakes/{intake.pk}/keep/agreed/", {"name": name, "value": value})
    as_both_saw_it = Intake.objects.get()
    told = Screens(as_both_saw_it, by=house.clinician, at=NOW).told()

    first, second = (
        finish_intake(intake=as_both_saw_it, told=told, by=house.clinician, at=NOW)
        for _ in range(2)
    )

    assert first.case == second.case
    assert first.letter == second.letter == Letter.objects.get()
    assert Case.objects.count() == 1
