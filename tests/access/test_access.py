"""Who is who, and what each may do."""

import pytest
from django.db import IntegrityError, transaction

from letters.access import actions as access
from letters.access.errors import NotAllowed
from letters.access.models import Membership, User
from letters.access.queries import require, rights_of
from letters.access.roles import Right, Role
from tests import factories

pytestmark = pytest.mark.django_db


def test_require_refuses_a_right_the_roles_lack() -> None:
    house = factories.a_house()

    with pytest.raises(NotAllowed):
        require(house.evaluator, Right.APPROVE_LETTER)


def test_require_refuses_somebody_who_has_left() -> None:
    house = factories.a_house()
    house.clinician.is_active = False

    with pytest.raises(NotAllowed):
        require(house.clinician, Right.RECORD_CASE)


def test_evaluator_reads_the_summary_and_what_happened_and_nothing_else() -> None:
    house = factories.a_house()

    assert rights_of(house.evaluator) == {Right.READ_SUMMARY, Right.FOLLOW_EVENTS}


def test_add_member_twice_is_once() -> None:
    house = factories.a_house()

    access.add_member(team=house.clinic, user=house.clinician, role=Role.CLINICIAN, by=None)

    assert Membership.objects.filter(user=house.clinician).count() == 1


def test_user_is_once_however_the_address_is_written() -> None:
    User.objects.create_user(
        email="One@people.example", password=None, name="One", job_title="clinician"
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(
            email="ONE@people.example", password=None, name="Two", job_title="clinician"
        )
