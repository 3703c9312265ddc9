"""Commands of those who run the service do no harm when run twice."""

import io
import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone
from oauth2_provider.models import get_application_model

from letters.access.models import Membership, Partnership, User
from letters.access.roles import Role
from letters.cases.models import Case
from letters.issuing.explorer import nations_with_law
from letters.issuing.models import Letter, SignOff
from letters.issuing.reviewing import SigningStatus, reviewed_units
from letters.issuing.units import in_force
from letters.law.jurisdictions import Jurisdiction
from letters.tracking.models import Deadline, Escalation

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "partnership.example.json"


def _demonstrate() -> str:
    told = io.StringIO()
    call_command("demonstrate", stdout=told)
    return told.getvalue()


def test_demonstrate_makes_cases_with_letters_and_clocks(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path

    told = _demonstrate()

    assert all(f"{role}@demonstration.example" in told for role in ("clinician", "adviser"))
    assert Partnership.objects.get().is_demonstration
    assert Letter.objects.filter(status="approved").count() == Case.objects.count() == 7
    assert {case.tenancy.home.jurisdiction for case in Case.objects.all()} == set(Jurisdiction)
    assert Deadline.objects.filter(status="missed").exists()
    assert Deadline.objects.filter(status="open").exists()
    assert Escalation.objects.filter(next_letter__isnull=False).exists()


def test_demonstrate_signs_what_is_in_force_and_says_that_nobody_reviewed(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path

    told = _demonstrate()

    partnership, today = Partnership.objects.get(), timezone.now().date()
    assert "second.reviewer@demonstration.example" in told
    assert not SignOff.objects.filter(is_demonstration=False).exists()
    for nation in nations_with_law():
        signed = {
            each.unit.id
            for each in reviewed_units(partnership, nation, today)
            if each.status is SigningStatus.SIGNED
        }
        assert signed == {unit.id for unit in in_force(nation, today)}


def test_demonstrate_twice_makes_it_once(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path

    assert _demonstrate() == _demonstrate()

    assert Case.objects.count() == 7
    assert not SignOff.objects.filter(withdrawn_at__isnull=False).exists()


def test_found_partnership_twice_makes_it_once() -> None:
    for _ in range(2):
        call_command("found_partnership", EXAMPLE, stdout=io.StringIO())

    assert not Partnership.objects.get().is_demonstration
    assert User.objects.count() == Membership.objects.count() == 4
    assert Membership.objects.filter(role=Role.LEGAL_REVIEWER).count() == 2


def test_found_partnership_refuses_an_unknown_role(tmp_path: Path) -> None:
    given = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    given["organisations"][0]["teams"][0]["people"][0]["role"] = "boss"
    (tmp_path / "given.json").write_text(json.dumps(given), encoding="utf-8")

    with pytest.raises(CommandError, match="boss"):
        call_command("found_partnership", tmp_path / "given.json", stdout=io.StringIO())

    assert not User.objects.exists()


def test_register_program_prints_a_secret_that_is_kept_hashed() -> None:
    call_command("found_partnership", EXAMPLE, stdout=io.StringIO())
    told = io.StringIO()

    call_command("register_program", "bo.placeholder@advice.example", "reports", stdout=told)

    application = get_application_model().objects.get(client_id="reports")
    secret = told.getvalue().split()[-1]
    assert application.user.email == "bo.placeholder@advice.example"
    assert secret not in application.client_secret


def test_register_program_refuses_a_name_that_is_taken() -> None:
    call_command("found_partnership", EXAMPLE, stdout=io.StringIO())
    register = ("register_program", "bo.placeholder@advice.example", "reports")
    call_command(*register, stdout=io.StringIO())

    with pytest.raises(CommandError, match="choose another"):
        call_command(*register, stdout=io.StringIO())
