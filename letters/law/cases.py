"""Worked cases as data: what the law should say for one household on one day.

`<nation>/cases/<instrument>/<provision>.yaml` holds the cases of one provision;
`<nation>/cases/phases.yaml` those of the phased lists, each with the provision it is of. A case
states only what differs from the base household. They are no law: reviewers read them beside it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
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
from letters.law.provision import Fact
from letters.law.strict_yaml import Entry, read
from letters.law.tenures import Agreement, LandlordKind, Tenure

_FOLDER = "cases"
_PHASES = "phases.yaml"

BASE_IN_WORDS = (
    "a council tenant with severe damp that comes from disrepair the landlord is responsible for; "
    "heating and hot water work, nobody is ill, and no adjustment is asked for"
)
_BASE: Mapping[str, str] = {
    "tenure": "council_tenancy",
    "agreement": "tenancy",
    "landlord_kind": "council",
    "hazard": "damp_and_mould",
    "severity": "severe",
    "disrepair": "yes",
    "landlord_controls_cause": "yes",
    "heating_or_hot_water_lost": "no",
    "adjustment_requested": "no",
    "occupant_age": "",
    "occupant_condition": "",
}
_VALUES_OF: Mapping[str, type[StrEnum]] = {
    "tenure": Tenure,
    "agreement": Agreement,
    "landlord_kind": LandlordKind,
    "hazard": Hazard,
    "severity": Severity,
    "disrepair": Answer,
    "landlord_controls_cause": Answer,
    "heating_or_hot_water_lost": Answer,
    "adjustment_requested": Answer,
    "occupant_condition": HealthCondition,
}
_NAMES = {
    "landlord_kind": "landlord",
    "landlord_controls_cause": "the landlord is responsible for the cause",
    "heating_or_hot_water_lost": "heating or hot water is lost",
    "adjustment_requested": "an adjustment is asked for",
    "occupant_age": "age of the one who is ill",
    "occupant_condition": "illness in the home",
}


class Expected(StrEnum):
    """What should become of the provision; the adviser's are never in a clinician's letter."""

    APPLIES = "applies"
    MAY_APPLY = "may_apply"
    LEFT_OUT = "left_out"
    ADVISER_ONLY = "adviser_only"
    ADVISER_MAY_APPLY = "adviser_may_apply"

    @property
    def label(self) -> str:
        return _EXPECTED_LABELS.get(self, self.value.replace("_", " "))


_EXPECTED_LABELS = {
    Expected.ADVISER_ONLY: "applies, for an adviser only",
    Expected.ADVISER_MAY_APPLY: "may apply, for an adviser only",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCase:
    """When a period ends that began at this moment."""

    period: str
    started_at: datetime
    due_on: date
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LawCase:
    """One household on one day, and what is expected. `differs` says in words how the household is
    unlike the base; `reason` is part of the reason for leaving the provision out."""

    jurisdiction: Jurisdiction
    provision_id: str
    is_of_phases: bool
    name: str
    day: date
    facts: CaseFacts
    differs: tuple[str, ...]
    expect: Expected
    reason: str
    asks: tuple[Fact, ...]
    doubts: tuple[str, ...]
    due: tuple[DueCase, ...]


def cases_of(root: Path, jurisdiction: Jurisdiction, provision_id: str) -> tuple[LawCase, ...]:
    """The cases of one provision: its own, and those of the phases that name it."""
    folder = root / jurisdiction.value / _FOLDER
    paths = (folder / f"{provision_id}.yaml", folder / _PHASES)
    found = (_cases_in(path, folder, jurisdiction) for path in paths if path.is_file())
    return tuple(c for cases in found for c in cases if c.provision_id == provision_id)


def all_cases_of(root: Path, jurisdiction: Jurisdiction) -> tuple[LawCase, ...]:
    """Every case of a nation, also of a provision that is gone."""
    folder = root / jurisdiction.value / _FOLDER
    paths = sorted(folder.rglob("*.yaml"))
    return tuple(case for path in paths for case in _cases_in(path, folder, jurisdiction))


def household(jurisdiction: Jurisdiction, changes: Mapping[str, str]) -> CaseFacts:
    """The base household with these changes, each a value by the name of its fact."""
    said = {**_BASE, **changes}
    return CaseFacts(
        jurisdiction=jurisdiction,
        tenure=Tenure(said["tenure"]),
        agreement=Agreement(said["agreement"]),
        landlord_kind=LandlordKind(said["landlord_kind"]),
        hazards=(_hazard(said),),
        occupants=_occupants(said),
        adjustment_requested=Answer(said["adjustment_requested"]),
    )


def _hazard(said: Mapping[str, str]) -> HazardFacts:
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
    if not said["occupant_condition"]:
        return ()
    age = int(said["occupant_age"]) if said["occupant_age"] else None
    return (OccupantFacts(age=age, conditions=(HealthCondition(said["occupant_condition"]),)),)


def _cases_in(path: Path, folder: Path, jurisdiction: Jurisdiction) -> Iterator[LawCase]:
    entry = read(path)
    entry.allow(["cases"])
    own = "" if path.name == _PHASES else path.relative_to(folder).with_suffix("").as_posix()
    return (_case(case, jurisdiction, own) for case in entry.entries("cases"))


def _case(entry: Entry, jurisdiction: Jurisdiction, own: str) -> LawCase:
    """`own` is the provision whose file this is; '' where each case names its own."""
    required = ["name", "day", "expect"]
    entry.allow(
        required if own else ["provision", *required], ["facts", "reason", "asks", "doubts", "due"]
    )
    changes = _changes(entry.entry("facts")) if entry.has("facts") else {}
    return LawCase(
        jurisdiction=jurisdiction,
        provision_id=own or entry.text("provision"),
        is_of_phases=not own,
        name=entry.text("name"),
        day=entry.day("day"),
        facts=household(jurisdiction, changes),
        differs=tuple(_in_words(name, value) for name, value in changes.items()),
        expect=entry.choice("expect", Expected),
        reason=entry.text("reason") if entry.has("reason") else "",
        asks=entry.choices("asks", Fact) if entry.has("asks") else (),
        doubts=entry.texts("doubts") if entry.has("doubts") else (),
        due=tuple(_due(e) for e in entry.entries("due")) if entry.has("due") else (),
    )


def _changes(entry: Entry) -> Mapping[str, str]:
    entry.allow((), _BASE)
    for name in entry.names():
        if name in _VALUES_OF:
            entry.choice(name, _VALUES_OF[name])
        elif not entry.text(name).isdecimal():
            entry.refuse(f"{name} is a number of years, in quotes", entry.line_of(name))
    if entry.has("occupant_age") and not entry.has("occupant_condition"):
        entry.refuse("an age is asked of one who is ill: say occupant_condition too")
    return {name: entry.text(name) for name in entry.names()}


def _in_words(name: str, value: str) -> str:
    label = value
    if name in _VALUES_OF:
        member = _VALUES_OF[name](value)
        label = getattr(member, "label", value.replace("_", " "))  # an Answer has no label
    return f"{_NAMES.get(name, name)}: {label[:1].lower()}{label[1:]}"


def _due(entry: Entry) -> DueCase:
    entry.allow(["period", "started_at", "due_on"], ["due_at"])
    return DueCase(
        period=entry.text("period"),
        started_at=_moment(entry, "started_at"),
        due_on=entry.day("due_on"),
        due_at=_moment(entry, "due_at") if entry.has("due_at") else None,
    )


def _moment(entry: Entry, key: str) -> datetime:
    says = f'{key} is a moment with its zone, such as "2026-11-30T10:00+00:00"'
    try:
        moment = datetime.fromisoformat(entry.text(key))
    except ValueError:
        entry.refuse(says, entry.line_of(key))
    if moment.tzinfo is None:
        entry.refuse(says, entry.line_of(key))
    return moment
