"""What England's files say together: which reports start clocks, and what hazards are called."""

from datetime import date, datetime

import pytest

from letters.law.clocks import Clock, clocks_of
from letters.law.grounds import grounds_for
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import read_library
from letters.law.periods import LONDON, StartEvent, Unit
from letters.law.provision import Provision
from letters.law.working_days import WorkingDays
from tests.law.law_cases import TEMPLATES, facts_of

LIBRARY = read_library(TEMPLATES)
ENGLAND = Jurisdiction.ENGLAND
REGULATIONS = "hazards_in_social_housing_regulations_2025/"
IN_PHASES = [
    provision
    for provision in LIBRARY.of(ENGLAND)
    if provision.versions
    and (
        provision.id.startswith(REGULATIONS)
        or provision.id == "landlord_and_tenant_act_1985/section_10a"
    )
]


def clock(hazard: str, *, told_on: date, day: date, provision: str, severity: str) -> Clock:
    """The provision's clock for a council tenant whose landlord was told at ten in the morning."""
    found = grounds_for(facts_of(hazard=hazard, severity=severity), day, LIBRARY)
    told_at = datetime(told_on.year, told_on.month, told_on.day, 10, tzinfo=LONDON)
    started = {StartEvent.AWARENESS: told_at}
    (made,) = (
        clock
        for clock in clocks_of(found, started, WorkingDays.of(ENGLAND))
        if clock.ground.provision_id == REGULATIONS + provision
    )
    return made


@pytest.mark.parametrize(
    ("hazard", "told_on", "waits_for"),
    [
        ("damp_and_mould", date(2025, 10, 26), "27 October 2025"),
        ("damp_and_mould", date(2025, 10, 27), ""),
        ("damp_and_mould", date(2026, 11, 29), ""),
        ("excess_cold", date(2026, 11, 29), "30 November 2026"),
        ("excess_cold", date(2026, 11, 30), ""),
    ],
)
def test_each_phase_counts_only_reports_of_its_time(
    hazard: str, told_on: date, waits_for: str
) -> None:
    made = clock(
        hazard,
        told_on=told_on,
        day=date(2026, 12, 1),
        provision="standard_investigation",
        severity="severe",
    )

    assert bool(made.waits_for) == bool(waits_for)
    assert waits_for in made.waits_for
    assert (made.due is None) == bool(waits_for)


@pytest.mark.parametrize("provision", IN_PHASES, ids=lambda provision: provision.id)
def test_every_hazard_covered_in_phases_says_which_reports_count(provision: Provision) -> None:
    for version in provision.versions:
        covered = {hazard for hazard in Hazard if version.applies.covers(hazard)}

        assert {h for rule in version.earlier_reports for h in rule.hazards} == covered


def test_emergency_work_is_due_from_the_earlier_of_two_moments() -> None:
    at = datetime(2026, 12, 1, 10, tzinfo=LONDON)
    found = grounds_for(facts_of(severity="unsafe_now"), date(2026, 12, 1), LIBRARY)
    started = {StartEvent.AWARENESS: at, StartEvent.WORK_IDENTIFIED: at.replace(hour=8)}

    made = [
        clock.due
        for clock in clocks_of(found, started, WorkingDays.of(ENGLAND))
        if clock.ground.provision_id == f"{REGULATIONS}emergency_safety_work"
    ]

    assert [due.due_at for due in made if due] == [datetime(2026, 12, 2, 8, tzinfo=LONDON)]


@pytest.mark.parametrize(
    ("day", "count", "carbon_monoxide"),
    [
        (date(2026, 6, 22), 29, "Carbon monoxide and fuel combustion products"),
        (date(2026, 6, 23), 21, "Indoor air pollutants"),
    ],
)
def test_the_list_of_hazards_changes_on_its_day(
    day: date, count: int, carbon_monoxide: str
) -> None:
    listed = LIBRARY.hazard_list(ENGLAND, day)

    assert listed is not None
    assert len(listed.listed) == count
    assert listed.name_of(Hazard.CARBON_MONOXIDE) == carbon_monoxide
    assert all(listed.name_of(hazard) for hazard in Hazard)


def test_no_list_stands_before_the_rating_system() -> None:
    assert LIBRARY.hazard_list(ENGLAND, date(2006, 4, 5)) is None


def test_a_complaint_can_be_put_off_by_as_long_again_at_each_stage() -> None:
    code = "housing_ombudsman_complaint_handling_code/"
    stages = {1: 10, 2: 20}

    for stage, length in stages.items():
        version = LIBRARY.provision(ENGLAND, f"{code}stage_{stage}_response").versions[-1]
        (period,) = version.periods

        assert period.extension is not None
        assert (period.extension.length, period.extension.unit) == (length, Unit.WORKING_DAYS)
