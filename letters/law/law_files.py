"""Turns a checked file into a provision, and refuses what the law room does not know."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from letters.law.facts import HealthCondition, Severity
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import Basis, Bound, DayOfEvent, Period, StartEvent, Unit
from letters.law.provision import (
    Applies,
    Cite,
    Condition,
    Doubt,
    DutyOn,
    Fact,
    Homes,
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

_Choice = TypeVar("_Choice", bound=StrEnum)

_ID = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")
_NUMBERED = re.compile(
    r"\b(regulation|reg|section|s|paragraph|para|part)s?\b\.?\s*[0-9]{1,3}[a-z]{0,2}\b", re.I
)
_SOURCE = re.compile(r"[A-Z]+[0-9]*[a-z]* https://\S+")
_DOUBT_ID = re.compile(r"[A-Z]+[0-9]+")
_YES_OR_NO = (
    Fact.DISREPAIR,
    Fact.LANDLORD_CONTROLS_CAUSE,
    Fact.HEATING_OR_HOT_WATER_LOST,
    Fact.ADJUSTMENT_REQUESTED,
)
_VERSION_KEYS = ("verification", "sources", "duty", "duty_on", "remedy", "forum", "cite", "letters")
_HAZARD_KEYS = ("hazards", "significant_hazards", "emergency_hazards")


@dataclass(slots=True, kw_only=True)
class Definitions:
    """What several files name: groups of homes, lists of hazards, doubts."""

    homes: dict[str, Homes]
    hazards: dict[str, tuple[Hazard, ...]]
    doubts: dict[str, Doubt]
    used: set[str] = field(default_factory=set)

    def names(self) -> set[str]:
        return {*self.homes, *self.hazards, *self.doubts}


def no_definitions() -> Definitions:
    return Definitions(homes={}, hazards={}, doubts={})


def definitions_from(entry: Entry) -> Definitions:
    """The definitions of one nation."""
    entry.allow([], ["homes", "hazards", "doubts"])
    found = no_definitions()
    for name, homes in _named(entry, "homes"):
        found.homes[name] = _homes(homes)
    if entry.has("hazards"):
        lists = entry.entry("hazards")
        for name in lists.keys():  # noqa: SIM118 - an Entry is not a dict
            found.hazards[name] = lists.choices(name, Hazard)
    for doubt_id, doubt in _named(entry, "doubts"):
        found.doubts[doubt_id] = _doubt(doubt_id, doubt, found)
    return found


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
        for rule_id in entry.keys()  # noqa: SIM118 - an Entry is not a dict
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
        homes=_homes_of(entry, definitions),
        hazards=_hazards(entry, "hazards", definitions),
        severities=_any_or(entry, "severities", Severity),
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
    for day in dated.days():
        if ends_on is not None:
            dated.refuse("nothing follows a null version", dated.line_of(day))
        if dated.is_null(day):
            ends_on = day
        else:
            versions.append(_version(day, dated.entry(day), definitions))
    return tuple(versions), ends_on


def _version(day: date, entry: Entry, definitions: Definitions) -> Version:
    entry.allow(
        [*_VERSION_KEYS, "applies"],
        ["start", "periods", "doubts"],
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
        periods=tuple(_period(name, period) for name, period in _named(entry, "periods")),
        doubts=_doubts(entry, definitions),
    )


def _applies(entry: Entry, definitions: Definitions) -> Applies:
    entry.allow(["homes"], [*_HAZARD_KEYS, "conditions", "left_out_because", "adviser_tenures"])
    if not any(entry.has(key) for key in _HAZARD_KEYS):
        entry.refuse("say which hazards bring it in, or hazards: not_needed")
    hazards, significant, emergency = (
        _hazards(entry, key, definitions) if entry.has(key) else () for key in _HAZARD_KEYS
    )
    if hazards and (significant or emergency):
        entry.refuse("hazards is for any severity: give it alone", entry.line_of("hazards"))
    conditions = tuple(_condition(name, e, entry) for name, e in _named(entry, "conditions"))
    of_a_hazard = [c for c in conditions if c.fact is not Fact.ADJUSTMENT_REQUESTED]
    if of_a_hazard and not (hazards or significant or emergency):
        entry.refuse(f"{of_a_hazard[0].fact} is asked of a hazard, and none is needed here")
    return Applies(
        homes=_homes_of(entry, definitions),
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
    )


def _homes_of(entry: Entry, definitions: Definitions) -> Homes:
    if not entry.is_text("homes"):
        return _homes(entry.entry("homes"))
    return _defined(entry, "homes", entry.text("homes"), definitions.homes, definitions)


def _homes(entry: Entry) -> Homes:
    entry.allow(["tenures", "agreements", "landlord_kinds"])
    return Homes(
        tenures=_any_or(entry, "tenures", Tenure),
        agreements=_any_or(entry, "agreements", Agreement),
        landlord_kinds=_any_or(entry, "landlord_kinds", LandlordKind),
    )


def _hazards(entry: Entry, key: str, definitions: Definitions) -> tuple[Hazard, ...]:
    if not entry.is_text(key):
        return entry.choices(key, Hazard)
    name = entry.text(key)
    if name == "any":
        return tuple(Hazard)
    if name == "not_needed" and key == "hazards":
        return ()
    return _defined(entry, key, name, definitions.hazards, definitions)


def _any_or(entry: Entry, key: str, choices: type[_Choice]) -> tuple[_Choice, ...]:
    if entry.is_text(key) and entry.text(key) == "any":
        return tuple(choices)
    return entry.choices(key, choices)


_Defined = TypeVar("_Defined")


def _defined(
    entry: Entry, key: str, name: str, named: dict[str, _Defined], definitions: Definitions
) -> _Defined:
    if name not in named:
        known = ", ".join(named) or "none"
        entry.refuse(f"{key}: {name} is not defined; defined are {known}", entry.line_of(key))
    definitions.used.add(name)
    return named[name]


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
    entry.allow(["length", "unit", "start_event", "requires", "basis"], ["bound", "day_of_event"])
    unit = entry.choice("unit", Unit)
    length = None if entry.is_null("length") else entry.number("length")
    if unit.is_counted != bool(length):
        entry.refuse("length is a number above 0, or null for a unit without one")
    bound = entry.choice("bound", Bound) if entry.has("bound") else Bound.NO_LATER_THAN
    counted = DayOfEvent.NOT_COUNTED
    if entry.has("day_of_event"):
        counted = entry.choice("day_of_event", DayOfEvent)
    if counted is DayOfEvent.COUNTED and unit is not Unit.CALENDAR_DAYS:
        entry.refuse("only calendar days can count the day of the event")
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
    )


def _doubts(entry: Entry, definitions: Definitions) -> tuple[Doubt, ...]:
    if not entry.has("doubts"):
        return ()
    return tuple(
        _defined(entry, "doubts", doubt_id, definitions.doubts, definitions)
        for doubt_id in entry.texts("doubts")
    )


def _doubt(doubt_id: str, entry: Entry, definitions: Definitions) -> Doubt:
    if not _DOUBT_ID.fullmatch(doubt_id):
        entry.refuse(f"{doubt_id} is not a doubt's id, such as D2")
    entry.allow(["says"], ["tenures", "hazards"])
    return Doubt(
        id=doubt_id,
        says=entry.text("says"),
        tenures=entry.choices("tenures", Tenure) if entry.has("tenures") else (),
        hazards=_hazards(entry, "hazards", definitions) if entry.has("hazards") else (),
    )


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


def _named(entry: Entry, key: str) -> tuple[tuple[str, Entry], ...]:
    if not entry.has(key):
        return ()
    holder = entry.entry(key)
    return tuple((name, holder.entry(name)) for name in holder.keys())  # noqa: SIM118
