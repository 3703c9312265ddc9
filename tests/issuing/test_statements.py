"""A statement that was not read at its source is printed once two reviewers stand for it."""

from datetime import date, timedelta

import pytest

from letters.cases.models import Case
from letters.drafting.frozen import trace_from_json
from letters.issuing import signing
from letters.issuing.models import Letter, SignOff
from letters.issuing.units import units_of
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
ENGLAND = Jurisdiction.ENGLAND
UNREAD = "AS-CO-1"  # of a child with asthma in a cold home
REVIEW_BY = date(2027, 5, 1)


@pytest.fixture
def house() -> factories.House:
    return factories.a_house()


@pytest.fixture
def cold_case(house: factories.House) -> Case:
    case = factories.a_full_case(house)
    factories.report(house, case, hazard=Hazard.EXCESS_COLD)
    return case


def _sign(house: factories.House) -> None:
    unit_id = f"evidence/{UNREAD}"
    signing.sign_units(
        partnership=house.partnership,
        jurisdiction=ENGLAND,
        seen={unit_id: units_of(ENGLAND)[unit_id].digest},
        review_by=REVIEW_BY,
        by=house.reviewer,
        at=NOW,
    )


def _confirm(house: factories.House) -> None:
    unit_id = f"evidence/{UNREAD}"
    signing.confirm_units(
        partnership=house.partnership,
        jurisdiction=ENGLAND,
        seen={unit_id: units_of(ENGLAND)[unit_id].digest},
        by=house.second_reviewer,
        at=NOW,
    )


def _printed(letter: Letter) -> set[str]:
    return {s for entry in trace_from_json(letter.trace).entries for s in entry.statements}


def test_letter_leaves_out_what_nobody_stands_for(house: factories.House, cold_case: Case) -> None:
    assert UNREAD not in _printed(factories.a_draft(house, cold_case))


def test_letter_leaves_out_what_one_reviewer_signed(
    house: factories.House, cold_case: Case
) -> None:
    _sign(house)

    assert UNREAD not in _printed(factories.a_draft(house, cold_case))


def test_letter_prints_what_two_reviewers_stand_for(
    house: factories.House, cold_case: Case
) -> None:
    _sign(house)
    _confirm(house)

    letter = factories.a_draft(house, cold_case)

    assert UNREAD in _printed(letter)
    assert f"evidence/{UNREAD}" in letter.units


def test_approved_statements_ends_with_the_review_day(house: factories.House) -> None:
    _sign(house)
    _confirm(house)

    on_the_day = signing.approved_statements(house.partnership, ENGLAND, REVIEW_BY)
    after = signing.approved_statements(house.partnership, ENGLAND, REVIEW_BY + timedelta(days=1))

    assert (on_the_day, after) == (frozenset({UNREAD}), frozenset())


def test_approved_statements_are_one_partnerships(house: factories.House) -> None:
    _sign(house)
    _confirm(house)
    other = factories.a_house().partnership

    assert signing.approved_statements(other, ENGLAND, NOW.date()) == frozenset()


def test_approved_statements_end_when_the_words_change(house: factories.House) -> None:
    _sign(house)
    _confirm(house)
    SignOff.objects.update(digest="0" * 64)

    assert signing.approved_statements(house.partnership, ENGLAND, NOW.date()) == frozenset()
