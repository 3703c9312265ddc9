"""Law cases as data: one provision a file, each case one household on one day.

A case states only what differs from the base case: a council tenant with severe damp that comes
from disrepair the landlord is responsible for, nobody ill, no adjustment asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from letters.law.facts import (
    Answer,
    CaseFacts,
    HazardFacts,
    HealthCondition,
    OccupantFacts,
    Severity,
)
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.strict_yaml import Entry, read
from letters.law.tenures import Agreement, LandlordKind, Tenure

CASES = Path(__file__).parent / "cases"
PHASES = "phases.yaml"  # cases of the phased lists of a nation, for the provisions they name
TEMPLATES = Path(__file__).parents[2] / "templates_legal"

_BASE: Mapping[str, str] = {
    "jurisdiction": "england",
    "tenure": "council_tenancy",
    "agreement": "tenancy",
    "landlord_kind": "council",
    "hazard": "damp_and_mould",
    "severity": "severe",
    "disrepair": "yes",
    "landlord_controls_cause": "yes",
    "heating_or_hot_water_lost": "no",
    "adjustment_requested": "no",
    "occupant_age": "not_known",
    "occupant_condition": "none",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCase:
    period: str
    started_at: datetime
    due_on: date
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LawCase:
    """`expect` is applies, may_apply, left_out, adviser_only or adviser_may_apply."""

    jurisdiction: Jurisdiction
    provision_id: str
    is_of_phases: bool
    name: str
    day: date
    facts: CaseFacts
    expect: str
    reason: str
    asks: tuple[str, ...]
    doubts: tuple[str, ...]
    due: tuple[DueCase, ...]


def facts_of(**changes: str) -> CaseFacts:
    """The base case with the changes named."""
    unknown = set(changes) - set(_BASE)
    assert not unknown, f"the base case has no {unknown}"
    said = {**_BASE, **changes}
    return CaseFacts(
        jurisdiction=Jurisdiction(said["jurisdiction"]),
        tenure=Tenure(said["tenure"]),
        agreement=Agreement(said["agreement"]),
        landlord_kind=LandlordKind(said["landlord_kind"]),
        hazards=(hazard_of(said),),
        occupants=_occupants(said),
        adjustment_requested=Answer(said["adjustment_requested"]),
    )


def hazard_of(said: Mapping[str, str] = _BASE) -> HazardFacts:
    return HazardFacts(
        hazard=Hazard(said["hazard"]),
        severity=Severity(said["severity"]),
        first_noticed_on=None,
        landlord_told_on=None,
        disrepair=Answer(said["disrepair"]),
        landlord_controls_cause=Answer(said["landlord_controls_cause"]),
        heating_or_hot_water_lost=Answer(said["heating_or_hot_water_lost"]),
    )


def _occupants(said: Mapping[str, str]) -> tuple[OccupantFacts, ...]:
    if said["occupant_condition"] == "none":
        return ()
    age = None if said["occupant_age"] == "not_known" else int(said["occupant_age"])
    return (OccupantFacts(age=age, conditions=(HealthCondition(said["occupant_condition"]),)),)


@cache
def all_cases() -> tuple[LawCase, ...]:
    return tuple(case for path in sorted(CASES.rglob("*.yaml")) for case in _cases_in(path))


def _cases_in(path: Path) -> tuple[LawCase, ...]:
    jurisdiction, *provision = path.relative_to(CASES).with_suffix("").parts
    entry = read(path)
    entry.allow(["cases"])
    is_of_phases = path.name == PHASES
    return tuple(
        _case(
            case,
            Jurisdiction(jurisdiction),
            case.text("provision") if is_of_phases else "/".join(provision),
            is_of_phases=is_of_phases,
        )
        for case in entry.entries("cases")
    )


def _case(
    entry: Entry, jurisdiction: Jurisdiction, provision_id: str, *, is_of_phases: bool
) -> LawCase:
    said = ["provision", "name", "day", "expect"] if is_of_phases else ["name", "day", "expect"]
    entry.allow(said, ["facts", "reason", "asks", "doubts", "due"])
    facts = entry.entry("facts") if entry.has("facts") else None
    changes = {key: facts.text(key) for key in facts.names()} if facts else {}
    return LawCase(
        jurisdiction=jurisdiction,
        provision_id=provision_id,
        is_of_phases=is_of_phases,
        name=entry.text("name"),
        day=entry.day("day"),
        facts=facts_of(jurisdiction=jurisdiction, **changes),
        expect=entry.text("expect"),
        reason=entry.text("reason") if entry.has("reason") else "",
        asks=entry.texts("asks") if entry.has("asks") else (),
        doubts=entry.texts("doubts") if entry.has("doubts") else (),
        due=tuple(_due(e) for e in entry.entries("due")) if entry.has("due") else (),
    )


def _due(entry: Entry) -> DueCase:
    entry.allow(["period", "started_at", "due_on"], ["due_at"])
    return DueCase(
        period=entry.text("period"),
        started_at=datetime.fromisoformat(entry.text("started_at")),
        due_on=entry.day("due_on"),
        due_at=datetime.fromisoformat(entry.text("due_at")) if entry.has("due_at") else None,
    )
