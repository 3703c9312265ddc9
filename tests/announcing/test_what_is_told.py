"""The steps of a letter's life that other programs hear of; ids and kinds, and nothing else."""

from datetime import date

import pytest

from letters.announcing.kinds import EventKind
from letters.announcing.models import Event
from letters.cases.models import HazardReport
from letters.issuing import actions as issuing
from letters.law.facts import Answer
from letters.outcomes import actions as outcomes
from letters.outcomes.models import Remediation
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


def test_a_letter_is_approved_once_and_withdrawn(house: factories.House) -> None:
    letter = factories.an_approved_letter(house)
    factories.signed(letter, by=house.clinician)
    issuing.withdraw_letter(letter=letter, by=house.clinician, at=NOW)

    told = Event.objects.order_by("number")

    kinds = [EventKind.LETTER_APPROVED, EventKind.LETTER_WITHDRAWN]
    assert [event.kind for event in told] == kinds
    for event in told:
        assert event.subject_id == letter.pk
        assert event.case_id == letter.case_id
        assert event.partnership_id == house.partnership.pk
        assert event.at == NOW


def test_a_remediation_is_told(house: factories.House) -> None:
    case = factories.a_full_case(house)
    claimed = outcomes.record_remediation(
        hazard_report=HazardReport.objects.get(case=case),
        claimed_by=Remediation.Claimant.LANDLORD,
        extent=Remediation.Extent.PARTIAL,
        completed_on=date(2026, 11, 20),
        cause_addressed=Answer.NO,
        verification=Remediation.Verification.NONE,
        description="Painted over.",
        by=house.adviser,
        at=NOW,
    )

    event = Event.objects.get()

    assert (event.kind, event.subject_id) == (EventKind.REMEDIATION_RECORDED, claimed.pk)


def test_the_log_says_nothing_about_a_person(house: factories.House) -> None:
    factories.an_approved_letter(house)

    told = str(list(Event.objects.values()))

    for word in ("Sampleton", "Maya", "asthma", "ZZ99", "damp"):
        assert word not in told
