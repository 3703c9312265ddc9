"""The clocks that run from one letter: each period of each ground, for each hazard."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from letters.law.grounds import Ground, Grounds
from letters.law.hazards import Hazard
from letters.law.periods import Basis, Due, Period, StartEvent, due
from letters.law.provision import DutyOn
from letters.law.working_days import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """`due` is None while its start event has not happened, or where the law gives no number."""

    ground: Ground
    hazard: Hazard
    period: Period
    due: Due | None


def clocks_of(
    grounds: Grounds, started: Mapping[StartEvent, datetime], calendar: WorkingDays
) -> tuple[Clock, ...]:
    """Every clock of a duty on the landlord, with its end where the start event is in `started`.
    What the service itself asks for is asked once a hazard, whichever grounds ask for it."""
    clocks = [
        Clock(ground=ground, hazard=hazard, period=period, due=_due(period, started, calendar))
        for ground in grounds.applying
        if ground.duty_on is DutyOn.LANDLORD
        for hazard in ground.hazards
        for period in ground.periods
    ]
    asked = {(c.hazard, c.period.id): c for c in clocks if _is_asked(c)}
    return tuple(c for c in clocks if not _is_asked(c) or asked[c.hazard, c.period.id] is c)


def _is_asked(clock: Clock) -> bool:
    return clock.period.basis is Basis.SERVICE


def _due(
    period: Period, started: Mapping[StartEvent, datetime], calendar: WorkingDays
) -> Due | None:
    if period.length is None or period.start_event not in started:
        return None
    return due(period, started[period.start_event], calendar)
