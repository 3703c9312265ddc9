"""What was signed before units were signed one by one is kept, and is no unit."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from letters.issuing.models import SignOff
from letters.issuing.units import WHOLE_NATION, units_of
from letters.law.jurisdictions import Jurisdiction
from tests import factories
from tests.factories import NOW

_BEFORE = [("letters", "0002_guard_audit_and_approval")]


@pytest.mark.django_db(transaction=True)
def test_an_old_signature_becomes_one_of_the_whole_nation() -> None:
    house = factories.a_house()
    executor = MigrationExecutor(connection)
    executor.migrate(_BEFORE)
    old = executor.loader.project_state(_BEFORE).apps.get_model("letters", "SignOff")
    old.objects.create(
        partnership_id=house.partnership.pk,
        digest="a" * 64,
        signed_by_id=house.reviewer.pk,
        signed_at=NOW,
        confirmed_by_id=house.second_reviewer.pk,
        confirmed_at=NOW,
        review_by=NOW.date(),
    )

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    row = SignOff.objects.get()
    assert (row.unit, row.digest, row.said) == (WHOLE_NATION, "a" * 64, [])
    assert WHOLE_NATION not in units_of(Jurisdiction.ENGLAND)
