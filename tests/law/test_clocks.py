"""Clocks of one letter: each period of each duty on the landlord, for each hazard it reaches."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from letters.law.clocks import Clock, clocks_of
from letters.law.grounds import Grounds, grounds_for
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import read_library
from letters.law.periods import LONDON, Basis, StartEvent, Unit, due
from letters.law.provision import DutyOn, FreshReportNeeded
from letters.law.working_days import WorkingDays
from tests.law.law_cases import TEMPLATES, facts_of

LIBRARY = read_library(TEMPLATES)
CALENDAR = WorkingDays.of(Jurisdiction.ENGLAND)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=LONDON)
MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2027, 6, 1),  # noqa: DTZ001
    timezones=st.just(LONDON),
)


def grounds(**changes: str) -> Grounds:
    return grounds_for(facts_of(**changes), date(2026, 11, 23), LIBRARY)


def clocks(started: dict[StartEvent, datetime], **changes: str) -> dict[str, Clock]:
    found = clocks_of(grounds(**changes), started, CALENDAR)
    return {f"{c.ground.provision_id}:{c.period.id}": c for c in found}


INVESTIGATION = "hazards_in_social_housing_regulations_2025/standard_investigation:investigate"


def test_clocks_of_counts_from_the_event_that_happened() -> None:
    found = clocks({StartEvent.AWARENESS: MONDAY})

    last = found[INVESTIGATION].due
    assert last is not None
    assert last.due_on == date(2026, 12, 7)


def test_clocks_of_leaves_open_what_has_not_begun() -> None:
    found = clocks({StartEvent.AWARENESS: MONDAY})

    waiting = [c for c in found.values() if c.period.start_event is not StartEvent.AWARENESS]

    assert waiting
    assert all(clock.due is None for clock in waiting)


def test_clocks_of_leaves_open_what_has_no_number() -> None:
    everything = dict.fromkeys(StartEvent, MONDAY)

    found = clocks(everything)

    unnumbered = [c for c in found.values() if c.period.length is None]
    assert {c.period.unit for c in unnumbered} >= {Unit.REASONABLE_TIME}
    assert all(clock.due is None for clock in unnumbered)


def test_clocks_of_without_events_starts_none() -> None:
    assert all(clock.due is None for clock in clocks({}).values())


def test_clocks_of_has_one_for_each_period_and_hazard() -> None:
    found = grounds()
    owed = [ground for ground in found.applying if ground.duty_on is DutyOn.LANDLORD]

    made = clocks_of(found, {}, CALENDAR)

    by_law = [clock for clock in made if clock.period.basis is Basis.LAW]
    owed_by_law = [
        (ground, hazard, period)
        for ground in owed
        for hazard in ground.hazards or (None,)
        for period in ground.periods
        if period.basis is Basis.LAW
    ]
    assert len(by_law) == len(owed_by_law)
    assert all(clock.hazard in (clock.ground.hazards or (None,)) for clock in made)


def test_clocks_of_asks_once_for_a_reply_about_each_hazard() -> None:
    made = clocks_of(grounds(), {}, CALENDAR)

    asked = [
        (clock.hazard, clock.period.id) for clock in made if clock.period.basis is Basis.SERVICE
    ]
    assert len(asked) == len(set(asked)) > 0


def test_clocks_of_a_licence_asks_for_a_reply() -> None:
    found = clocks({}, tenure="supported_housing", agreement="licence")

    assert [c.period.id for c in found.values() if c.period.basis is Basis.SERVICE] == ["reply"]


def test_clocks_of_times_no_duty_of_the_tenant() -> None:
    assert all(c.ground.duty_on is DutyOn.LANDLORD for c in clocks({}).values())


def test_clocks_of_a_private_tenant_has_no_time_of_social_housing() -> None:
    found = clocks({}, tenure="private_tenancy", landlord_kind="private_landlord")

    assert not [key for key in found if key.startswith("hazards_in_social_housing")]


@given(MOMENTS)
def test_clocks_of_counts_as_the_period_alone_does(moment: datetime) -> None:
    for clock in clocks({StartEvent.AWARENESS: moment}).values():
        if clock.due is not None:
            assert clock.due == due(clock.period, moment, CALENDAR)
            assert clock.due.due_at - moment <= timedelta(days=40)
            assert clock.due.due_at > moment


def test_clocks_of_waits_for_a_fresh_report() -> None:
    ground = grounds_for(facts_of(), date(2026, 11, 23), LIBRARY)
    rule = FreshReportNeeded(hazards=(Hazard.DAMP_AND_MOULD,), told_from=date(2025, 10, 27))
    told_earlier = {StartEvent.AWARENESS: datetime(2025, 10, 26, 23, 59, tzinfo=LONDON)}
    told_in_time = {StartEvent.AWARENESS: datetime(2025, 10, 27, tzinfo=LONDON)}
    ruled = replace(
        ground, applying=tuple(replace(g, earlier_reports=(rule,)) for g in ground.applying)
    )

    waiting = [
        clock
        for clock in clocks_of(ruled, told_earlier, CALENDAR)
        if clock.period.basis is Basis.LAW and clock.hazard is not None
    ]
    running = clocks_of(ruled, told_in_time, CALENDAR)

    assert all(clock.due is None for clock in waiting)
    assert all("on or after 27 October 2025" in clock.waits_for for clock in waiting)
    assert any(clock.due for clock in running)
    assert not any(clock.waits_for for clock in running)


def test_clocks_of_duties_on_the_council() -> None:
    started = {StartEvent.NOTICE_RECEIVED: MONDAY}
    found = grounds(tenure="private_tenancy", landlord_kind="private_landlord")

    clocks = clocks_of(found, started, CALENDAR, frozenset({DutyOn.COUNCIL}))

    assert {clock.ground.duty_on for clock in clocks} == {DutyOn.COUNCIL}
