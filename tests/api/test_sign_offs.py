"""Where law and wording stand, for the program of somebody in the partnership."""

from collections.abc import Callable

import pytest

from letters.access.models import User
from letters.issuing.explorer import nations_with_law
from letters.issuing.units import units_of
from letters.law.jurisdictions import Jurisdiction
from tests import factories
from tests.api.programs import Program, a_program

ProgramOf = Callable[[User, str], Program]


def test_sign_offs_list_every_unit(house: factories.House, clinic: Program) -> None:
    answer = clinic.get("law/sign-offs/")

    england = {each["unit"]: each for each in answer.body if each["nation"] == "england"}
    units = units_of(Jurisdiction.ENGLAND)
    assert {key: each["digest"] for key, each in england.items()} == {
        key: unit.digest for key, unit in units.items()
    }
    assert {each["status"] for each in england.values()} == {"signed"}
    assert england["england/ladder"]["review_by"] == "2027-05-22"
    assert {each["nation"] for each in answer.body} == set(nations_with_law())


def test_sign_offs_tell_what_is_not_signed(house: factories.House) -> None:
    unsigned = factories.a_house()

    answer = a_program(unsigned.adviser).get("law/sign-offs/")

    assert {each["status"] for each in answer.body} == {"unsigned"}
    assert {each["review_by"] for each in answer.body} == {None}
    assert {each["partnership"] for each in answer.body} == {str(unsigned.partnership.pk)}


def test_sign_offs_name_nobody(house: factories.House, clinic: Program) -> None:
    answer = clinic.get("law/sign-offs/")

    assert house.reviewer.name not in str(answer.body)


def test_sign_offs_need_their_scope(house: factories.House, program_of: ProgramOf) -> None:
    assert program_of(house.adviser, "cases:read").get("law/sign-offs/").code == "scope_missing"


@pytest.mark.parametrize("verb", ["sign", "confirm"])
def test_nobody_signs_by_a_program(house: factories.House, clinic: Program, verb: str) -> None:
    assert clinic.post("law/sign-offs/", {}).status == 405
    assert clinic.post(f"law/sign-offs/{verb}/", {}).status == 404
