"""The matrix of the law stands as the files do, and says of a home what the engine says."""

from dataclasses import replace
from datetime import date

import pytest

from letters.law.facts import Severity
from letters.law.grounds import grounds_for
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import Library, read_library
from letters.law.tenures import Agreement, LandlordKind, Tenure
from tests.law.law_cases import TEMPLATES, facts_of
from tests.law.matrix import MATRIX, matrix
from tests.law.matrix_rows import FIRST_DAY, SEVERITIES, Home, Row, homes_of, rows_of
from tests.law.matrix_words import own_name, where

LIBRARY = read_library(TEMPLATES)
STANDARD = "hazards_in_social_housing_regulations_2025/standard_investigation"
COUNCIL = Home(
    tenure=Tenure.COUNCIL_TENANCY, agreement=Agreement.TENANCY, landlord_kind=LandlordKind.COUNCIL
)


@pytest.fixture(scope="module")
def written() -> str:
    return MATRIX.read_text(encoding="utf-8")


@pytest.mark.no_cover  # a thousand questions take the same ways as the first few; it is slow
def test_the_matrix_is_not_stale(written: str) -> None:
    assert written == matrix(LIBRARY), "run python -m tests.law.matrix --write"


def test_the_matrix_can_be_read(written: str) -> None:
    lines = written.splitlines()

    assert len(lines) < 2500
    assert [line for line in lines if line.startswith("## ")] == [
        f"## {nation.label}" for nation in Jurisdiction if nation in LIBRARY.digests
    ]


@pytest.fixture(scope="module")
def council_rows() -> tuple[Row, ...]:
    """What the matrix says of a council tenancy in England, without the time the others take."""
    rules = LIBRARY.tenure_rules_of(Jurisdiction.ENGLAND)
    ways = {Tenure.COUNCIL_TENANCY: rules.ways[Tenure.COUNCIL_TENANCY]}
    alone = {Jurisdiction.ENGLAND: replace(rules, ways=ways)}
    return rows_of(replace(LIBRARY, tenure_rules=alone), Jurisdiction.ENGLAND)


def only(provision_id: str) -> Library:
    """England's library with nothing else in it."""
    provision = LIBRARY.provision(Jurisdiction.ENGLAND, provision_id)
    return replace(LIBRARY, provisions=(provision,), _of={Jurisdiction.ENGLAND: (provision,)})


def rows_about(provision_id: str, hazard: Hazard) -> list[Row]:
    """What the matrix says of it to a council tenant with the hazard."""
    rows = rows_of(only(provision_id), Jurisdiction.ENGLAND)
    return [row for row in rows if COUNCIL in row.homes and hazard in row.hazards]


def test_rows_begin_on_the_day_the_law_does() -> None:
    (row,) = rows_about(STANDARD, Hazard.EXCESS_COLD)

    severe, unsafe = row.times
    assert [(span.starts_on, span.answer) for span in severe] == [
        (FIRST_DAY, ""),
        (date(2026, 11, 30), "applies"),
    ]
    assert {span.answer for span in unsafe} == {""}


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize("day", [FIRST_DAY, date(2026, 11, 29), date(2026, 11, 30)])
def test_rows_say_what_the_engine_says(
    day: date, severity: Severity, council_rows: tuple[Row, ...]
) -> None:
    facts = facts_of(hazard="damp_and_mould", severity=severity, adjustment_requested="yes")
    grounds = grounds_for(facts, day, LIBRARY)
    at = SEVERITIES.index(severity)

    said = {
        row.provision_id
        for row in council_rows
        if (not row.hazards or Hazard.DAMP_AND_MOULD in row.hazards)
        and [span.answer for span in row.times[at] if span.starts_on <= day][-1]
    }
    assert said == {g.provision_id for g in (*grounds.applying, *grounds.for_adviser)}


def test_own_name_adds_to_the_number_and_does_not_repeat_it() -> None:
    names = {
        name: own_name(LIBRARY.provision(Jurisdiction.ENGLAND, name))
        for name in (
            "landlord_and_tenant_act_1985/section_9a",
            "landlord_and_tenant_act_1985/section_9a_exceptions",
            "housing_act_2004/sections_5_to_7",
            STANDARD,
        )
    }

    assert list(names.values()) == ["", "exceptions", "", "standard investigation"]


def test_where_says_nothing_of_every_home_of_a_nation() -> None:
    every = homes_of(LIBRARY, Jurisdiction.ENGLAND)

    assert where(every, every) == ""


@pytest.mark.parametrize(
    ("ways", "says"),
    [
        (
            "tenancy council, tenancy private_landlord, licence council, licence private_landlord",
            "",
        ),
        ("tenancy council, tenancy private_landlord", "tenancy"),
        ("licence council, tenancy council", "from council"),
        (
            "tenancy council, licence private_landlord",
            "licence from private landlord; tenancy from council",
        ),
    ],
)
def test_where_says_only_what_sets_homes_apart(ways: str, says: str) -> None:
    every = held(
        "tenancy council, tenancy private_landlord, licence council, licence private_landlord"
    )

    assert where(held(ways), every) == says


def held(ways: str) -> list[Home]:
    return [
        Home(
            tenure=Tenure.TEMPORARY_ACCOMMODATION,
            agreement=Agreement(agreement),
            landlord_kind=LandlordKind(landlord),
        )
        for agreement, landlord in (way.split() for way in ways.split(", "))
    ]
