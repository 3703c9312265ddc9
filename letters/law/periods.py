"""Lengths of time the law sets, and the day or moment at which each ends."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from letters.law.errors import MomentNeeded, NaiveMoment, NoFixedLength
from letters.law.working_days import WorkingDays

LONDON = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)
_END_OF_DAY = time(23, 59, 59)


class Unit(StrEnum):
    """What a period is counted in; the last three have no number and end on no fixed day."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    CLEAR_DAYS = "clear_days"
    WEEKS = "weeks"
    REASONABLE_TIME = "reasonable_time"
    AS_SOON_AS_PRACTICABLE = "as_soon_as_practicable"
    AT_ONCE = "at_once"

    @property
    def label(self) -> str:
        return _UNIT_LABELS.get(self, self.value.replace("_", " "))

    @property
    def is_counted(self) -> bool:
        return self not in _UNCOUNTED


_UNCOUNTED = (Unit.REASONABLE_TIME, Unit.AS_SOON_AS_PRACTICABLE, Unit.AT_ONCE)
_UNIT_LABELS = {
    Unit.REASONABLE_TIME: "a reasonable time",
    Unit.AS_SOON_AS_PRACTICABLE: "as soon as reasonably practicable",
}


class StartEvent(StrEnum):
    """What has to happen for a period to begin."""

    AWARENESS = "awareness"
    DEEMED_RECEIPT = "deemed_receipt"
    INVESTIGATION_CONCLUDED = "investigation_concluded"
    IN_PERSON_INVESTIGATION_REQUESTED = "in_person_investigation_requested"
    COMPLAINT_RECEIVED = "complaint_received"
    COMPLAINT_ACKNOWLEDGED = "complaint_acknowledged"
    ESCALATION_RECEIVED = "escalation_received"
    ESCALATION_ACKNOWLEDGED = "escalation_acknowledged"
    NOTICE_RECEIVED = "notice_received"
    DECISION_NOTIFIED = "decision_notified"

    @property
    def label(self) -> str:
        return _EVENT_LABELS[self]


_EVENT_LABELS = {
    StartEvent.AWARENESS: "the landlord became aware",
    StartEvent.DEEMED_RECEIPT: "the letter is taken to have been received",
    StartEvent.INVESTIGATION_CONCLUDED: "the investigation was concluded",
    StartEvent.IN_PERSON_INVESTIGATION_REQUESTED: "an investigation in person was asked for",
    StartEvent.COMPLAINT_RECEIVED: "the complaint was received",
    StartEvent.COMPLAINT_ACKNOWLEDGED: "the complaint was acknowledged",
    StartEvent.ESCALATION_RECEIVED: "the request for stage 2 was received",
    StartEvent.ESCALATION_ACKNOWLEDGED: "the request for stage 2 was acknowledged",
    StartEvent.NOTICE_RECEIVED: "the letter was received",
    StartEvent.DECISION_NOTIFIED: "the decision was notified",
}


class Basis(StrEnum):
    """Whether the law sets the period, or the service chose a day to follow up."""

    LAW = "law"
    SERVICE = "service"

    @property
    def label(self) -> str:
        return {"law": "set by law", "service": "the service's own follow-up date"}[self.value]


class Bound(StrEnum):
    """Whether something must be done by the end of the period, or may not be done before it."""

    NO_LATER_THAN = "no_later_than"
    NOT_BEFORE = "not_before"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class DayOfEvent(StrEnum):
    """Whether the day of the event is itself the first day."""

    COUNTED = "counted"
    NOT_COUNTED = "not_counted"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A length that runs from a start event; `length` is None when the unit has no number."""

    id: str
    length: int | None
    unit: Unit
    start_event: StartEvent
    requires: str
    basis: Basis
    bound: Bound
    day_of_event: DayOfEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedDay:
    day: date
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Where a period ends, with every day that was counted or skipped on the way.

    `due_at` is the last second of the day, in London, for a period in days; for a
    NOT_BEFORE period it is the first second of the first day that is allowed.
    """

    period_id: str
    start_event: StartEvent
    started_at: datetime
    due_on: date
    due_at: datetime
    length: int
    unit: Unit
    bound: Bound
    counted: tuple[date, ...]
    skipped: tuple[SkippedDay, ...]
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    ends_on: date
    counted: tuple[date, ...]
    skipped: tuple[SkippedDay, ...]


