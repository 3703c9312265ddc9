"""What the law says to a set of facts, and every day that follows from what has happened.

The facts are nobody's: whoever asks may make them up. Pages and programs show the same answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from letters.drafting.errors import DocumentRefused, Fault
from letters.issuing.explorer import NOTICE
from letters.issuing.sources import library
from letters.law.clocks import Clock, clocks_of
from letters.law.errors import CalendarRunsOut
from letters.law.facts import CaseFacts, HazardFacts
from letters.law.grounds import Ground, Grounds, grounds_for
from letters.law.hazards import Hazard
from letters.law.periods import (
    LONDON,
    Due,
    Period,
    StartEvent,
    day_in_words,
    latest_extension,
)
from letters.law.provision import DutyOn
from letters.law.tenures import Agreement, LandlordKind
from letters.law.working_days import WorkingDays

_EVERYBODY = frozenset(DutyOn)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One period of a ground. `due` is None where it cannot be counted, and `waits_for` says why;
    `extended_to` is the last day to which it may be put off, None where it may not."""

    ground: Ground
    period: Period
    hazards: tuple[Hazard, ...]
    due: Due | None
    waits_for: str
    extended_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatApplies:
    """The whole answer to a set of facts, and the days that follow from what has happened."""

    facts: CaseFacts
    grounds: Grounds
    dated: tuple[Dated, ...]
    notice: str = NOTICE


def what_applies(
    facts: CaseFacts, *, day: date, started: Mapping[StartEvent, datetime]
) -> WhatApplies:
    """What the law says to the facts on the day; refuses facts that contradict each other."""
    calendar = WorkingDays.of(facts.jurisdiction)
    if faults := tuple(_contradictions(facts, day, started, calendar)):
        raise DocumentRefused(faults)
    grounds = grounds_for(facts, day, library())
    try:
        dated = _dated(grounds, started, calendar)
    except CalendarRunsOut as refusal:
        says = f"Give earlier moments: {refusal}"
        raise DocumentRefused((Fault(pointer="/started", says=says),)) from None
    return WhatApplies(facts=facts, grounds=grounds, dated=dated)


def _contradictions(
    facts: CaseFacts, day: date, started: Mapping[StartEvent, datetime], calendar: WorkingDays
) -> Iterator[Fault]:
    yield from _home_contradicted(facts)
    kinds = [hazard.hazard for hazard in facts.hazards]
    for place, hazard in enumerate(facts.hazards):
        if hazard.hazard in kinds[:place]:
            says = f"Give each hazard once: {hazard.hazard.label} is there twice"
            yield Fault(pointer=f"/hazards/{place}/hazard", says=says)
        yield from _days_contradicted(f"/hazards/{place}", hazard, day)
    yield from _events_contradicted(started, calendar)


def _home_contradicted(facts: CaseFacts) -> Iterator[Fault]:
    """The first of the three that cannot be true beside those before it."""
    clash = library().tenure_rules_of(facts.jurisdiction).contradiction
    tenure, agreement, landlord = facts.tenure, facts.agreement, facts.landlord_kind
    growing = {
        "/tenure": (tenure, Agreement.NOT_KNOWN, LandlordKind.NOT_KNOWN),
        "/agreement": (tenure, agreement, LandlordKind.NOT_KNOWN),
        "/landlord_kind": (tenure, agreement, landlord),
    }
    for pointer, home in growing.items():
        if says := clash(*home):
            yield Fault(pointer=pointer, says=says)
            return


def _days_contradicted(pointer: str, hazard: HazardFacts, day: date) -> Iterator[Fault]:
    says = f"Enter a day no later than {day_in_words(day)}, the day of the law"
    if hazard.first_noticed_on is not None and hazard.first_noticed_on > day:
        yield Fault(pointer=f"{pointer}/first_noticed_on", says=says)
    if hazard.landlord_told_on is not None and hazard.landlord_told_on > day:
        yield Fault(pointer=f"{pointer}/landlord_told_on", says=says)


def _events_contradicted(
    started: Mapping[StartEvent, datetime], calendar: WorkingDays
) -> Iterator[Fault]:
    first, last = day_in_words(calendar.first), day_in_words(calendar.last)
    for event, at in started.items():
        if not calendar.first <= at.astimezone(LONDON).date() <= calendar.last:
            says = f"Enter a day from {first} to {last}: bank holidays are published for these"
            yield Fault(pointer=f"/started/{event.value}", says=says)
    aware = started.get(StartEvent.AWARENESS)
    concluded = started.get(StartEvent.INVESTIGATION_CONCLUDED)
    if aware is not None and concluded is not None and concluded < aware:
        says = "Enter a moment after the landlord became aware: nobody investigates before that"
        yield Fault(pointer=f"/started/{StartEvent.INVESTIGATION_CONCLUDED.value}", says=says)


def _dated(
    grounds: Grounds, started: Mapping[StartEvent, datetime], calendar: WorkingDays
) -> tuple[Dated, ...]:
    """Every period of every ground, the first due first; those without a day come last. Each once,
    with the hazards for which it ends alike."""
    alike: dict[tuple[object, ...], list[Clock]] = {}
    for clock in clocks_of(grounds, started, calendar, _EVERYBODY, with_advisers_law=True):
        ground = clock.ground
        of_ground = (ground.provision_id, ground.version_starts_on, ground.strength)
        alike.setdefault((*of_ground, clock.period.id, clock.waits_for), []).append(clock)
    return tuple(sorted((_joined(same, calendar) for same in alike.values()), key=_due_at))


def _due_at(dated: Dated) -> datetime:
    return _NEVER if dated.due is None else dated.due.due_at


def _joined(same: Sequence[Clock], calendar: WorkingDays) -> Dated:
    first, period, end = same[0], same[0].period, same[0].due
    return Dated(
        ground=first.ground,
        period=period,
        hazards=tuple(clock.hazard for clock in same if clock.hazard is not None),
        due=end,
        waits_for="" if end else first.waits_for or _waits_for(period),
        extended_to=(
            latest_extension(end, period.extension, calendar) if end and period.extension else None
        ),
    )


def _waits_for(period: Period) -> str:
    if period.length is None:
        return f"the law gives no number of days: {period.unit.label}"
    events = (period.start_event, period.or_from)
    return " or ".join(f"the day on which {event.label}" for event in events if event is not None)
