"""What several law files of one nation name: homes, lists of hazards, doubts."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from letters.law.hazards import Hazard
from letters.law.phases import Phase
from letters.law.provision import Doubt, Homes, Verification
from letters.law.strict_yaml import Entry
from letters.law.tenures import Agreement, LandlordKind, Tenure

_Choice = TypeVar("_Choice", bound=StrEnum)
_Defined = TypeVar("_Defined")

_DOUBT_ID = re.compile(r"[A-Z]+[0-9]+")


@dataclass(slots=True, kw_only=True)
class Definitions:
    """What several files name: groups of homes, lists of hazards, doubts."""

    homes: dict[str, Homes]
    hazards: dict[str, tuple[Hazard, ...]]
    doubts: dict[str, Doubt]
    phases: dict[str, tuple[Phase, ...]]
    used: set[str] = field(default_factory=set)

    def names(self) -> set[str]:
        return {*self.homes, *self.hazards, *self.doubts, *self.phases}


def no_definitions() -> Definitions:
    return Definitions(homes={}, hazards={}, doubts={}, phases={})


def definitions_from(entry: Entry) -> Definitions:
    """The definitions of one nation."""
    entry.allow([], ["homes", "hazards", "doubts"])
    found = no_definitions()
    for name, homes in named(entry, "homes"):
        found.homes[name] = _homes(homes)
    if entry.has("hazards"):
        lists = entry.entry("hazards")
        for name in lists.names():
            found.hazards[name] = lists.choices(name, Hazard)
    for doubt_id, doubt in named(entry, "doubts"):
        found.doubts[doubt_id] = _doubt(doubt_id, doubt, found)
    return found


def add_phases(entry: Entry, definitions: Definitions) -> None:
    """The phased lists of one nation; a hazard is added once."""
    for name in entry.names():
        if name in definitions.names():
            entry.refuse(f"{name} is defined already", entry.line_of(name))
        dated = entry.entry(name)
        phases = tuple(_phase(day, dated.entry(day), definitions) for day in dated.days())
        hazards = [hazard for phase in phases for hazard in phase.adds]
        if len(set(hazards)) != len(hazards):
            dated.refuse("a hazard is added by two phases")
        definitions.phases[name] = phases


def _phase(day: date, entry: Entry, definitions: Definitions) -> Phase:
    entry.allow(["adds", "verification", "sources"], ["doubts"])
    return Phase(
        starts_on=day,
        adds=hazards_of(entry, "adds", definitions),
        verification=entry.choice("verification", Verification),
        sources=entry.texts("sources"),
        doubts=doubts_of(entry, definitions),
    )


def phases_of(entry: Entry, definitions: Definitions) -> tuple[Phase, ...]:
    """The phases of the list that an `applies` names; empty where it names none."""
    key = "significant_hazards"
    if not entry.has(key) or not entry.is_text(key) or entry.text(key) not in definitions.phases:
        return ()
    return _defined(entry, key, entry.text(key), definitions.phases, definitions)


def homes_of(entry: Entry, definitions: Definitions) -> Homes:
    if not entry.is_text("homes"):
        return _homes(entry.entry("homes"))
    return _defined(entry, "homes", entry.text("homes"), definitions.homes, definitions)


def _homes(entry: Entry) -> Homes:
    entry.allow(["tenures", "agreements", "landlord_kinds"])
    return Homes(
        tenures=any_or(entry, "tenures", Tenure),
        agreements=any_or(entry, "agreements", Agreement),
        landlord_kinds=any_or(entry, "landlord_kinds", LandlordKind),
    )


def hazards_of(entry: Entry, key: str, definitions: Definitions) -> tuple[Hazard, ...]:
    if not entry.is_text(key):
        return entry.choices(key, Hazard)
    name = entry.text(key)
    if name == "any":
        return tuple(Hazard)
    if name == "not_needed" and key == "hazards":
        return ()
    if key == "significant_hazards" and name in definitions.phases:
        return definitions.phases[name][0].adds  # the others follow, each from its day
    return _defined(entry, key, name, definitions.hazards, definitions)


def any_or(entry: Entry, key: str, choices: type[_Choice]) -> tuple[_Choice, ...]:
    if entry.is_text(key) and entry.text(key) == "any":
        return tuple(choices)
    return entry.choices(key, choices)


def _defined(
    entry: Entry, key: str, name: str, named: dict[str, _Defined], definitions: Definitions
) -> _Defined:
    if name not in named:
        known = ", ".join(named) or "none"
        entry.refuse(f"{key}: {name} is not defined; defined are {known}", entry.line_of(key))
    definitions.used.add(name)
    return named[name]


def doubts_of(entry: Entry, definitions: Definitions) -> tuple[Doubt, ...]:
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
        hazards=hazards_of(entry, "hazards", definitions) if entry.has("hazards") else (),
    )


def named(entry: Entry, key: str) -> tuple[tuple[str, Entry], ...]:
    if not entry.has(key):
        return ()
    holder = entry.entry(key)
    return tuple((name, holder.entry(name)) for name in holder.names())
