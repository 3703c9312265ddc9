"""A case document over the wire: what is refused, where it points, and what becomes of it."""

import json
from typing import Any

import pytest

from letters.access import actions as access
from letters.access.roles import Role
from letters.audit.models import AuditEvent
from letters.cases.models import Case, Landlord, Patient
from letters.cases.queries import hazards_of, opinion_of
from letters.issuing.queries import letters_of
from tests import factories
from tests.api.programs import Program, a_program, changed, draft, example, open_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/patient/nhs_number", "999 000 0019"),
        ("/patient/date_of_birth", "2027-01-01"),
        ("/home/postcode", "nowhere"),
        ("/jurisdiction", "cornwall"),
        ("/tenancy/tenure", "squat"),
        ("/hazards/0/hazard", "ghosts"),
        ("/hazards/0/rooms", []),
        ("/hazards/0/first_noticed_on", "2026-02-30"),
        ("/diagnoses/0/condition", ""),
        ("/exacerbations/3/count", -1),
        ("/consent/grants/0/items/0", "everything"),
        ("/consent/expires_on", "2026-11-22"),
        ("/narrative", None),
    ],
)
def test_a_wrong_document_is_pointed_at(clinic: Program, pointer: str, value: Any) -> None:
    answer = clinic.post("cases/", changed(example(), pointer, value))

    assert (answer.status, answer.code) == (400, "document_refused")
    assert pointer in answer.fields
    assert not Case.objects.exists()


def test_every_fault_is_told_at_once(clinic: Program) -> None:
    document = example()
    del document["home"], document["consent"]
    document["pets"] = 2

    answer = clinic.post("cases/", document)

    assert {"/home", "/consent", "/pets"} <= set(answer.fields)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b"\xff\xfe",
        b"[" * 50_000,
        b"9" * 5_000,
    ],
    ids=["empty", "null", "list", "cut", "twice", "nan", "bytes", "deep", "digits"],
)
def test_what_is_no_document_is_refused(clinic: Program, raw: bytes) -> None:
    answer = clinic.send("cases/", raw)

    assert answer.status == 400
    assert all(set(error) == {"code", "field", "message"} for error in answer.body["errors"])


def test_a_body_without_end_is_refused(clinic: Program) -> None:
    answer = clinic.send("cases/", b" " * (2 * 1024 * 1024 + 1))

    assert (answer.status, answer.code) == (413, "body_too_large")


@pytest.mark.parametrize(
    "text", ["<b>&amp;</b>", "=SUM(A1)", "{{ 7*7 }}", "a\u202eb", "Zoë — 日本"]
)
def test_any_text_comes_out_as_the_text_it_is(clinic: Program, text: str) -> None:
    document = changed(example(), "/hazards/0/description", text)

    case = open_case(clinic, changed(document, "/hazards/0/rooms", [text]))

    report = hazards_of(Case.objects.get(pk=case)).get()
    assert (report.description, report.rooms) == (text, [text])


@pytest.mark.parametrize(
    "pointer",
    ["/hazards/0/rooms/0", "/consent/language", "/consent/form_version", "/patient/name"],
)
def test_a_text_that_no_row_holds_is_refused(clinic: Program, pointer: str) -> None:
    answer = clinic.post("cases/", changed(example(), pointer, "a\x00b"))

    assert (answer.status, answer.fields) == (400, [pointer])


def test_a_consent_of_one_day_is_refused(clinic: Program) -> None:
    document = changed(example(), "/consent/given_on", "2026-11-23")

    answer = clinic.post("cases/", changed(document, "/consent/expires_on", "2026-11-23"))

    assert answer.status == 400
    assert Case.objects.count() == Patient.objects.count() == 0


def test_a_second_case_for_one_home_is_refused(clinic: Program) -> None:
    open_case(clinic, example())

    answer = clinic.post("cases/", example())

    assert (answer.status, answer.code) == (409, "open_case_exists")
    assert Case.objects.count() == 1


def test_a_known_patient_and_landlord_are_used_again(clinic: Program) -> None:
    open_case(clinic, example())

    open_case(clinic, changed(example(), "/home/postcode", "ZZ99 3DA"))

    assert Case.objects.count() == 2
    assert Patient.objects.count() == Landlord.objects.count() == 1


def test_another_patient_s_number_is_refused(clinic: Program) -> None:
    open_case(clinic, example())

    answer = clinic.post("cases/", changed(example(), "/patient/name", "Noor Placeholder"))

    assert (answer.status, answer.code) == (409, "patient_differs")


