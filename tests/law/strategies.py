"""Random facts and days for properties of the law, of every nation that has law files."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

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
from letters.law.library import Library
from letters.law.tenures import Agreement, LandlordKind, Tenure

_Value = TypeVar("_Value")

answers = st.sampled_from(Answer)
hazard_facts = st.builds(
    HazardFacts,
    hazard=st.sampled_from(Hazard),
    severity=st.sampled_from(Severity),
    first_noticed_on=st.none(),
    landlord_told_on=st.none(),
    disrepair=answers,
    landlord_controls_cause=answers,
    heating_or_hot_water_lost=answers,
)
occupants = st.builds(
    OccupantFacts,
    age=st.none() | st.integers(min_value=0, max_value=100),
    conditions=st.lists(st.sampled_from(HealthCondition), max_size=2, unique=True).map(tuple),
)


def nations(library: Library) -> st.SearchStrategy[Jurisdiction]:
    return st.sampled_from(sorted(library.digests, key=lambda nation: nation.value))


@st.composite
def facts_in(draw: st.DrawFn, library: Library) -> CaseFacts:
    """A case that contradicts nothing in its nation; what is not known may be any of it."""
    nation = draw(nations(library))
    ways = library.tenure_rules_of(nation).ways
    tenure = draw(st.sampled_from([*ways, Tenure.NOT_KNOWN]))
    possible = [ways[tenure]] if tenure in ways else list(ways.values())
    agreements = {agreement for reached, _ in possible for agreement in reached}
    landlords = {landlord for _, reached in possible for landlord in reached}
    return CaseFacts(
        jurisdiction=nation,
        tenure=tenure,
        agreement=draw(_one_of(Agreement.NOT_KNOWN, agreements)),
        landlord_kind=draw(_one_of(LandlordKind.NOT_KNOWN, landlords)),
        hazards=draw(_hazards()),
        occupants=tuple(draw(st.lists(occupants, max_size=3))),
        adjustment_requested=draw(answers),
    )


def days(library: Library) -> st.SearchStrategy[date]:
    """Any day, and often one on which the law changes or the day before."""
    edges = [
        edge
        for provision in library.provisions
        for edge in (*(v.starts_on for v in provision.versions), provision.ends_on)
        if edge is not None
    ]
    near = sorted({*edges, *(edge - timedelta(days=1) for edge in edges)})
    return st.sampled_from(near) | st.dates(date(1950, 1, 1), date(2035, 12, 31))


def without_one_fact(facts: CaseFacts) -> tuple[tuple[str, CaseFacts], ...]:
    """The same case once for each fact that is known, with that fact not known."""
    of_the_home = (
        ("tenure", replace(facts, tenure=Tenure.NOT_KNOWN)),
        ("agreement", replace(facts, agreement=Agreement.NOT_KNOWN)),
        ("landlord_kind", replace(facts, landlord_kind=LandlordKind.NOT_KNOWN)),
        ("adjustment_requested", replace(facts, adjustment_requested=Answer.NOT_KNOWN)),
    )
    of_hazards = tuple(
        (name, replace(facts, hazards=_with(facts.hazards, at, forgotten)))
        for at, hazard in enumerate(facts.hazards)
        for name, forgotten in _forgotten(hazard)
    )
    of_people = tuple(
        ("age", replace(facts, occupants=_with(facts.occupants, at, replace(person, age=None))))
        for at, person in enumerate(facts.occupants)
    )
    changed = (*of_the_home, *of_hazards, *of_people)
    return tuple((name, fewer) for name, fewer in changed if fewer != facts)


def without_one_of_many(facts: CaseFacts) -> tuple[CaseFacts, ...]:
    """The same case once without each hazard, each person, each illness."""
    illnesses = [
        (at, replace(person, conditions=_without(person.conditions, number)))
        for at, person in enumerate(facts.occupants)
        for number in range(len(person.conditions))
    ]
    return (
        *(replace(facts, hazards=_without(facts.hazards, at)) for at in range(len(facts.hazards))),
        *(
            replace(facts, occupants=_without(facts.occupants, at))
            for at in range(len(facts.occupants))
        ),
        *(replace(facts, occupants=_with(facts.occupants, at, well)) for at, well in illnesses),
    )


def _one_of(not_known: _Value, values: set[_Value]) -> st.SearchStrategy[_Value]:
    return st.sampled_from([*sorted(values, key=str), not_known])


def _hazards() -> st.SearchStrategy[tuple[HazardFacts, ...]]:
    listed = st.lists(hazard_facts, min_size=1, max_size=3, unique_by=lambda each: each.hazard)
    return listed.map(tuple)


def _forgotten(hazard: HazardFacts) -> tuple[tuple[str, HazardFacts], ...]:
    return (
        ("disrepair", replace(hazard, disrepair=Answer.NOT_KNOWN)),
        ("landlord_controls_cause", replace(hazard, landlord_controls_cause=Answer.NOT_KNOWN)),
        ("heating_or_hot_water_lost", replace(hazard, heating_or_hot_water_lost=Answer.NOT_KNOWN)),
    )


def _with(values: Sequence[_Value], at: int, new: _Value) -> tuple[_Value, ...]:
    return (*values[:at], new, *values[at + 1 :])


def _without(values: Sequence[_Value], at: int) -> tuple[_Value, ...]:
    return (*values[:at], *values[at + 1 :])
