"""Turns a checked file into a provision, and refuses what the law room does not know."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import zip_longest

from letters.law.definitions import (
    Definitions,
    any_or,
    doubts_of,
    hazards_of,
    homes_of,
    named,
    phases_of,
)
from letters.law.facts import HealthCondition, Severity
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import Basis, Bound, DayOfEvent, Extension, Period, StartEvent, Unit
from letters.law.phases import in_phases
from letters.law.provision import (
    Applies,
    Cite,
    Condition,
    DutyOn,
    Fact,
    FreshReportNeeded,
    LeftOutBecause,
    Letters,
    Outcome,
    Provision,
    Reference,
    StartKnown,
    UrgencyRule,
    Verification,
    Version,
)
from letters.law.strict_yaml import Entry
from letters.law.tenures import Agreement, LandlordKind, Tenure

_ID = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")
_NUMBERED = re.compile(
    r"\b(regulation|reg|section|s|paragraph|para|part)s?\b\.?\s*[0-9]{1,3}[a-z]{0,2}\b", re.I
)
_SOURCE = re.compile(r"[A-Z]+[0-9]*[a-z]* https://\S+")
_YES_OR_NO = (
    Fact.DISREPAIR,
    Fact.LANDLORD_CONTROLS_CAUSE,
    Fact.HEATING_OR_HOT_WATER_LOST,
    Fact.ADJUSTMENT_REQUESTED,
)
_VERSION_KEYS = ("verification", "sources", "duty", "duty_on", "remedy", "forum", "cite", "letters")
_MAY_COUNT_THE_DAY = (Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS)
_HAZARD_KEYS = ("hazards", "significant_hazards", "emergency_hazards")


def provision_from(
    entry: Entry, provision_id: str, jurisdiction: Jurisdiction, definitions: Definitions
) -> Provision:
    """The provision of one file, whose path is its id."""
    if not _ID.fullmatch(provision_id):
        entry.refuse("a provision's path is <instrument>/<provision>.yaml, in small letters")
    entry.allow(["citation", "reference", "versions"], ["gone_because"])
    versions, ends_on = _versions(entry, definitions)
    is_gone = ends_on is not None or not versions
    if is_gone != entry.has("gone_because"):
        entry.refuse("gone_because goes with a version that is null, and only with one")
    _check_numbers(entry, versions)
    return Provision(
        id=provision_id,
        jurisdiction=jurisdiction,
        citation=entry.text("citation"),
        reference=_reference(entry.entry("reference")),
        versions=versions,
        ends_on=ends_on,
        gone_because=entry.text("gone_because") if is_gone else "",
    )


def urgency_rules_from(
    entry: Entry, jurisdiction: Jurisdiction, definitions: Definitions
) -> tuple[UrgencyRule, ...]:
    """The signs of an emergency of one nation."""
    return tuple(
        _urgency_rule(rule_id, entry.entry(rule_id), jurisdiction, definitions)
        for rule_id in entry.names()
    )


def _urgency_rule(
    rule_id: str, entry: Entry, jurisdiction: Jurisdiction, definitions: Definitions
) -> UrgencyRule:
    entry.allow(
        ["starts_on", "verification", "source", "why", "homes", "hazards", "severities"],
        ["occupant_under", "occupant_condition", "heating_or_hot_water_lost"],
    )
    asks_heating = entry.has("heating_or_hot_water_lost")
    if asks_heating and entry.text("heating_or_hot_water_lost") != "yes":
        entry.refuse("heating_or_hot_water_lost can only be asked for as 'yes'")
    asks_condition = entry.has("occupant_condition")
    return UrgencyRule(
        id=rule_id,
        jurisdiction=jurisdiction,
        starts_on=entry.day("starts_on"),
        verification=entry.choice("verification", Verification),
        source=_source(entry, entry.text("source")),
        why=entry.text("why"),
        homes=homes_of(entry, definitions),
        hazards=hazards_of(entry, "hazards", definitions),
        severities=any_or(entry, "severities", Severity),
        occupant_under=entry.number("occupant_under") if entry.has("occupant_under") else None,
        occupant_condition=(
            entry.choice("occupant_condition", HealthCondition) if asks_condition else None
        ),
        heating_or_hot_water_lost=asks_heating,
    )


def _versions(entry: Entry, definitions: Definitions) -> tuple[tuple[Version, ...], date | None]:
    dated = entry.entry("versions")
    versions: list[Version] = []
    ends_on: date | None = None
    days = tuple(dated.days())
    for day, until in zip_longest(days, days[1:]):
        if ends_on is not None:
            dated.refuse("nothing follows a null version", dated.line_of(day))
        if dated.is_null(day):
            ends_on = day
        else:
            versions.extend(_from(day, until, dated.entry(day), definitions))
    return tuple(versions), ends_on


def _from(
    day: date, until: date | None, entry: Entry, definitions: Definitions
) -> Iterable[Version]:
    """The version as written, or as it stands in each phase of the list that it names."""
    version = _version(day, entry, definitions)
    phases = phases_of(entry.entry("applies"), definitions)
    if not phases:
        return (version,)
    if version.earlier_reports:
        entry.refuse("a phased list says by itself which earlier reports count")
    return in_phases(version, phases, until)


def _version(day: date, entry: Entry, definitions: Definitions) -> Version:
    entry.allow(
        [*_VERSION_KEYS, "applies"],
        ["start", "periods", "doubts", "earlier_reports"],
    )
    duty = entry.text("duty")
    if not duty.endswith("."):
        entry.refuse("duty must be a complete sentence", entry.line_of("duty"))
    start = entry.choice("start", StartKnown) if entry.has("start") else StartKnown.EXACT
    return Version(
        starts_on=day,
        start_known=start,
        verification=entry.choice("verification", Verification),
        sources=tuple(_source(entry, source) for source in entry.texts("sources")),
        duty=duty,
        duty_on=entry.choice("duty_on", DutyOn),
        remedy=entry.text("remedy"),
        forum=entry.text("forum"),
        cite=entry.choice("cite", Cite),
        letters=entry.choice("letters", Letters),
        applies=_applies(entry.entry("applies"), definitions),
        periods=tuple(_period(name, period) for name, period in named(entry, "periods")),
        doubts=doubts_of(entry, definitions),
        earlier_reports=_earlier_reports(entry, definitions),
    )


def _earlier_reports(entry: Entry, definitions: Definitions) -> tuple[FreshReportNeeded, ...]:
    if not entry.has("earlier_reports"):
        return ()
    rules = entry.entry("earlier_reports")
    rules.allow(["fresh_report_needed"])
    found: list[FreshReportNeeded] = []
    for rule in rules.entries("fresh_report_needed"):
        rule.allow(["hazards", "from"])
        hazards = hazards_of(rule, "hazards", definitions)
        twice = {h for known in found for h in known.hazards} & set(hazards)
        if twice:
            rule.refuse(f"two days for {', '.join(sorted(twice))}", rule.line_of("hazards"))
        found.append(FreshReportNeeded(hazards=hazards, told_from=rule.day("from")))
    return tuple(found)


def _applies(entry: Entry, definitions: Definitions) -> Applies:
    entry.allow(
        ["homes"],
        [*_HAZARD_KEYS, "conditions", "left_out_because", "adviser_tenures", "open_question"],
    )
    if not any(entry.has(key) for key in _HAZARD_KEYS):
        entry.refuse("say which hazards bring it in, or hazards: not_needed")
    hazards, significant, emergency = (
        hazards_of(entry, key, definitions) if entry.has(key) else () for key in _HAZARD_KEYS
    )
    if hazards and (significant or emergency):
        entry.refuse("hazards is for any severity: give it alone", entry.line_of("hazards"))
    conditions = tuple(_condition(name, e, entry) for name, e in named(entry, "conditions"))
    of_a_hazard = [c for c in conditions if c.fact is not Fact.ADJUSTMENT_REQUESTED]
    if of_a_hazard and not (hazards or significant or emergency):
        entry.refuse(f"{of_a_hazard[0].fact} is asked of a hazard, and none is needed here")
    return Applies(
        homes=homes_of(entry, definitions),
        adviser_tenures=(
            entry.choices("adviser_tenures", Tenure) if entry.has("adviser_tenures") else ()
        ),
        hazards=hazards,
        significant_hazards=significant,
        emergency_hazards=emergency,
        conditions=conditions,
        left_out_because=(
            tuple(_left_out(reason) for reason in entry.entries("left_out_because"))
            if entry.has("left_out_because")
            else ()
        ),
        open_question=_question(entry) if entry.has("open_question") else "",
    )


def _question(entry: Entry) -> str:
    asks = entry.text("open_question")
    if not asks.endswith("?"):
        entry.refuse("open_question must be a question", entry.line_of("open_question"))
    return asks


def _condition(name: str, entry: Entry, parent: Entry) -> Condition:
    if name not in _YES_OR_NO:
        known = ", ".join(_YES_OR_NO)
        parent.refuse(f"conditions: {name} is not one of {known}", entry.line)
    entry.allow(["if_no", "if_not_known"])
    return Condition(
        fact=Fact(name),
        if_no=entry.choice("if_no", Outcome),
        if_not_known=entry.choice("if_not_known", Outcome),
    )


_VALUES_OF: dict[Fact, type[StrEnum]] = {
    Fact.TENURE: Tenure,
    Fact.AGREEMENT: Agreement,
    Fact.LANDLORD_KIND: LandlordKind,
    Fact.HAZARD: Hazard,
}


def _left_out(entry: Entry) -> LeftOutBecause:
    entry.allow(["fact", "value", "says"])
    fact = entry.choice("fact", Fact)
    if fact not in _VALUES_OF:
        entry.refuse(f"no reason can be given for {fact}", entry.line_of("fact"))
    value = entry.choice("value", _VALUES_OF[fact])
    return LeftOutBecause(fact=fact, value=value, says=entry.text("says"))


def _period(name: str, entry: Entry) -> Period:
    entry.allow(
        ["length", "unit", "start_event", "requires", "basis"],
        ["bound", "day_of_event", "or_from", "extension"],
    )
    unit = entry.choice("unit", Unit)
    length = None if entry.is_null("length") else entry.number("length")
    if unit.is_counted != bool(length):
        entry.refuse("length is a number above 0, or null for a unit without one")
    bound = entry.choice("bound", Bound) if entry.has("bound") else Bound.NO_LATER_THAN
    counted = DayOfEvent.NOT_COUNTED
    if entry.has("day_of_event"):
        counted = entry.choice("day_of_event", DayOfEvent)
    if counted is DayOfEvent.COUNTED and unit not in _MAY_COUNT_THE_DAY:
        entry.refuse("only calendar days, months and years can count the day of the event")
    if unit is Unit.CLEAR_DAYS and bound is not Bound.NOT_BEFORE:
        entry.refuse("clear days pass before something is allowed: bound is not_before")
    return Period(
        id=name,
        length=length,
        unit=unit,
        start_event=entry.choice("start_event", StartEvent),
        requires=entry.text("requires"),
        basis=entry.choice("basis", Basis),
        bound=bound,
        day_of_event=counted,
        or_from=entry.choice("or_from", StartEvent) if entry.has("or_from") else None,
        extension=_extension(entry.entry("extension")) if entry.has("extension") else None,
    )


def _extension(entry: Entry) -> Extension:
    entry.allow(["length", "unit", "says"])
    unit = entry.choice("unit", Unit)
    if not unit.is_counted or unit is Unit.HOURS:
        entry.refuse("an extension is a number of days, weeks or months", entry.line_of("unit"))
    return Extension(length=entry.number("length"), unit=unit, says=entry.text("says"))


def _reference(entry: Entry) -> Reference:
    entry.allow(["title", "href"])
    href = entry.text("href")
    if not href.startswith("https://"):
        entry.refuse("href must begin with https://", entry.line_of("href"))
    return Reference(title=entry.text("title"), href=href)


def _source(entry: Entry, source: str) -> str:
    if not _SOURCE.fullmatch(source):
        entry.refuse(f"a source is a key and an https address, such as S01 https://…: {source}")
    return source


def _check_numbers(entry: Entry, versions: tuple[Version, ...]) -> None:
    unnumbered = any(version.cite is Cite.BY_INSTRUMENT for version in versions)
    if unnumbered and _NUMBERED.search(entry.text("citation")):
        entry.refuse("the citation holds a number that may not be printed")
