"""How soon somebody should act on a case: three tiers, from recorded facts alone.

Shown to those who work on the case; no letter prints a tier.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from letters.drafting.evidence import Ages, read_ages
from letters.drafting.particulars import Exacerbations
from letters.drafting.vocabulary import Event
from letters.law import strict_yaml
from letters.law.emergencies import PotentialEmergency
from letters.law.facts import Answer, CaseFacts, HealthCondition, OccupantFacts, Severity
from letters.law.hazards import Hazard

_YEAR = 12  # months


class Tier(StrEnum):
    """How soon, the soonest first."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Tier.RED: "telephone first, and write the same day",
    Tier.AMBER: "write this week",
    Tier.GREEN: "write as usual",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """A tier, with every recorded fact that puts the case in it; none for green."""

    tier: Tier
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRule:
    """Facts that put a case in a tier; what is empty asks nothing, and the rest must hold."""

    id: str
    tier: Tier
    because: str
    hazards: tuple[Hazard, ...]
    together_with: tuple[Hazard, ...]
    severities: tuple[Severity, ...]
    heating_lost: bool
    conditions: tuple[HealthCondition, ...]
    ages: Ages | None
    event: Event | None
    at_least: int

    def is_met(self, facts: CaseFacts, exacerbations: Collection[Exacerbations]) -> bool:
        """Whether the recorded facts meet all of it; what is not known meets nothing."""
        return (
            self._is_home_meant(facts)
            and self._is_anybody_meant(facts.occupants)
            and (self.event is None or _in_a_year(self.event, exacerbations) >= self.at_least)
        )

    def _is_home_meant(self, facts: CaseFacts) -> bool:
        there = {hazard.hazard for hazard in facts.hazards}
        severities = {hazard.severity for hazard in facts.hazards}
        is_lost = any(h.heating_or_hot_water_lost is Answer.YES for h in facts.hazards)
        return (
            _meets(self.hazards, there)
            and _meets(self.together_with, there)
            and _meets(self.severities, severities)
            and (is_lost or not self.heating_lost)
        )

    def _is_anybody_meant(self, occupants: tuple[OccupantFacts, ...]) -> bool:
        if not self.conditions and self.ages is None:
            return True
        people = (
            occupants[:1] if self.event else occupants
        )  # events are the patient's, who is first
        return any(
            _meets(self.conditions, person.conditions)
            and (self.ages is None or self.ages.hold(person.age))
            for person in people
        )


def tier_of(
    facts: CaseFacts,
    exacerbations: Collection[Exacerbations],
    emergencies: Iterable[PotentialEmergency],
    rules: Iterable[TierRule],
) -> Urgency:
    """The soonest tier that a rule reaches. What the law's guidance treats as a possible emergency
    is red, whatever the rules say."""
    met = [rule for rule in rules if rule.is_met(facts, exacerbations)]
    found = [(Tier.RED, emergency.why) for emergency in emergencies]
    found += [(rule.tier, rule.because) for rule in met]
    for tier in Tier:
        because = tuple(dict.fromkeys(why for reached, why in found if reached is tier))
        if because:
            return Urgency(tier=tier, because=because)
    return Urgency(tier=Tier.GREEN, because=())


def read_tier_rules(root: Path) -> tuple[TierRule, ...]:
    """Read `<root>/evidence/urgency.yaml`."""
    entry = strict_yaml.read(root / "evidence" / "urgency.yaml")
    tiers = (Tier.RED, Tier.AMBER)
    entry.allow([tier.value for tier in tiers])
    return tuple(
        _rule(key, tier, listed.entry(key))
        for tier in tiers
        for listed in (entry.entry(tier.value),)
        for key in listed.names()
    )


def _rule(key: str, tier: Tier, entry: strict_yaml.Entry) -> TierRule:
    facts = ("hazards", "severities", "heating_lost", "conditions", "ages", "event")
    entry.allow(("because",), (*facts, "together_with", "at_least"))
    if not any(entry.has(fact) for fact in facts):
        entry.refuse(f"{key} asks for no fact, and would put every case in the tier {tier.value}")
    if entry.has("event") != entry.has("at_least"):
        entry.refuse("an event is counted: event and at_least stand together")
    return TierRule(
        id=key,
        tier=tier,
        because=entry.text("because"),
        hazards=entry.choices("hazards", Hazard) if entry.has("hazards") else (),
        together_with=entry.choices("together_with", Hazard) if entry.has("together_with") else (),
        severities=entry.choices("severities", Severity) if entry.has("severities") else (),
        heating_lost=entry.has("heating_lost") and _is_yes(entry),
        conditions=entry.choices("conditions", HealthCondition) if entry.has("conditions") else (),
        ages=read_ages(entry.entry("ages")) if entry.has("ages") else None,
        event=entry.choice("event", Event) if entry.has("event") else None,
        at_least=entry.number("at_least") if entry.has("at_least") else 0,
    )


def _is_yes(entry: strict_yaml.Entry) -> bool:
    if entry.text("heating_lost") != Answer.YES:
        entry.refuse('heating_lost: "yes", or not at all', entry.line_of("heating_lost"))
    return True


def _meets(wanted: Collection[StrEnum], there: Collection[StrEnum]) -> bool:
    return not wanted or any(each in there for each in wanted)


def _in_a_year(event: Event, exacerbations: Iterable[Exacerbations]) -> int:
    """How often in the fullest of the years counted, at the least: of 5 in 24 months, 3."""
    counts = [
        -(-each.count // max(1, -(-each.months // _YEAR)))
        for each in exacerbations
        if each.event is event
    ]
    return max(counts, default=0)