def due(period: Period, started_at: datetime, calendar: WorkingDays) -> Due:
    """The end of the period from the moment of its start event."""
    if started_at.tzinfo is None or started_at.utcoffset() is None:
        raise NaiveMoment("the moment of the start event needs a time zone")
    length = _length(period)
    count = _count(period, started_at.astimezone(LONDON).date(), calendar)
    due_at = _due_at(period, started_at, count)
    return Due(
        period_id=period.id,
        start_event=period.start_event,
        started_at=started_at,
        due_on=due_at.date(),
        due_at=due_at,
        length=length,
        unit=period.unit,
        bound=period.bound,
        counted=count.counted,
        skipped=count.skipped,
        explanation=_explanation(period, started_at, count, due_at),
    )


def due_on(period: Period, start: date | datetime, calendar: WorkingDays) -> date:
    """The day on which the period ends; a period in hours needs the moment it began."""
    if isinstance(start, datetime):
        return due(period, start, calendar).due_on
    if period.unit is Unit.HOURS:
        raise MomentNeeded(f"{period.id} is counted in hours: give the time as well as the day")
    return _count(period, start, calendar).ends_on


def _length(period: Period) -> int:
    if period.length is None:
        raise NoFixedLength(f"{period.id}: the law says {period.unit.label} and gives no number")
    return period.length


def _count(period: Period, day: date, calendar: WorkingDays) -> _Count:
    length = _length(period)
    if period.unit is Unit.HOURS:
        return _Count(ends_on=day, counted=(), skipped=())
    if period.unit is Unit.WORKING_DAYS:
        return _count_working_days(day, length, calendar)
    days = length * 7 if period.unit is Unit.WEEKS else length
    first = day if period.day_of_event is DayOfEvent.COUNTED else day + _DAY
    counted = tuple(first + _DAY * number for number in range(days))
    # clear days: neither the day of the event nor the day of the act is among them
    ends_on = counted[-1] + _DAY if period.unit is Unit.CLEAR_DAYS else counted[-1]
    return _Count(ends_on=ends_on, counted=counted, skipped=())


def _count_working_days(day: date, length: int, calendar: WorkingDays) -> _Count:
    # the day of the event is day 0 and day 1 the next working day
    counted: list[date] = []
    skipped: list[SkippedDay] = []
    while len(counted) < length:
        day += _DAY
        if calendar.is_working(day):
            counted.append(day)
        else:
            skipped.append(SkippedDay(day=day, why=calendar.why_not(day)))
    return _Count(ends_on=day, counted=tuple(counted), skipped=tuple(skipped))


def _due_at(period: Period, started_at: datetime, count: _Count) -> datetime:
    if period.unit is Unit.HOURS:
        # elapsed time: an hour the clocks skip or repeat is no hour more or less
        elapsed = timedelta(hours=_length(period))
        return (started_at.astimezone(UTC) + elapsed).astimezone(LONDON)
    at = time(0) if period.bound is Bound.NOT_BEFORE else _END_OF_DAY
    return datetime.combine(count.ends_on, at, tzinfo=LONDON)


def _explanation(period: Period, started_at: datetime, count: _Count, due_at: datetime) -> str:
    start = started_at.astimezone(LONDON)
    began = f"{_sentence(period.start_event.label)} on {_weekday(start.date())}"
    if period.unit is Unit.HOURS:
        return (
            f"{began} at {start:%H:%M}. {period.length} hours of elapsed time, day and night, "
            f"end on {_weekday(due_at.date())} at {due_at:%H:%M}."
        )
    parts = [f"{began}.", _counting(period, count)]
    parts += [_skipping(count)] if count.skipped else []
    return " ".join([*parts, _ending(period, count)])


def _counting(period: Period, count: _Count) -> str:
    first = _weekday(count.counted[0])
    if period.day_of_event is DayOfEvent.COUNTED:
        return f"That day is day 1 of {period.length} {period.unit.label}."
    return f"That day is day 0; day 1 of {period.length} {period.unit.label} is {first}."


def _skipping(count: _Count) -> str:
    days = "; ".join(f"{_weekday(skip.day)} ({skip.why})" for skip in count.skipped)
    return f"Not counted: {days}."


def _ending(period: Period, count: _Count) -> str:
    if period.bound is Bound.NOT_BEFORE:
        return f"The first day allowed is {_weekday(count.ends_on)}."
    return f"The last day is {_weekday(count.ends_on)}."


def day_in_words(day: date) -> str:
    """The day with its month as a word, so that it cannot be read two ways."""
    return f"{day.day} {day:%B %Y}"


def _weekday(day: date) -> str:
    return f"{day:%A} {day_in_words(day)}"


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
