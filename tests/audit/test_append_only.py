"""What was done stays told."""

import pytest
from django.db import DatabaseError, connection, transaction

from letters.audit.models import AuditEvent
from letters.audit.record import record, record_view
from letters.cases.models import Case, HazardReport
from tests import factories

pytestmark = pytest.mark.django_db


def test_audit_refuses_update() -> None:
    factories.a_house()

    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.update(verb="nothing")


def test_audit_refuses_delete() -> None:
    factories.a_house()

    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.all().delete()


def test_audit_refuses_to_be_emptied() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL hjp.emptied_between_tests = 'no'")
        with pytest.raises(DatabaseError):
            cursor.execute("TRUNCATE letters_auditevent")


def test_record_goes_with_its_change() -> None:
    house = factories.a_house()
    case = factories.a_case(house)
    before = AuditEvent.objects.count()

    with pytest.raises(RuntimeError):
        _report_and_fail(house, case)

    assert HazardReport.objects.count() == 0
    assert AuditEvent.objects.count() == before


@transaction.atomic
def _report_and_fail(house: factories.House, case: Case) -> None:
    factories.report(house, case)
    raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused() -> None:
    house = factories.a_house()

    with pytest.raises(transaction.TransactionManagementError):
        record("did something", house.partnership, by=house.clinician)


def test_record_view_tells_who_looked() -> None:
    house = factories.a_house()
    case = factories.a_case(house)

    record_view(case, by=house.adviser)

    event = AuditEvent.objects.get(verb="viewed")
    assert (event.actor_id, event.subject_id) == (house.adviser.pk, case.pk)


def test_audit_holds_nothing_about_a_patient() -> None:
    house = factories.a_house()
    factories.a_full_case(house)

    told = str(list(AuditEvent.objects.values()))

    for word in ("Sampleton", "Maya", "Sample Court", "asthma", "ZZ99"):
        assert word not in told
