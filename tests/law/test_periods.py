"""Where periods end, against properties and a second way of counting."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.law.errors import CalendarRunsOut, MomentNeeded, NaiveMoment, NoFixedLength
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import (
    LONDON,
    Basis,
    Bound,
    DayOfEvent,
    Extension,
    Period,
    StartEvent,
    Unit,
    due,
    due_on,
    earlier_of,
    latest_extension,
)
from letters.law.working_days import WorkingDays

ENGLAND = WorkingDays.of(Jurisdiction.ENGLAND)
CALENDARS = st.sampled_from([WorkingDays.of(jurisdiction) for jurisdiction in Jurisdiction])
MOMENTS = st.datetimes(
    min_value=datetime(2025, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2028, 6, 30),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, LONDON]),
)
LENGTHS = st.integers(min_value=1, max_value=60)
UNITS_IN_DAYS = st.sampled_from(
    [Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.CLEAR_DAYS, Unit.WEEKS]
)
DAY = timedelta(days=1)


def period_of(
    length: int | None,
    unit: Unit,
    *,
    bound: Bound = Bound.NO_LATER_THAN,
    day_of_event: DayOfEvent = DayOfEvent.NOT_COUNTED,
) -> Period:
    return Period(
        id="act",
        length=length,
        unit=unit,
        start_event=StartEvent.AWARENESS,
        requires="the act",
        basis=Basis.LAW,
        bound=bound,
        day_of_event=day_of_event,
    )


def naive_working_days(day: date, length: int, calendar: WorkingDays) -> date:
    """A second way to count: try each later day until enough working days lie between."""
    end = day
    while sum(calendar.is_working(day + DAY * n) for n in range(1, (end - day).days + 1)) < length:
        end += DAY
    return end


@given(moment=MOMENTS, length=st.integers(1, 20), calendar=CALENDARS)
def test_due_agrees_with_a_second_count(
    moment: datetime, length: int, calendar: WorkingDays
) -> None:
    end = due(period_of(length, Unit.WORKING_DAYS), moment, calendar)

    start = moment.astimezone(LONDON).date()
    assert end.due_on == naive_working_days(start, length, calendar)


@given(moment=MOMENTS, length=LENGTHS, calendar=CALENDARS)
def test_due_counts_only_working_days(moment: datetime, length: int, calendar: WorkingDays) -> None:
    end = due(period_of(length, Unit.WORKING_DAYS), moment, calendar)

    assert len(end.counted) == length
    assert all(calendar.is_working(day) for day in end.counted)
    assert end.counted[-1] == end.due_on


@given(moment=MOMENTS, length=LENGTHS, calendar=CALENDARS)
def test_due_leaves_no_day_unexplained(
    moment: datetime, length: int, calendar: WorkingDays
) -> None:
    end = due(period_of(length, Unit.WORKING_DAYS), moment, calendar)

    start = moment.astimezone(LONDON).date()
    between = [start + DAY * n for n in range(1, (end.due_on - start).days + 1)]
    assert sorted([*end.counted, *(skip.day for skip in end.skipped)]) == between
    assert all(skip.why == calendar.why_not(skip.day) != "" for skip in end.skipped)


@given(moments=st.tuples(MOMENTS, MOMENTS), length=LENGTHS, unit=UNITS_IN_DAYS)
def test_due_never_runs_backwards(
    moments: tuple[datetime, datetime], length: int, unit: Unit
) -> None:
    earlier, later = sorted(moments)
    period = period_of(length, unit)

    assert due(period, earlier, ENGLAND).due_at <= due(period, later, ENGLAND).due_at


@given(moment=MOMENTS, length=LENGTHS, unit=UNITS_IN_DAYS)
def test_due_grows_with_length(moment: datetime, length: int, unit: Unit) -> None:
    shorter = due(period_of(length, unit), moment, ENGLAND)
    longer = due(period_of(length + 1, unit), moment, ENGLAND)

    assert shorter.due_on < longer.due_on


@given(moment=MOMENTS, length=LENGTHS, unit=UNITS_IN_DAYS)
def test_due_on_day_agrees_with_moment(moment: datetime, length: int, unit: Unit) -> None:
    period = period_of(length, unit)

    day = moment.astimezone(LONDON).date()
    assert due_on(period, day, ENGLAND) == due_on(period, moment, ENGLAND)


@given(moment=MOMENTS, hours=st.integers(1, 96))
def test_due_in_hours_is_elapsed_time(moment: datetime, hours: int) -> None:
    end = due(period_of(hours, Unit.HOURS), moment, ENGLAND)

    assert end.due_at.astimezone(UTC) - moment.astimezone(UTC) == timedelta(hours=hours)
    assert end.due_on == end.due_at.date()


def test_due_in_hours_when_clocks_go_forward() -> None:
    started = datetime(2026, 3, 28, 12, 0, tzinfo=LONDON)

    end = due(period_of(24, Unit.HOURS), started, ENGLAND)

    assert end.due_at.isoformat() == "2026-03-29T13:00:00+01:00"


def test_due_in_hours_when_clocks_go_back() -> None:
    started = datetime(2026, 10, 24, 12, 0, tzinfo=LONDON)

    end = due(period_of(24, Unit.HOURS), started, ENGLAND)

    assert end.due_at.isoformat() == "2026-10-25T11:00:00+00:00"


def test_due_ends_with_the_day_in_london() -> None:
    # 23:30 UTC in summer is already the next day in London
    started = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)

    end = due(period_of(1, Unit.WORKING_DAYS), started, ENGLAND)

    assert end.due_at.isoformat() == "2026-07-08T23:59:59+01:00"


def test_due_from_saturday_before_a_holiday() -> None:
    started = datetime(2026, 8, 29, 9, 0, tzinfo=LONDON)

    end = due(period_of(1, Unit.WORKING_DAYS), started, ENGLAND)

    assert end.due_on == date(2026, 9, 1)


def test_due_in_weeks_is_84_days_for_12() -> None:
    end = due_on(period_of(12, Unit.WEEKS), date(2026, 12, 7), ENGLAND)

    assert end == date(2027, 3, 1)


def test_due_in_clear_days_is_the_22nd_for_21() -> None:
    period = period_of(21, Unit.CLEAR_DAYS, bound=Bound.NOT_BEFORE)

    end = due(period, datetime(2026, 11, 23, 16, 0, tzinfo=UTC), ENGLAND)

    assert end.due_at.isoformat() == "2026-12-15T00:00:00+00:00"
    assert len(end.counted) == 21


def test_due_when_the_day_of_the_event_counts() -> None:
    period = period_of(21, Unit.CALENDAR_DAYS, day_of_event=DayOfEvent.COUNTED)

    assert due_on(period, date(2026, 11, 23), ENGLAND) == date(2026, 12, 13)


def test_due_over_a_leap_day() -> None:
    end = due_on(period_of(1, Unit.CALENDAR_DAYS), date(2028, 2, 28), ENGLAND)

    assert end == date(2028, 2, 29)


def test_due_from_naive_moment() -> None:
    with pytest.raises(NaiveMoment):
        due(period_of(24, Unit.HOURS), datetime(2026, 11, 21, 9, 0), ENGLAND)  # noqa: DTZ001


def test_due_on_day_for_hours() -> None:
    with pytest.raises(MomentNeeded, match="give the time"):
        due_on(period_of(24, Unit.HOURS), date(2026, 11, 21), ENGLAND)


@pytest.mark.parametrize("unit", [unit for unit in Unit if not unit.is_counted])
def test_due_without_a_number(unit: Unit) -> None:
    with pytest.raises(NoFixedLength, match="gives no number"):
        due(period_of(None, unit), datetime(2026, 11, 21, 9, 0, tzinfo=UTC), ENGLAND)


def test_due_past_the_published_holidays() -> None:
    with pytest.raises(CalendarRunsOut):
        due_on(period_of(10, Unit.WORKING_DAYS), date(2028, 12, 20), ENGLAND)


def test_explanation_names_every_skipped_day() -> None:
    started = datetime(2026, 12, 24, 10, 0, tzinfo=UTC)

    end = due(period_of(1, Unit.WORKING_DAYS), started, ENGLAND)

    assert end.explanation == (
        "The landlord became aware on Thursday 24 December 2026. That day is day 0; day 1 of 1 "
        "working days is Tuesday 29 December 2026. Not counted: Friday 25 December 2026 (bank "
        "holiday: Christmas Day); Saturday 26 December 2026 (Saturday); Sunday 27 December 2026 "
        "(Sunday); Monday 28 December 2026 (bank holiday: Boxing Day (substitute day)). The last "
        "day is Tuesday 29 December 2026."
    )


def test_explanation_of_hours_gives_both_times() -> None:
    started = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)

    end = due(period_of(24, Unit.HOURS), started, ENGLAND)

    assert "at 12:00" in end.explanation
    assert "Sunday 29 March 2026 at 13:00" in end.explanation


@pytest.mark.parametrize(
    ("day", "length", "unit", "counted", "last"),
    [
        (date(2026, 11, 30), 3, Unit.MONTHS, DayOfEvent.NOT_COUNTED, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, Unit.MONTHS, DayOfEvent.NOT_COUNTED, date(2028, 2, 29)),
        (date(2026, 11, 23), 6, Unit.MONTHS, DayOfEvent.COUNTED, date(2027, 5, 22)),
        (date(2026, 12, 1), 1, Unit.MONTHS, DayOfEvent.NOT_COUNTED, date(2027, 1, 1)),
        (date(2028, 2, 29), 6, Unit.YEARS, DayOfEvent.NOT_COUNTED, date(2034, 2, 28)),
    ],
)
def test_due_in_months_is_the_corresponding_day(
    day: date, length: int, unit: Unit, counted: DayOfEvent, last: date
) -> None:
    assert due_on(period_of(length, unit, day_of_event=counted), day, ENGLAND) == last


def test_explanation_of_months_says_how() -> None:
    period = period_of(6, Unit.MONTHS, day_of_event=DayOfEvent.COUNTED)

    end = due(period, datetime(2026, 11, 23, 9, tzinfo=LONDON), ENGLAND)

    assert "6 months end on the corresponding day, less a day." in end.explanation
    assert "The last day is Saturday 22 May 2027." in end.explanation


EITHER = replace(period_of(24, Unit.HOURS), or_from=StartEvent.WORK_IDENTIFIED)


@given(awareness=MOMENTS, identified=MOMENTS)
def test_earlier_of_two_events_counts(awareness: datetime, identified: datetime) -> None:
    started = {StartEvent.AWARENESS: awareness, StartEvent.WORK_IDENTIFIED: identified}

    end = earlier_of(EITHER, started, ENGLAND)

    assert end is not None
    assert end.due_at == min(awareness, identified).astimezone(UTC) + timedelta(hours=24)


def test_earlier_of_waits_for_either_event() -> None:
    moment = datetime(2026, 11, 23, 9, tzinfo=LONDON)

    found = earlier_of(EITHER, {StartEvent.WORK_IDENTIFIED: moment}, ENGLAND)

    assert earlier_of(EITHER, {}, ENGLAND) is None
    assert found is not None
    assert found.start_event is StartEvent.WORK_IDENTIFIED


def test_latest_extension_counts_from_the_end() -> None:
    end = due(period_of(10, Unit.WORKING_DAYS), datetime(2026, 12, 10, 9, tzinfo=LONDON), ENGLAND)
    extension = Extension(length=10, unit=Unit.WORKING_DAYS, says="Say why.")

    last = latest_extension(end, extension, ENGLAND)

    # ten working days from 10 December end on the 24th; Christmas, its substitute and New Year
    # are passed over
    assert end.due_on == date(2026, 12, 24)
    assert last == date(2027, 1, 12)
