"""Another team's cases in an emergency: for a reason, for some hours, and looked at later."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from letters.access.errors import NotAllowed
from letters.access.models import Membership, User
from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.cases.emergency import LASTS, EmergencyAccess, emergencies_to_review
from letters.cases.errors import EmergencyReasonMissing, ReviewedAlready, ReviewedByOneself
from letters.cases.models import Case
from letters.cases.queries import visible_to
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
JUSTIFIED = EmergencyAccess.Finding.JUSTIFIED


@pytest.fixture
def house() -> factories.House:
    return factories.a_house()


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_case(house)


@pytest.fixture
def colleague(house: factories.House) -> User:
    return factories.a_colleague(house)


def _opened(case: Case, by: User, *, reason: str = "On the ward.") -> EmergencyAccess:
    return cases.open_in_emergency(patient=case.patient, reason=reason, by=by, at=NOW)


def _sees(user: User, case: Case, *, at: datetime) -> bool:
    with time_machine.travel(at, tick=False):
        return visible_to(user).filter(pk=case.pk).exists()


def test_a_colleague_sees_the_case_for_four_hours(case: Case, colleague: User) -> None:
    assert not _sees(colleague, case, at=NOW)

    _opened(case, colleague)

    assert _sees(colleague, case, at=NOW)
    assert _sees(colleague, case, at=NOW + LASTS - timedelta(seconds=1))
    assert not _sees(colleague, case, at=NOW + LASTS)


def test_only_this_patient_is_seen(house: factories.House, case: Case, colleague: User) -> None:
    other = factories.a_case(house)

    _opened(case, colleague)

    assert not _sees(colleague, other, at=NOW)


def test_nobody_else_sees_more(house: factories.House, case: Case, colleague: User) -> None:
    _opened(case, colleague)

    assert not _sees(factories.a_colleague(house), case, at=NOW)
    assert not _sees(house.adviser, case, at=NOW)


def test_who_works_there_no_more_sees_nothing(case: Case, colleague: User) -> None:
    _opened(case, colleague)

    Membership.objects.filter(user=colleague).delete()

    assert not _sees(colleague, case, at=NOW)


def test_it_ends_early_and_stays_ended(case: Case, colleague: User) -> None:
    opened, early = _opened(case, colleague), NOW + timedelta(minutes=9)

    for later in (early, early + timedelta(hours=1)):
        cases.end_emergency(emergency=opened, by=colleague, at=later)

    opened.refresh_from_db()
    assert opened.ends_at == early
    assert not _sees(colleague, case, at=early)


def test_a_reason_is_asked_for(case: Case, colleague: User) -> None:
    with pytest.raises(EmergencyReasonMissing):
        _opened(case, colleague, reason="  ")

    assert not _sees(colleague, case, at=NOW)


@pytest.mark.parametrize("role", ["adviser", "evaluator", "reviewer"])
def test_only_clinicians_may(house: factories.House, case: Case, role: str) -> None:
    with pytest.raises(NotAllowed):
        _opened(case, getattr(house, role))


def test_twice_is_once(case: Case, colleague: User) -> None:
    with time_machine.travel(NOW, tick=False):
        first, again = _opened(case, colleague), _opened(case, colleague, reason="Still.")

    assert first == again
    assert EmergencyAccess.objects.get().reason == "On the ward."
    assert AuditEvent.objects.filter(verb="open_in_emergency").count() == 1


def test_an_administrator_says_once_whether_there_was_a_reason(
    house: factories.House, case: Case, colleague: User
) -> None:
    opened, administrator = _opened(case, colleague), factories.an_administrator(house)
    assert list(emergencies_to_review(administrator)) == [opened]

    cases.review_emergency(
        emergency=opened, finding=JUSTIFIED, note="Asked them.", by=administrator, at=NOW
    )

    assert list(emergencies_to_review(administrator)) == []
    with pytest.raises(ReviewedAlready):
        cases.review_emergency(
            emergency=opened, finding=JUSTIFIED, note="", by=administrator, at=NOW
        )


def test_administrators_of_others_are_not_told(case: Case, colleague: User) -> None:
    _opened(case, colleague)

    elsewhere = factories.an_administrator(factories.a_house())

    assert list(emergencies_to_review(elsewhere)) == []


def test_nobody_reviews_themselves(house: factories.House, case: Case, colleague: User) -> None:
    Membership.objects.create(team=house.clinic, user=colleague, role="administrator")
    opened = _opened(case, colleague)

    assert list(emergencies_to_review(colleague)) == []
    with pytest.raises(ReviewedByOneself):
        cases.review_emergency(emergency=opened, finding=JUSTIFIED, note="", by=colleague, at=NOW)
    with pytest.raises(IntegrityError, match="by_another"), transaction.atomic():
        EmergencyAccess.objects.update(finding=JUSTIFIED, reviewed_by=colleague, reviewed_at=NOW)
