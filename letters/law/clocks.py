"""The clocks that run from one letter: each period of each ground, for each hazard."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from letters.law.grounds import Ground, Grounds
from letters.law.hazards import Hazard
from letters.law.periods import (
    LONDON,
    Basis,
    Due,
    Period,
    StartEvent,
    day_in_words,
    earlier_of,
)
from letters.law.provision import DutyOn
from letters.law.working_days import WorkingDays

_ON_THE_LANDLORD = frozenset({DutyOn.LANDLORD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """`hazard` is None for a provision that turns on none. `due` is None while its start event has
    not happened, where the law gives no number, or where `waits_for` says what has to happen
    first."""

    ground: Ground
    hazard: Hazard | None
    period: Period
    due: Due | None
    waits_for: str = ""


def clocks_of(
    grounds: Grounds,
    started: Mapping[StartEvent, datetime],
    calendar: WorkingDays,
    duty_on: Collection[DutyOn] = _ON_THE_LANDLORD,
    *,
    with_advisers_law: bool = False,
) -> tuple[Clock, ...]:
    """Every clock of a duty on the landlord, or on whom is named, with its end where the start
    event is in `started`. What the service itself asks for is asked once a hazard, whichever
    grounds ask for it. What is for advisers alone is left out unless asked for."""
    found = (*grounds.applying, *grounds.for_adviser) if with_advisers_law else grounds.applying
    clocks = [
        _clock(ground, hazard, period, started, calendar)
        for ground in found
        if ground.duty_on in duty_on
        for hazard in ground.hazards or (None,)
        for period in ground.periods
    ]
    asked = {(c.hazard, c.period.id): c for c in clocks if _is_asked(c)}
    return tuple(c for c in clocks if not _is_asked(c) or asked[c.hazard, c.period.id] is c)


def _is_asked(clock: Clock) -> bool:
    return clock.period.basis is Basis.SERVICE


def _clock(
    ground: Ground,
    hazard: Hazard | None,
    period: Period,
    started: Mapping[StartEvent, datetime],
    calendar: WorkingDays,
) -> Clock:
    waits_for = _waits_for(ground, hazard, period, started)
    counted = {} if waits_for else started
    return Clock(
        ground=ground,
        hazard=hazard,
        period=period,
        due=earlier_of(period, counted, calendar),
        waits_for=waits_for,
    )


def _waits_for(
    ground: Ground,
    hazard: Hazard | None,
    period: Period,
    started: Mapping[StartEvent, datetime],
) -> str:
    """Where the landlord learnt of it before the law reached it: what was told then starts no
    clock."""
    told_from = None if hazard is None else ground.told_from(hazard)
    aware_at = started.get(StartEvent.AWARENESS)
    if told_from is None or aware_at is None or period.basis is not Basis.LAW:
        return ""
    if aware_at.astimezone(LONDON).date() >= told_from:
        return ""
    return (
        f"a fresh report, or a material change in the hazard, on or after "
        f"{day_in_words(told_from)}: what the landlord was told before starts no clock"
    )
