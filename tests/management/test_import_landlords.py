"""A register is taken whole or not at all, once, and never over what a person said."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from letters.audit.models import AuditEvent
from letters.cases.landlords import actions
from letters.cases.landlords.errors import RegisterUnreadable
from letters.cases.landlords.models import FormerEntry
from letters.cases.landlords.registers import LONGEST, MOST_BYTES, MOST_LINES, read_register
from letters.cases.landlords.vocabulary import EntrySource
from letters.cases.models import Landlord, Tenancy
from letters.law.tenures import LandlordKind
from letters.management.commands.import_landlords import _columns
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "landlord-columns.example.json"
HEAD = "Registration number,Name,Type,Address 1,Address 2,Town,Postcode\n"
ONE = "X1,Exampleton Homes (invented),Association,1 Specimen Road,,Exampleton,zz99 3ac\n"
TWO = '"X2","Sampleton Council, North (invented)",Council,2 Specimen Road,,Exampleton,ZZ99 3AD\n'
Take = Callable[..., str]


@pytest.fixture
def house() -> factories.House:
    return factories.a_house()


@pytest.fixture
def take(house: factories.House, tmp_path: Path) -> Take:
    """Runs the command over a file of these words."""

    def run(text: str, *also: str, dated: str = "2026-06-01", name: str = "") -> str:
        file, told = tmp_path / "register.csv", io.StringIO()
        file.write_text(text, encoding="utf-8")
        given = ("--register", "An invented register", "--dated", dated)
        partnership = name or house.partnership.name
        call_command(
            "import_landlords",
            str(file),
            str(EXAMPLE),
            "--partnership",
            partnership,
            *given,
            *also,
            stdout=told,
        )
        return told.getvalue()

    return run


def test_without_write_it_tells_and_does_nothing(take: Take) -> None:
    told = take(HEAD + ONE)

    assert told.startswith("line 2: added\n")
    assert "Nothing is written" in told
    assert "Exampleton" not in told
    assert not Landlord.objects.exists()


def test_a_register_is_taken_with_its_source_and_day(take: Take, house: factories.House) -> None:
    take(HEAD + ONE + TWO, "--write")

    one, two = (Landlord.objects.get(kind=kind) for kind in ("registered_provider", "council"))
    assert (one.name, two.name) == (
        "Exampleton Homes (invented)",
        "Sampleton Council, North (invented)",
    )
    assert one.address == ["1 Specimen Road", "Exampleton", "ZZ99 3AC"]
    assert (one.source, one.source_detail) == ("register", "An invented register")
    assert (one.source_on, one.partnership) == (date(2026, 6, 1), house.partnership)
    assert AuditEvent.objects.filter(verb="import_landlord", actor_id=None).count() == 2


def test_the_same_file_again_changes_nothing(take: Take) -> None:
    take(HEAD + ONE, "--write")
    told = take(HEAD + ONE, "--write")

    assert told == "line 2: the same as here\n"
    assert Landlord.objects.count() == 1
    assert not FormerEntry.objects.exists()


def test_a_later_file_changes_and_an_earlier_does_not(take: Take) -> None:
    moved = ONE.replace("1 Specimen", "9 Specimen")
    take(HEAD + ONE, "--write")

    later = take(HEAD + moved, "--write", dated="2026-07-01")
    earlier = take(HEAD + ONE, "--write")

    assert (later, earlier) == ("line 2: changed\n", "line 2: left: what is here is newer\n")
    assert Landlord.objects.get().address[0] == "9 Specimen Road"
    assert FormerEntry.objects.get().said["address"][0] == "1 Specimen Road"


def test_what_was_confirmed_later_is_not_undone_by_a_file_between(take: Take) -> None:
    take(HEAD + ONE, "--write")
    take(HEAD + ONE, "--write", dated="2026-08-01")

    between = take(HEAD + ONE.replace("1 Sp", "9 Sp"), "--write", dated="2026-07-01")

    assert between == "line 2: left: what is here is newer\n"


def test_what_a_person_changed_or_merged_is_left(take: Take, house: factories.House) -> None:
    take(HEAD + ONE + TWO, "--write")
    one, two = (Landlord.objects.get(kind=kind) for kind in ("registered_provider", "council"))
    actions.change_landlord(
        landlord=one,
        kind=LandlordKind.REGISTERED_PROVIDER,
        name=one.name,
        department="",
        address=("5 Specimen Road", "ZZ99 3AE"),
        email="",
        source=EntrySource.LANDLORD,
        source_detail="",
        source_on=date(2026, 6, 2),
        by=house.adviser,
        at=NOW,
    )
    kept = factories.a_landlord(house)
    actions.merge_landlords(kept=kept, duplicate=two, by=house.adviser)

    told = take(HEAD + ONE + TWO, "--write", dated="2026-07-01")

    assert told == (
        "line 2: left: a person changed it here\nline 3: left: it was merged into another entry\n"
    )
    assert Landlord.objects.count() == 3


def test_a_kind_that_cases_rest_on_is_left(take: Take, house: factories.House) -> None:
    take(HEAD + TWO, "--write")
    case = factories.a_case(house)
    landlord = Landlord.objects.get(source="register")
    Tenancy.objects.filter(pk=case.tenancy_id).update(landlord=landlord)

    told = take(HEAD + TWO.replace(",Council", ",Association"), "--write", dated="2026-07-01")

    assert "its kind is another now" in told
    landlord.refresh_from_db()
    assert landlord.kind == "council"


def test_one_bad_line_leaves_all_undecided(take: Take) -> None:
    bad = ONE.replace("zz99 3ac", "")

    with pytest.raises(CommandError, match="Mend the 1 lines told of"):
        take(HEAD + bad + TWO, "--write")
    assert not Landlord.objects.exists()
    told = take(HEAD + bad + TWO, "--write", "--without-bad-lines")

    assert told == "line 2: cannot be taken; give it a full postcode\nline 3: added\n"
    assert Landlord.objects.get().kind == "council"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (ONE.replace("Exampleton Homes (invented)", "=cmd()"), "take out formulas"),
        (ONE.replace("1 Specimen", "@SUM(1) Specimen"), "take out formulas"),
        (ONE.replace("Homes", "Ho\x1bmes"), "signs that cannot be seen"),
        (ONE.replace("Homes", "H" * LONGEST), "cells too long"),
        (ONE.replace("X1", ""), "a number and a name"),
        (ONE.replace("1 Specimen Road,,Exampleton", ",,"), "give it an address"),
        (ONE.replace("Association", "Company"), "what kind of landlord"),
        ("X1,Short\n", "as many cells"),
        (ONE.replace("\n", ",more\n"), "as many cells"),
        (ONE + ONE, "give each number once"),
    ],
)
def test_a_bad_line_is_told_of_by_its_number(line: str, says: str) -> None:
    register = read_register((HEAD + line).encode(), columns())

    assert register.landlords == ()
    assert register.bad[0].line == 2
    assert says in register.bad[0].says
    assert "Exampleton" not in register.bad[0].says


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x" * (MOST_BYTES + 1), "larger than 20 MB"),
        ("\xe9".encode("latin-1"), "save it as UTF-8"),
        (b"PK\x03\x04\0\0", "a file of another kind"),
        (b"Name\nA\n", "add the columns Address 1"),
        (b"", "add the columns"),
        ((HEAD + 'X1,"open\n').encode(), "it is no CSV"),
        ((HEAD + "X,\n" * (MOST_LINES + 1)).encode(), "more than 50000 lines"),
    ],
)
def test_a_file_that_is_no_register_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(RegisterUnreadable, match=says):
        read_register(data, columns())


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    assert read_register(("\ufeff" + HEAD + ONE).encode(), columns()).landlords


def test_who_and_when_must_be_right(take: Take) -> None:
    with pytest.raises(CommandError, match="not in the future"):
        take(HEAD + ONE, "--write", dated="2999-01-01")
    with pytest.raises(CommandError, match="No partnership"):
        take(HEAD + ONE, name="Nobody's")


@pytest.mark.parametrize("kind", ["none", "owner"])
def test_a_kind_that_is_no_landlords_is_refused(kind: str) -> None:
    with pytest.raises(CommandError, match="is not one of"):
        columns(kind=kind)
    with pytest.raises(CommandError, match="and nothing else"):
        columns(more="x")


def columns(**given: Any) -> Any:
    return _columns(json.loads(EXAMPLE.read_text(encoding="utf-8")) | given)
