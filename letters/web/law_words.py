"""What a provision reaches and how its periods are counted, as people read it."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from letters.law.hazards import Hazard
from letters.law.periods import Bound, DayOfEvent, Period, Unit, day_in_words
from letters.law.provision import Applies, Fact, Outcome, Version
from letters.law.questions import ASKS
from letters.web.words import label

_OUTCOMES = {
    Outcome.APPLIES: "it applies all the same",
    Outcome.MAY_APPLY: "it may apply",
    Outcome.LEFT_OUT: "it is left out",
}
_COUNTED = {
    Unit.HOURS: "Elapsed hours, day and night.",
    Unit.WORKING_DAYS: "The day of the event is day 0. Saturdays, Sundays and bank holidays are "
    "not counted.",
    Unit.CLEAR_DAYS: "Neither the day of the event nor the day of the act is counted.",
    Unit.MONTHS: "It ends on the corresponding day of the month.",
    Unit.YEARS: "It ends on the corresponding day of the year.",
}


def reached(values: tuple[StrEnum, ...]) -> str:
    """The values in words; "Any" where nothing is shut out."""
    if not values:
        return "None"
    if set(values) >= set(type(values[0])):
        return "Any"
    return "; ".join(label(value) for value in values)


def hazards_reached(applies: Applies) -> tuple[str, ...]:
    """Which hazards bring it in, one line for each manner of doing so."""
    if not applies.turns_on_a_hazard:
        return ("It turns on no hazard.",)
    lines = {
        "At any severity": applies.hazards,
        "When reported as present or severe": applies.significant_hazards,
        "When reported as unsafe now, or perhaps when a potential emergency": (
            applies.emergency_hazards
        ),
    }
    return tuple(f"{how}: {_hazards(kinds)}" for how, kinds in lines.items() if kinds)


def _hazards(kinds: tuple[Hazard, ...]) -> str:
    return "any hazard" if set(kinds) >= set(Hazard) else "; ".join(each.label for each in kinds)


def outcome(value: Outcome) -> str:
    return _OUTCOMES[value]


def asks(fact: Fact) -> str:
    """The question behind a fact."""
    return ASKS[fact]


def period_length(period: Period) -> str:
    """ "No later than 10 working days after the landlord became aware"."""
    events = (period.start_event, period.or_from)
    event = " or ".join(each.label for each in events if each is not None)
    if period.length is None:
        how = "within a reasonable time" if period.unit is Unit.REASONABLE_TIME else ""
        return f"{(how or period.unit.label).capitalize()} after {event}"
    unit = period.unit.label[:-1] if period.length == 1 else period.unit.label
    bound = "Not before" if period.bound is Bound.NOT_BEFORE else "No later than"
    after = "have passed since" if period.bound is Bound.NOT_BEFORE else "after"
    whichever = ", whichever ends first" if period.or_from else ""
    return f"{bound} {period.length} {unit} {after} {event}{whichever}"


def counting(period: Period) -> str:
    """How its days are counted; '' where the law gives no number."""
    if period.length is None:
        return ""
    if period.day_of_event is DayOfEvent.COUNTED:
        if period.unit in (Unit.MONTHS, Unit.YEARS):
            return f"{_COUNTED[period.unit][:-1]}, less a day."
        return "The day of the event is day 1."
    return _COUNTED.get(period.unit, "Every day counts; the day after the event is day 1.")


def told_from(version: Version) -> Iterable[str]:
    """What becomes of reports made before the version reached the hazard."""
    return tuple(
        f"{_hazards(rule.hazards).capitalize()}: what the landlord was told before "
        f"{day_in_words(rule.told_from)} starts no clock; a fresh report, or a material change, on "
        "or after that day does."
        for rule in version.earlier_reports
    )


def part(provision_id: str) -> str:
    """ "Standard investigation": the provision's own name among those of its instrument."""
    name = provision_id.partition("/")[2].replace("_", " ")
    return name[:1].upper() + name[1:]


def last_day(until: date) -> date:
    """The last day before the first day without it."""
    return until - timedelta(days=1)


FILTERS = {
    "asks": asks,
    "counting": counting,
    "hazards_reached": hazards_reached,
    "period_length": period_length,
    "last_day": last_day,
    "outcome": outcome,
    "part": part,
    "reached": reached,
    "told_from": told_from,
}
