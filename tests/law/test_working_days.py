"""The calendars of each nation against a second source, and against the day they run out."""

from datetime import date, timedelta

import holidays
import pytest

from letters.law import working_days
from letters.law.errors import CalendarRunsOut
from letters.law.jurisdictions import Jurisdiction
from letters.law.working_days import WorkingDays

ENGLAND = WorkingDays.of(Jurisdiction.ENGLAND)
SUBDIVISIONS = {
    Jurisdiction.ENGLAND: "ENG",
    Jurisdiction.WALES: "WLS",
    Jurisdiction.SCOTLAND: "SCT",
    Jurisdiction.NORTHERN_IRELAND: "NIR",
}
# days on which the published list and the second source differ, with the reason
KNOWN_DIFFERENCES: dict[Jurisdiction, set[date]] = {
    # a holiday for the World Cup that the published list of this package does not hold
    Jurisdiction.SCOTLAND: {date(2026, 6, 15)},
}


@pytest.mark.usefixtures("socket_disabled")
def test_calendar_is_made_without_a_request() -> None:
    made_anew = working_days._calendar.__wrapped__(Jurisdiction.WALES)

    assert made_anew == WorkingDays.of(Jurisdiction.WALES)


def test_is_working_on_weekday() -> None:
    assert ENGLAND.is_working(date(2026, 11, 30))


def test_is_working_differs_by_nation() -> None:
    scotland = WorkingDays.of(Jurisdiction.SCOTLAND)

    assert not scotland.is_working(date(2026, 11, 30))


def test_why_not_names_the_weekend() -> None:
    assert ENGLAND.why_not(date(2026, 11, 21)) == "Saturday"


def test_why_not_names_the_substitute_day() -> None:
    assert ENGLAND.why_not(date(2027, 12, 27)) == "bank holiday: Christmas Day (substitute day)"


def test_why_not_is_empty_on_a_working_day() -> None:
    assert ENGLAND.why_not(date(2026, 11, 30)) == ""


def test_next_working_day_after_saturday_before_holiday() -> None:
    # ruling 17: the next working day, also when the Monday is a holiday
    assert ENGLAND.next_working_day(date(2026, 8, 29)) == date(2026, 9, 1)


@pytest.mark.parametrize("day", [ENGLAND.first - timedelta(days=1), ENGLAND.last + timedelta(1)])
def test_is_working_outside_the_published_days(day: date) -> None:
    with pytest.raises(CalendarRunsOut, match="England"):
        ENGLAND.is_working(day)


def test_next_working_day_past_the_last_published() -> None:
    with pytest.raises(CalendarRunsOut):
        ENGLAND.next_working_day(ENGLAND.last)


@pytest.mark.parametrize("jurisdiction", list(Jurisdiction))
def test_holidays_agree_with_a_second_source(jurisdiction: Jurisdiction) -> None:
    second = holidays.country_holidays(
        "GB", subdiv=SUBDIVISIONS[jurisdiction], years=range(2025, 2029)
    )
    published = {d for d in WorkingDays.of(jurisdiction).holidays if d.year in range(2025, 2029)}

    # the second source also lists the day itself beside its substitute, always a weekend
    differing = {day for day in published ^ set(second) if day.weekday() < 5}

    assert differing == KNOWN_DIFFERENCES.get(jurisdiction, set())


@pytest.mark.parametrize("jurisdiction", list(Jurisdiction))
def test_calendar_covers_the_next_twelve_months(jurisdiction: Jurisdiction) -> None:
    # the one test that reads the real clock: it is here to fail before the days run out
    today = date.today()  # noqa: DTZ011

    assert WorkingDays.of(jurisdiction).last >= today + timedelta(days=365)
