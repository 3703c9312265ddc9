"""The reviewers' worked cases, and the base household with what a test changes."""

from functools import cache
from pathlib import Path

from letters.law.cases import LawCase, all_cases_of, household
from letters.law.facts import CaseFacts, HazardFacts
from letters.law.jurisdictions import Jurisdiction

TEMPLATES = Path(__file__).parents[2] / "templates_legal"


def facts_of(*, jurisdiction: str = "england", **changes: str) -> CaseFacts:
    """The base household with the changes named."""
    return household(Jurisdiction(jurisdiction), changes)


def hazard_of() -> HazardFacts:
    """The damp of the base household."""
    (hazard,) = facts_of().hazards
    return hazard


@cache
def all_cases() -> tuple[LawCase, ...]:
    return tuple(case for nation in Jurisdiction for case in all_cases_of(TEMPLATES, nation))
