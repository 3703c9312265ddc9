"""An advice team sees a case while its patient agrees that they may know all that it holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.access.models import User
from letters.cases import actions as cases
from letters.cases.models import Case, Diagnosis, Exacerbation, Occupant, Opinion
from letters.cases.queries import consented_items, visible_to
from letters.drafting.vocabulary import DataItem, Event, OpinionLevel, Purpose, Recipient
from letters.law.facts import Answer, HealthCondition
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()
ONE_HOUSE = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# Where the case file holds what each item names.
HELD = {
    DataItem.DIAGNOSIS: Diagnosis,
    DataItem.SEVERITY: Diagnosis,
    DataItem.EXACERBATIONS: Exacerbation,
    DataItem.OPINION: Opinion,
    DataItem.HOUSEHOLD_MEMBERS: Occupant,
}
agreed = st.sets(st.sampled_from(DataItem), min_size=1)
steps = st.lists(
    st.one_of(
        agreed,
        st.sampled_from(["diagnosis", "count", "opinion", "occupant", "adviser", "everybody"]),
    ),
    max_size=8,
)


@pytest.fixture
def house() -> factories.House:
    return factories.a_house()


def _diagnose(case: Case, by: User) -> None:
    cases.record_diagnosis(
        case=case, condition=HealthCondition.ASTHMA, basis="", severity="", treatment="", by=by
    )


def _take(step: object, house: factories.House, case: Case) -> None:
    by = house.clinician
    match step:
        case "diagnosis":
            _diagnose(case, by)
        case "count":
            cases.count_exacerbations(
                case=case, event=Event.HOSPITAL_ADMISSION, count=2, months=12, until=TODAY, by=by
            )
        case "opinion":
            cases.give_opinion(
                case=case,
                level=OpinionLevel.CONSISTENT_WITH,
                better_away_from_home=Answer.NOT_KNOWN,
                basis="",
                by=by,
                at=NOW,
            )
        case "occupant":
            cases.add_occupant(case=case, age=4, conditions=[], agreed_to_mention=Answer.YES, by=by)
        case "adviser":
            told = [Recipient.ADVISER]
            cases.withdraw_grants(case=case, recipients=told, reason="", by=by, at=NOW)
        case "everybody":
            cases.withdraw_consent(case=case, reason="", by=by, at=NOW)
        case items:
            factories.consent(house, case, items=items, given_on=date(2026, 11, 12))  # type: ignore[arg-type]  # the sets drawn


def _may_know_all(case: Case) -> bool:
    """By the rows, one at a time."""
    told = consented_items(case, recipient=Recipient.ADVISER, purpose=Purpose.ADVICE, day=TODAY)
    held = {item for item, rows in HELD.items() if rows._default_manager.filter(case=case).exists()}
    return {DataItem.HOUSING_CONDITIONS, *held} <= told


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_whatever_is_recorded_and_agreed_decides_at_once(
    house: factories.House, steps: list[object]
) -> None:
    case = factories.a_case(house)
    for step in steps:
        _take(step, house, case)
        seen = visible_to(house.adviser).filter(pk=case.pk).exists()
        assert seen == _may_know_all(case), step


@pytest.mark.django_db
def test_nothing_written_over_a_case_opens_it(house: factories.House) -> None:
    case = factories.a_case(house)
    case.open_to_advisers = True
    case.save()

    assert not visible_to(house.adviser).filter(pk=case.pk).exists()


@contextmanager
def _not_committed_yet(house: factories.House, case: Case) -> Iterator[None]:
    """Meanwhile, somebody agrees to less."""
    done, go_on = Signal(), Signal()

    def elsewhere() -> None:
        with transaction.atomic():
            factories.consent(house, case, items=[DataItem.HOUSING_CONDITIONS])
            done.set()
            go_on.wait(10)
        connection.close()

    other = Thread(target=elsewhere)
    other.start()
    assert done.wait(10)
    try:
        yield
    finally:
        go_on.set()
        other.join()


def _diagnose_without_waiting(case: Case, by: User) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '100ms'")
        _diagnose(case, by)


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_the_later_counts_both() -> None:
    house = factories.a_house()
    case = factories.a_case(house)
    factories.consent(house, case)
    with _not_committed_yet(house, case), pytest.raises(OperationalError, match="lock timeout"):
        _diagnose_without_waiting(case, house.clinician)
    assert visible_to(house.adviser).filter(pk=case.pk).exists()

    _diagnose(case, house.clinician)

    assert not visible_to(house.adviser).filter(pk=case.pk).exists()
