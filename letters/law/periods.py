"""Lengths of time the law sets, and the day or moment at which each ends."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from letters.law.errors import MomentNeeded, NaiveMoment, NoFixedLength
from letters.law.working_days import WorkingDays

LONDON = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)
_END_OF_DAY = time(23, 59, 59)
# English whatever the machine's locale, and asked for often enough to matter
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Unit(StrEnum):
    """What a period is counted in; the last three have no number and end on no fixed day."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    CLEAR_DAYS = "clear_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
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
_BY_MONTH = {Unit.MONTHS: 1, Unit.YEARS: 12}
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
    NOTICE_SERVED = "notice_served"
    DECISION_NOTIFIED = "decision_notified"
    FIRST_TIER_DECISION = "first_tier_decision"
    WORK_IDENTIFIED = "work_identified"
    WORKS_NOTIFIED = "works_notified"
    COMPLAINT_DECIDED = "complaint_decided"
    FINAL_RESPONSE_RECEIVED = "final_response_received"
    CLAIM_SENT = "claim_sent"
    CLAIM_RECEIVED = "claim_received"
    CLAIM_ANSWERED = "claim_answered"
    EXPERT_INSTRUCTED = "expert_instructed"
    EXPERT_INSPECTED = "expert_inspected"
    EXPERT_REPORTED = "expert_reported"
    GAS_CHECKED = "gas_checked"
    INSPECTION_MADE = "inspection_made"
    APPLICATION_MADE = "application_made"
    APPLICATION_REFUSED = "application_refused"
    UNSUITABLE_SINCE = "unsuitable_since"
    ACT_COMPLAINED_OF = "act_complained_of"
    BREACH_BEGAN = "breach_began"
    REQUEST_RECEIVED = "request_received"
    EVENT_KNOWN = "event_known"
    REVIEW_DECISION_NOTIFIED = "review_decision_notified"
    EMERGENCY_ACTION_BEGUN = "emergency_action_begun"
    EIGHTEENTH_BIRTHDAY = "eighteenth_birthday"

    @property
    def label(self) -> str:
        return _EVENT_LABELS[self]


# What happens when a letter leaves, not when it comes.
AT_SENDING = frozenset(event for event in StartEvent if event.value.endswith("_sent"))
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
    StartEvent.NOTICE_SERVED: "the notice was served",
    StartEvent.DECISION_NOTIFIED: "the decision was notified",
    StartEvent.FIRST_TIER_DECISION: "the First-tier Tribunal decided",
    StartEvent.WORK_IDENTIFIED: "the work was found to be needed",
    StartEvent.WORKS_NOTIFIED: "the landlord was told of the work that is needed",
    StartEvent.COMPLAINT_DECIDED: "the complaint was decided",
    StartEvent.FINAL_RESPONSE_RECEIVED: "the final response was received",
    StartEvent.CLAIM_SENT: "the letter of claim was sent",
    StartEvent.CLAIM_RECEIVED: "the letter of claim was received",
    StartEvent.CLAIM_ANSWERED: "the letter of claim was answered",
    StartEvent.EXPERT_INSTRUCTED: "the expert was instructed",
    StartEvent.EXPERT_INSPECTED: "the expert inspected the home",
    StartEvent.EXPERT_REPORTED: "the expert's report was received",
    StartEvent.GAS_CHECKED: "the gas check was made",
    StartEvent.INSPECTION_MADE: "the inspection was made",
    StartEvent.APPLICATION_MADE: "the application was made",
    StartEvent.APPLICATION_REFUSED: "the application was refused",
    StartEvent.UNSUITABLE_SINCE: "the accommodation became unsuitable",
    StartEvent.ACT_COMPLAINED_OF: "what is complained of was done",
    StartEvent.BREACH_BEGAN: "the breach began",
    StartEvent.REQUEST_RECEIVED: "the request was received",
    StartEvent.EVENT_KNOWN: "the person learnt of it",
    StartEvent.REVIEW_DECISION_NOTIFIED: "the decision on the review was notified",
    StartEvent.EMERGENCY_ACTION_BEGUN: "the council began its emergency action",
    StartEvent.EIGHTEENTH_BIRTHDAY: "the person became 18",
}


class Basis(StrEnum):
    """Whether the law sets the period, a procedure that landlords are held to does, or the service
    chose a day to follow up."""

    LAW = "law"
    PROCEDURE = "procedure"
    SERVICE = "service"

    @property
    def label(self) -> str:
        return _BASIS_LABELS[self]


_BASIS_LABELS = {
    Basis.LAW: "set by law",
    Basis.PROCEDURE: "set by a complaints procedure",
    Basis.SERVICE: "the service's own follow-up date",
}


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
class Extension:
    """The longest extension that is allowed, and what must be said or done when it is made."""

    length: int
    unit: Unit
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A length that runs from a start event; `length` is None when the unit has no number.
    With `or_from` it runs from either event, and the earlier end counts."""

    id: str
    length: int | None
    unit: Unit
    start_event: StartEvent
    requires: str
    basis: Basis
    bound: Bound
    day_of_event: DayOfEvent
    or_from: StartEvent | None = None
    extension: Extension | None = None


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


def earlier_of(
    period: Period, started: Mapping[StartEvent, datetime], calendar: WorkingDays
) -> Due | None:
    """The end from whichever of the period's events has happened, the earlier where both have;
    None while neither has, or where the law gives no number."""
    if period.length is None:
        return None
    events = (
        (period.start_event,) if period.or_from is None else (period.start_event, period.or_from)
    )
    from_each = [replace(period, start_event=event) for event in events if event in started]
    ends = [due(each, started[each.start_event], calendar) for each in from_each]
    return min(ends, key=lambda end: end.due_at, default=None)


def latest_extension(end: Due, extension: Extension, calendar: WorkingDays) -> date:
    """The last day to which the end may be moved; whoever moves it has to say so."""
    period = Period(
        id=end.period_id,
        length=extension.length,
        unit=extension.unit,
        start_event=end.start_event,
        requires="",
        basis=Basis.LAW,
        bound=Bound.NO_LATER_THAN,
        day_of_event=DayOfEvent.NOT_COUNTED,
    )
    return due_on(period, end.due_on, calendar)


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
    if period.unit in _BY_MONTH:
        return _count_months(day, length * _BY_MONTH[period.unit], period.day_of_event)
    days = length * 7 if period.unit is Unit.WEEKS else length
    first = day if period.day_of_event is DayOfEvent.COUNTED else day + _DAY
    counted = tuple(first + _DAY * number for number in range(days))
    # clear days: neither the day of the event nor the day of the act is among them
    ends_on = counted[-1] + _DAY if period.unit is Unit.CLEAR_DAYS else counted[-1]
    return _Count(ends_on=ends_on, counted=counted, skipped=())


def _count_months(day: date, months: int, day_of_event: DayOfEvent) -> _Count:
    """The corresponding day, or the last of its month where there is none; a day less where the
    day of the event is counted."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(years, month + 1)[1]
    ends_on = date(years, month + 1, min(day.day, last))
    if day_of_event is DayOfEvent.COUNTED:
        ends_on -= _DAY
    return _Count(ends_on=ends_on, counted=(), skipped=())


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
    if period.unit in _BY_MONTH:
        less = ", less a day" if period.day_of_event is DayOfEvent.COUNTED else ""
        return f"{period.length} {period.unit.label} end on the corresponding day{less}."
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
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _weekday(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {day_in_words(day)}"


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
