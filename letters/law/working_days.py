"""Working days of each nation, from the published bank holidays bundled with the project."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

# the package has no type hints; its data is checked below, holiday by holiday
from govuk_bank_holidays.bank_holidays import BankHolidays  # type: ignore[import-untyped]

from letters.law.errors import CalendarRunsOut
from letters.law.jurisdictions import Jurisdiction

_DIVISIONS = {
    Jurisdiction.ENGLAND: BankHolidays.ENGLAND_AND_WALES,
    Jurisdiction.WALES: BankHolidays.ENGLAND_AND_WALES,
    Jurisdiction.SCOTLAND: BankHolidays.SCOTLAND,
    Jurisdiction.NORTHERN_IRELAND: BankHolidays.NORTHERN_IRELAND,
}
_WEEKEND = {5: "Saturday", 6: "Sunday"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """The calendar of one nation; outside its published days it refuses to answer."""

    jurisdiction: Jurisdiction
    first: date
    last: date
    holidays: Mapping[date, str]

    @staticmethod
    def of(jurisdiction: Jurisdiction) -> "WorkingDays":
        """The calendar of the nation whose law is applied, wherever the clinic is."""
        return _calendar(jurisdiction)

    def is_working(self, day: date) -> bool:
        self._check(day)
        return day.weekday() not in _WEEKEND and day not in self.holidays

    def why_not(self, day: date) -> str:
        """Why the day is not a working day, as words; empty if it is one."""
        self._check(day)
        if day in self.holidays:
            return f"bank holiday: {self.holidays[day]}"
        return _WEEKEND.get(day.weekday(), "")

    def next_working_day(self, day: date) -> date:
        """The first working day after the day."""
        following = day + _DAY
        while not self.is_working(following):
            following += _DAY
        return following

    def _check(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise CalendarRunsOut(
                f"{day} lies outside the bank holidays published for "
                f"{self.jurisdiction.label}: {self.first} to {self.last}"
            )


@cache
def _calendar(jurisdiction: Jurisdiction) -> WorkingDays:
    # the bundled copy: the law engine makes no request
    published = BankHolidays(use_cached_holidays=True).data[_DIVISIONS[jurisdiction]]
    holidays: dict[date, str] = {
        holiday["date"]: _name(holiday["title"], holiday["notes"]) for holiday in published
    }
    return WorkingDays(
        jurisdiction=jurisdiction,
        first=min(holidays),
        last=max(holidays),
        holidays=MappingProxyType(holidays),
    )


def _name(title: str, notes: str) -> str:
    return f"{title} ({notes[0].lower()}{notes[1:]})" if notes else title
