"""Which hazards may be an emergency, by the signs written down for the nation.

A home whose tenure is not known is not ruled out: urgency is shown rather than missed. A sign
itself (the illness, the age, the heating) must be known, or it is asked about and not shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from letters.law.facts import Answer, CaseFacts, HazardFacts
from letters.law.hazards import Hazard
from letters.law.library import Library
from letters.law.provision import Fact, Homes, UrgencyRule, Verification
from letters.law.tenures import Agreement, LandlordKind, Tenure


@dataclass(frozen=True, slots=True, kw_only=True)
class PotentialEmergency:
    """A reason to telephone first; a person decides whether it is an emergency."""

    rule_id: str
    hazard: Hazard
    why: str
    source: str
    verification: Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One rule that one hazard meets, or would meet if the facts to ask about were so."""

    rule: UrgencyRule
    hazard: Hazard
    to_ask: tuple[Fact, ...]


def signs_of_emergency(facts: CaseFacts, day: date, library: Library) -> tuple[Sign, ...]:
    """Every rule in force on the day that the facts meet, or do not rule out."""
    return tuple(
        Sign(rule=rule, hazard=hazard.hazard, to_ask=_to_ask(rule, facts, hazard))
        for rule in library.urgency_rules_of(facts.jurisdiction)
        for hazard in facts.hazards
        if rule.starts_on <= day and _is_possible(rule, facts, hazard)
    )


def potential_emergencies(signs: Iterable[Sign]) -> tuple[PotentialEmergency, ...]:
    """The signs that are there, as they are shown to the person who decides."""
    return tuple(
        PotentialEmergency(
            rule_id=sign.rule.id,
            hazard=sign.hazard,
            why=sign.rule.why,
            source=sign.rule.source,
            verification=sign.rule.verification,
        )
        for sign in signs
        if not sign.to_ask
    )


def _is_possible(rule: UrgencyRule, facts: CaseFacts, hazard: HazardFacts) -> bool:
    return (
        hazard.hazard in rule.hazards
        and hazard.severity in rule.severities
        and _reaches(rule.homes, facts)
        and not (rule.heating_or_hot_water_lost and hazard.heating_or_hot_water_lost == Answer.NO)
        and (rule.occupant_condition is None or bool(_ages(rule, facts)))
    )


def _reaches(homes: Homes, facts: CaseFacts) -> bool:
    return (
        facts.tenure in (*homes.tenures, Tenure.NOT_KNOWN)
        and facts.agreement in (*homes.agreements, Agreement.NOT_KNOWN)
        and facts.landlord_kind in (*homes.landlord_kinds, LandlordKind.NOT_KNOWN)
    )


def _ages(rule: UrgencyRule, facts: CaseFacts) -> tuple[int | None, ...]:
    """The ages of those who have the illness and are, or may be, young enough."""
    return tuple(
        occupant.age
        for occupant in facts.occupants
        if rule.occupant_condition in occupant.conditions
        and (
            rule.occupant_under is None
            or occupant.age is None
            or occupant.age < rule.occupant_under
        )
    )


def _to_ask(rule: UrgencyRule, facts: CaseFacts, hazard: HazardFacts) -> tuple[Fact, ...]:
    to_ask: list[Fact] = []
    if rule.heating_or_hot_water_lost and hazard.heating_or_hot_water_lost == Answer.NOT_KNOWN:
        to_ask.append(Fact.HEATING_OR_HOT_WATER_LOST)
    if rule.occupant_under and all(age is None for age in _ages(rule, facts)):
        to_ask.append(Fact.AGE)
    return tuple(to_ask)
