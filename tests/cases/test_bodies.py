"""The directory of who else reads letters, and what the household asks for."""

import pytest

from letters.access.errors import NotAllowed
from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.cases.errors import AdjustmentNotSaid, CaseClosed, NotAResponsibleBody
from letters.cases.queries import responsible_bodies_of
from letters.drafting.vocabulary import Recipient
from letters.law.facts import Answer
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> factories.House:
    return factories.a_house()


def test_add_responsible_body_adds_it_to_one_partnership(house: factories.House) -> None:
    body = factories.a_body(house)

    assert list(responsible_bodies_of(house.partnership)) == [body]
    assert not responsible_bodies_of(factories.a_house().partnership).exists()
    assert AuditEvent.objects.get(verb="add_responsible_body").subject_id == body.pk


@pytest.mark.parametrize("reader", [Recipient.LANDLORD, Recipient.PATIENT, Recipient.ADVISER])
def test_add_responsible_body_takes_no_landlord_or_person(
    house: factories.House, reader: Recipient
) -> None:
    with pytest.raises(NotAResponsibleBody):
        factories.a_body(house, reader)


def test_add_responsible_body_is_not_the_evaluators(house: factories.House) -> None:
    with pytest.raises(NotAllowed):
        cases.add_responsible_body(
            partnership=house.partnership,
            reader=Recipient.COUNCIL,
            name="Exampleton Council",
            department="",
            address=("2 Civic Centre", "ZZ99 3AB"),
            email="",
            by=house.evaluator,
        )


def test_ask_for_adjustment_keeps_what_else_was_recorded(house: factories.House) -> None:
    case = factories.a_case(house)
    cases.describe_household(
        case=case,
        household_measures=("airs the rooms",),
        access_offered="Mondays",
        adjustment_requested=Answer.NO,
        adjustment="",
        by=house.clinician,
    )

    cases.ask_for_adjustment(case=case, adjustment="a ramp", by=house.adviser)

    case.refresh_from_db()
    assert (case.adjustment, case.adjustment_requested) == ("a ramp", Answer.YES)
    assert (case.access_offered, case.household_measures) == ("Mondays", ["airs the rooms"])


def test_ask_for_adjustment_says_which(house: factories.House) -> None:
    with pytest.raises(AdjustmentNotSaid):
        cases.ask_for_adjustment(case=factories.a_case(house), adjustment=" ", by=house.adviser)


def test_ask_for_adjustment_in_a_closed_case_is_refused(house: factories.House) -> None:
    case = cases.close_case(case=factories.a_case(house), by=house.clinician, at=NOW)

    with pytest.raises(CaseClosed):
        cases.ask_for_adjustment(case=case, adjustment="a ramp", by=house.adviser)
