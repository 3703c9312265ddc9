"""One person's own letters, month by month, and what came of the cases they are about.

Unlike the summary of a partnership this protects nobody by rounding: whoever reads it may open each
of the cases.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from letters.access.models import User
from letters.delivery.queries import sent_by
from letters.law.periods import LONDON
from letters.outcomes.queries import checked_mends, inspections

_MONTHS_BEFORE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What left in a month, and of the cases it was about how many came to what since."""

    first_day: date
    letters: int
    cases: int
    inspected: int
    mended: int


def months_of(user: User, *, day: date) -> tuple[Month, ...]:
    """The month of that day and the six before it, the latest first."""
    firsts = _first_days(day)
    since = datetime.combine(firsts[-1], time(), tzinfo=LONDON)
    rows = sent_by(user, since=since).values_list("letter__case", "sent_at")
    sent = [(case, _day(at)) for case, at in rows if at is not None]
    cases = {case for case, _ in sent}
    inspected, mended = _inspected(cases), _mended(cases)
    return tuple(_month(first, sent, inspected, mended) for first in firsts)


def _first_days(day: date) -> tuple[date, ...]:
    months = day.year * 12 + day.month - 1
    pairs = (divmod(months - back, 12) for back in range(_MONTHS_BEFORE + 1))
    return tuple(date(year, month + 1, 1) for year, month in pairs)


def _month(
    first: date,
    sent: Collection[tuple[UUID, date]],
    inspected: Mapping[UUID, date],
    mended: Mapping[UUID, date],
) -> Month:
    here = [(case, on) for case, on in sent if on.replace(day=1) == first]
    earliest: dict[UUID, date] = {}
    for case, on in here:
        earliest[case] = min(on, earliest.get(case, on))
    return Month(
        first_day=first,
        letters=len(here),
        cases=len(earliest),
        inspected=_since(earliest, inspected),
        mended=_since(earliest, mended),
    )


def _since(earliest: Mapping[UUID, date], latest: Mapping[UUID, date]) -> int:
    """In how many cases it happened after a letter: what came before does not follow from it."""
    return sum(case in latest and latest[case] >= on for case, on in earliest.items())


def _inspected(cases: Collection[UUID]) -> dict[UUID, date]:
    """When each was looked at last."""
    rows = inspections().filter(letter__case__in=cases).order_by("received_at")
    return {case: _day(at) for case, at in rows.values_list("letter__case", "received_at")}


def _mended(cases: Collection[UUID]) -> dict[UUID, date]:
    """When a hazard in each was mended last."""
    rows = checked_mends().filter(hazard_report__case__in=cases).order_by("completed_on")
    found = rows.values_list("hazard_report__case", "completed_on")
    return {case: on for case, on in found if on is not None}


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
