"""A case as it is recorded now: what the law says on it, and how soon somebody should act."""

from dataclasses import dataclass
from datetime import date

from letters.cases.models import Case
from letters.drafting.urgency import Urgency, tier_of
from letters.issuing.facts import exacerbations_of, facts_of
from letters.issuing.sources import library, wording
from letters.law.grounds import Grounds, grounds_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a person who opens the case should know before there is any letter."""

    grounds: Grounds
    urgency: Urgency


def assess(case: Case, day: date) -> Assessment:
    """The law and the tier on that day; a tier never makes less of the law's own signs."""
    facts = facts_of(case, day)
    grounds = grounds_for(facts, day, library())
    urgency = tier_of(
        facts,
        exacerbations_of(case),
        grounds.potential_emergencies,
        wording(facts.jurisdiction).tier_rules,
    )
    return Assessment(grounds=grounds, urgency=urgency)
