"""Every kind of letter by program: which there are, drafting one, and two signatures."""

import pytest

from letters.cases.models import Case
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Recipient
from letters.issuing.models import Letter, LetterStatus
from tests import factories
from tests.api.programs import Answer, Program, a_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(house: factories.House) -> Case:
    """A case whose first letter was posted."""
    others = [Recipient.COUNCIL_HOUSING, Recipient.OMBUDSMAN]
    return factories.posted(house, factories.an_approved_letter(house, others=others)).case


def _kinds(program: Program, case: Case) -> dict[str, dict[str, object]]:
    return {kind["stage"]: kind for kind in program.get(f"cases/{case.pk}/letter-kinds/").body}


def _draft(program: Program, case: Case, stage: Stage, **given: object) -> Letter:
    body = {"stage": stage.value, "narrative": "", **given}
    answer = program.post(f"cases/{case.pk}/letters/", body)
    assert answer.status == 201, answer.body
    return Letter.objects.get(pk=answer.body["id"])


def _approve(program: Program, letter: Letter, **given: object) -> Answer:
    seen = program.get(f"letters/{letter.pk}/").body["digest"]
    return program.post(f"letters/{letter.pk}/approve/", {"seen": seen, **given})


def test_every_kind_is_listed_with_what_stands_in_its_way(agency: Program, case: Case) -> None:
    kinds = _kinds(agency, case)

    assert set(kinds) == {stage.value for stage in Stage}
    assert kinds["complaint"]["available"]
    assert kinds["complaint_stage_2"]["why_not"] == (
        "Send this first: Formal complaint, first stage"
    )
    assert "is not written for England" in str(kinds["tribunal"]["why_not"])
    assert kinds["letter_of_claim"]["signatures"] == "two"


def test_readers_are_listed_with_the_letters_they_read(
    house: factories.House, agency: Program, case: Case
) -> None:
    body = factories.a_body(house, Recipient.COUNCIL_HOUSING)

    kinds = _kinds(agency, case)

    assert kinds["housing_register"]["responsible_bodies"] == [
        {"id": str(body.pk), "name": body.name, "department": body.department}
    ]
    assert kinds["complaint"]["responsible_bodies"] == []


def test_a_letter_is_drafted_to_whom_it_is_for(
    house: factories.House, agency: Program, case: Case
) -> None:
    body = factories.a_body(house, Recipient.COUNCIL_HOUSING)

    letter = _draft(agency, case, Stage.HOUSING_REGISTER, responsible_body=str(body.pk))

    assert letter.responsible_body == body


def test_a_reader_of_another_partnership_is_not_found(agency: Program, case: Case) -> None:
    stranger = factories.a_body(factories.a_house(), Recipient.COUNCIL_HOUSING)
    body = {"stage": "housing_register", "narrative": "", "responsible_body": str(stranger.pk)}

    assert agency.post(f"cases/{case.pk}/letters/", body).status == 404


def test_what_goes_in_the_tenants_name_waits_for_their_word(agency: Program, case: Case) -> None:
    complaint = _draft(agency, case, Stage.COMPLAINT)

    refused = _approve(agency, complaint)
    approved = _approve(agency, complaint, tenant_asked="yes")

    assert (refused.status, refused.code) == (400, "tenant_not_asked")
    assert approved.body["status"] == "approved"


def test_the_first_of_two_signatures_approves_nothing(
    house: factories.House, agency: Program, case: Case
) -> None:
    claim = _draft(agency, case, Stage.LETTER_OF_CLAIM)

    first = _approve(agency, claim)
    again = _approve(agency, claim)
    sent = agency.post(f"letters/{claim.pk}/dispatches/", {"channel": "download"})
    second = _approve(a_program(factories.a_second_adviser(house)), claim)

    assert (first.body["status"], first.body["approved_at"]) == ("awaiting_second", None)
    assert (again.status, again.code) == (403, "second_signature_needed")
    assert (sent.status, sent.code) == (409, "letter_not_approved")
    assert second.body["status"] == "approved"


def test_the_first_signature_is_taken_back(agency: Program, case: Case) -> None:
    claim = _draft(agency, case, Stage.LETTER_OF_CLAIM)
    _approve(agency, claim)

    answer = agency.post(f"letters/{claim.pk}/return-to-draft/", {})

    claim.refresh_from_db()
    assert answer.body["status"] == claim.status == LetterStatus.DRAFT


def test_a_clinicians_program_reaches_no_letter_with_legal_effect(
    clinic: Program, agency: Program, case: Case
) -> None:
    body = {"stage": "nuisance_notice", "narrative": ""}
    drafted = clinic.post(f"cases/{case.pk}/letters/", body)
    claim = _draft(agency, case, Stage.LETTER_OF_CLAIM)

    signed = _approve(clinic, claim)

    assert (drafted.status, drafted.code) == (403, "reserved_letter")
    assert (signed.status, signed.code) == (403, "reserved_letter")
