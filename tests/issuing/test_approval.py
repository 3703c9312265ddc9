"""What is approved is what was read, and nobody approves what they may not."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from letters.access.errors import NotAllowed
from letters.cases import actions as cases
from letters.cases.errors import ConsentMissing
from letters.drafting.content import Mark
from letters.drafting.frozen import digest_of
from letters.drafting.vocabulary import DataItem
from letters.issuing import actions as issuing
from letters.issuing.errors import (
    AdviserNeeded,
    ClinicianNeeded,
    DraftChanged,
    NotADraft,
    NotSignedOff,
)
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.queries import content_of
from letters.law.tenures import Agreement, LandlordKind, Tenure
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def draft(house: factories.House) -> Letter:
    return factories.a_draft(house, factories.a_full_case(house))


def _approve(house: factories.House, letter: Letter) -> Letter:
    seen = issuing.preview_letter(letter=letter, by=house.clinician, at=NOW).digest
    return issuing.approve_letter(letter=letter, seen=seen, by=house.clinician, at=NOW)


def test_approve_letter_freezes_what_was_read(house: factories.House, draft: Letter) -> None:
    preview = issuing.preview_letter(letter=draft, by=house.clinician, at=NOW)

    approved = issuing.approve_letter(letter=draft, seen=preview.digest, by=house.clinician, at=NOW)

    assert content_of(approved) == preview.content
    assert digest_of(content_of(approved)) == approved.content_digest
    assert preview.content.mark is Mark.NONE
    assert preview.content.sign_off.name == house.clinician.name


def test_approve_letter_twice_changes_nothing(house: factories.House, draft: Letter) -> None:
    approved = _approve(house, draft)

    again = issuing.approve_letter(
        letter=draft, seen=approved.content_digest, by=house.clinician, at=NOW + timedelta(hours=1)
    )

    assert again.approved_at == approved.approved_at


def test_approve_letter_refuses_what_changed_since_it_was_read(
    house: factories.House, draft: Letter
) -> None:
    seen = issuing.preview_letter(letter=draft, by=house.clinician, at=NOW).digest
    issuing.edit_narrative(letter=draft, narrative="Another word.", by=house.clinician, at=NOW)

    with pytest.raises(DraftChanged):
        issuing.approve_letter(letter=draft, seen=seen, by=house.clinician, at=NOW)


def test_approve_letter_refuses_law_of_another_day(house: factories.House, draft: Letter) -> None:
    seen = issuing.preview_letter(letter=draft, by=house.clinician, at=NOW).digest

    with pytest.raises(DraftChanged):
        issuing.approve_letter(
            letter=draft, seen=seen, by=house.clinician, at=NOW + timedelta(days=1)
        )


def test_approve_letter_needs_two_reviewers(house: factories.House) -> None:
    unsigned = factories.a_house()
    draft = factories.a_draft(unsigned, factories.a_full_case(unsigned))

    with pytest.raises(NotSignedOff):
        _approve(unsigned, draft)


def test_approve_letter_refuses_law_whose_review_day_has_passed(house: factories.House) -> None:
    later = NOW + timedelta(days=200)
    case = factories.a_full_case(house, at=later)
    draft = factories.a_draft(house, case, at=later)
    seen = issuing.preview_letter(letter=draft, by=house.clinician, at=later).digest

    with pytest.raises(NotSignedOff):
        issuing.approve_letter(letter=draft, seen=seen, by=house.clinician, at=later)


def test_approve_letter_is_not_the_evaluators(house: factories.House, draft: Letter) -> None:
    with pytest.raises(NotAllowed):
        issuing.approve_letter(letter=draft, seen="", by=house.evaluator, at=NOW)


def test_approve_letter_of_a_patient_in_care_is_the_clinicians(
    house: factories.House, draft: Letter
) -> None:
    seen = issuing.preview_letter(letter=draft, by=house.adviser, at=NOW).digest

    with pytest.raises(ClinicianNeeded):
        issuing.approve_letter(letter=draft, seen=seen, by=house.adviser, at=NOW)


def test_approve_letter_with_unclear_tenure_needs_an_adviser(house: factories.House) -> None:
    case = factories.a_case(
        house,
        tenure=Tenure.TEMPORARY_ACCOMMODATION,
        agreement=Agreement.NOT_KNOWN,
        landlord_kind=LandlordKind.COUNCIL,
    )
    factories.report(house, case)
    factories.consent(house, case)

    with pytest.raises(AdviserNeeded):
        _approve(house, factories.a_draft(house, case))


def test_approve_letter_needs_consent_that_still_stands(
    house: factories.House, draft: Letter
) -> None:
    cases.withdraw_consent(case=draft.case, reason="", by=house.clinician, at=NOW)

    with pytest.raises(ConsentMissing):
        _approve(house, draft)


def test_draft_letter_tells_only_what_was_agreed(house: factories.House) -> None:
    case = factories.a_full_case(house)
    factories.consent(house, case, items=[DataItem.HOUSING_CONDITIONS])

    letter = factories.a_draft(house, case)

    assert letter.items == ["housing_conditions"]
    assert "asthma" not in str(letter.content)
    assert "spirometry" not in str(letter.content)


def test_edit_narrative_of_an_approved_letter_is_refused(
    house: factories.House, draft: Letter
) -> None:
    _approve(house, draft)

    with pytest.raises(NotADraft):
        issuing.edit_narrative(letter=draft, narrative="x", by=house.clinician, at=NOW)


def test_database_keeps_an_approval(house: factories.House, draft: Letter) -> None:
    approved = _approve(house, draft)

    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=approved.pk).update(law_digest="0" * 64)


def test_withdraw_letter_says_so(house: factories.House, draft: Letter) -> None:
    withdrawn = issuing.withdraw_letter(letter=draft, by=house.clinician, at=NOW)

    assert withdrawn.status == LetterStatus.WITHDRAWN