def test_a_landlord_with_another_mailbox_is_another(clinic: Program) -> None:
    open_case(clinic, example())
    document = changed(example(), "/home/postcode", "ZZ99 3DA")

    open_case(clinic, changed(document, "/landlord/email", "damp@council.example"))

    assert Landlord.objects.count() == 2


def test_a_case_needs_no_opinion(clinic: Program) -> None:
    case = open_case(clinic, changed(example(), "/opinion", None))

    assert opinion_of(Case.objects.get(pk=case)) is None


def test_a_case_without_a_landlord_waits_for_one(clinic: Program) -> None:
    case = open_case(clinic, changed(example(), "/landlord", None))

    answer = clinic.post(f"cases/{case}/letters/", {"stage": "first_letter", "narrative": ""})

    assert (answer.status, answer.code) == (409, "landlord_not_known")


def test_a_home_is_held_as_its_nation_has_it(clinic: Program) -> None:
    welsh = changed(example(), "/jurisdiction", "wales")

    refused = clinic.post("cases/", welsh)
    case = open_case(clinic, changed(welsh, "/tenancy/agreement", "occupation_contract"))
    drafted = clinic.post(f"cases/{case}/letters/", {"stage": "first_letter", "narrative": ""})

    assert (refused.code, refused.fields) == ("document_refused", ["/tenancy"])
    assert drafted.status == 201


def test_who_has_two_teams_names_one(house: factories.House) -> None:
    other = factories.a_house()
    access.add_member(team=other.clinic, user=house.clinician, role=Role.CLINICIAN, by=None)
    program = a_program(house.clinician)

    unnamed = program.post("cases/", example())
    named = program.post(f"cases/?team={other.clinic.pk}", example())
    stranger = program.post(f"cases/?team={house.agency.pk}", example())

    assert (unnamed.code, unnamed.fields) == ("team_not_clear", ["/team"])
    assert named.body["team"] == str(other.clinic.pk)
    assert named.body["advice_team"] == str(other.agency.pk)
    assert stranger.code == "team_not_clear"


def test_the_writer_is_who_asks(house: factories.House, clinic: Program) -> None:
    letter = draft(clinic, open_case(clinic, example()))

    content = clinic.get(f"letters/{letter}/").body["content"]

    assert content["sign_off"]["name"] == house.clinician.name
    assert content["letterhead"]["team"] == house.clinic.name


def test_hazards_keep_the_order_of_the_document(clinic: Program) -> None:
    document = example()
    first = document["hazards"][0]
    document["hazards"] = [first | {"hazard": name} for name in ("pests", "excess_cold", "fire")]

    case = open_case(clinic, document)

    hazards = clinic.get(f"cases/{case}/").body["hazards"]
    assert [hazard["hazard"] for hazard in hazards] == ["pests", "excess_cold", "fire"]


def test_a_case_is_told_without_a_name(clinic: Program) -> None:
    case = open_case(clinic, example())

    told = json.dumps([clinic.get(f"cases/{case}/").body, clinic.get("cases/").body])

    for private in ("Sampleton", "Specimen", "ZZ99", "9990000018", "asthma", "2019-03-04"):
        assert private not in told


def test_cases_come_in_pages(house: factories.House, clinic: Program) -> None:
    made = {str(factories.a_case(house).pk) for _ in range(51)}

    first = clinic.get("cases/").body
    second = clinic.get(first["next"].split("/api/v1/")[1]).body

    assert len(first["results"]) == 50
    assert {row["id"] for page in (first, second) for row in page["results"]} == made
    assert second["next"] is None


def test_a_case_is_audited_under_the_person(house: factories.House, clinic: Program) -> None:
    case = open_case(clinic, example())

    verbs = AuditEvent.objects.filter(actor_id=house.clinician.pk, subject_id=case)

    assert {"open_case", "describe_household"} <= set(verbs.values_list("verb", flat=True))


def test_a_refused_intake_leaves_no_row(clinic: Program) -> None:
    before = AuditEvent.objects.count()
    document = changed(example(), "/consent/given_on", "2026-11-23")

    clinic.post("cases/", changed(document, "/consent/expires_on", "2026-11-23"))

    assert AuditEvent.objects.count() == before
    assert Patient.objects.count() == Landlord.objects.count() == 0


def test_a_letter_that_follows_waits_for_the_one_before(clinic: Program) -> None:
    case = open_case(clinic, example())

    answer = clinic.post(f"cases/{case}/letters/", {"stage": "missed_deadline", "narrative": ""})

    assert (answer.status, answer.code) == (409, "steps_missing")
    assert not letters_of(Case.objects.get(pk=case)).exists()
