"""How soon somebody should act: from recorded facts, and a worse one never makes it later."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.drafting.frozen import to_json, trace_from_json
from letters.drafting.particulars import Exacerbations
from letters.drafting.urgency import Tier, Urgency, read_tier_rules, tier_of
from letters.drafting.vocabulary import Event
from letters.law.emergencies import PotentialEmergency
from letters.law.errors import LawFileError
from letters.law.facts import (
    Answer,
    CaseFacts,
    HazardFacts,
    HealthCondition,
    OccupantFacts,
    Severity,
)
from letters.law.hazards import Hazard
from letters.law.provision import Verification
from tests.drafting.case_files import TEMPLATES, all_text, brief_of, composed, example, reminder

RULES = read_tier_rules(TEMPLATES)
SOONEST = list(Tier)
EMERGENCY = PotentialEmergency(
    rule_id="rule",
    hazard=Hazard.DAMP_AND_MOULD,
    why="A child with asthma lives with damp or mould.",
    source="A source",
    verification=Verification.SOURCE,
)
SAMPLE = brief_of(example()).facts


def hazard(
    kind: str = "pests", severity: str = "present", heating_lost: str = "not_known"
) -> HazardFacts:
    return HazardFacts(
        hazard=Hazard(kind),
        severity=Severity(severity),
        first_noticed_on=None,
        landlord_told_on=None,
        disrepair=Answer.NOT_KNOWN,
        landlord_controls_cause=Answer.NOT_KNOWN,
        heating_or_hot_water_lost=Answer(heating_lost),
    )


def person(*conditions: str, age: int | None = 40) -> OccupantFacts:
    return OccupantFacts(age=age, conditions=tuple(HealthCondition(c) for c in conditions))


def case(*people: OccupantFacts, hazards: tuple[HazardFacts, ...] = ()) -> CaseFacts:
    return replace(SAMPLE, occupants=people or (person(),), hazards=hazards or (hazard(),))


def counts(event: str, count: int, months: int = 12) -> Exacerbations:
    return Exacerbations(event=Event(event), count=count, months=months, until=date(2026, 11, 12))


def tier(facts: CaseFacts, *exacerbations: Exacerbations) -> Tier:
    return tier_of(facts, exacerbations, (), RULES).tier


ADMITTED = counts("hospital_admission", 1)


@pytest.mark.parametrize(
    "facts",
    [
        case(hazards=(hazard("pests", "unsafe_now"),)),
        case(hazards=(hazard("carbon_monoxide"),)),
        case(hazards=(hazard("electrical"), hazard("damp_and_mould"))),
        case(person("immunosuppression")),
        case(person("cystic_fibrosis")),
        case(person("aspergillosis")),
        case(person(), person("immunosuppression", age=None)),
        case(person("sickle_cell_disease"), hazards=(hazard("excess_cold"),)),
        case(person("sickle_cell_disease"), hazards=(hazard(heating_lost="yes"),)),
    ],
)
def test_case_is_red(facts: CaseFacts) -> None:
    assert tier(facts) is Tier.RED


@pytest.mark.parametrize(
    "facts",
    [
        case(person("pregnancy")),
        case(person("copd")),
        case(person("cardiovascular_disease")),
        case(person(age=4)),
        case(person(age=66)),
        case(person(), person(age=0)),
    ],
)
def test_case_is_amber(facts: CaseFacts) -> None:
    assert tier(facts) is Tier.AMBER


@pytest.mark.parametrize(
    "facts",
    [
        case(person("asthma")),
        case(person("asthma", age=None)),
        case(person(age=5)),
        case(person(age=65)),
        case(hazards=(hazard("electrical"),)),
        case(hazards=(hazard("damp_and_mould", "severe"),)),
        case(person("sickle_cell_disease")),
        case(person("sickle_cell_disease"), hazards=(hazard(heating_lost="no"),)),
    ],
)
def test_case_is_green(facts: CaseFacts) -> None:
    assert tier_of(facts, (), (), RULES) == Urgency(tier=Tier.GREEN, because=())


@pytest.mark.parametrize(
    ("facts", "exacerbations", "expected"),
    [
        (case(), counts("intensive_care_admission", 1), Tier.RED),
        (case(), counts("intensive_care_admission", 1, 60), Tier.RED),
        (case(), counts("intensive_care_admission", 0), Tier.GREEN),
        (case(), ADMITTED, Tier.AMBER),
        (case(), counts("hospital_admission", 1, 24), Tier.AMBER),
        (case(), counts("oral_steroid_course", 1), Tier.GREEN),
        (case(), counts("oral_steroid_course", 2), Tier.AMBER),
        (case(), counts("oral_steroid_course", 2, 3), Tier.AMBER),
        (case(), counts("oral_steroid_course", 2, 24), Tier.GREEN),
        (case(), counts("oral_steroid_course", 3, 24), Tier.AMBER),
        (case(), counts("gp_visit", 30), Tier.GREEN),
        (case(person(age=0)), ADMITTED, Tier.RED),
        (case(person(age=1)), ADMITTED, Tier.AMBER),
        (case(person(age=None)), ADMITTED, Tier.AMBER),
        (case(person(), person(age=0)), ADMITTED, Tier.AMBER),
    ],
)
def test_counts_of_a_year_decide(
    facts: CaseFacts, exacerbations: Exacerbations, expected: Tier
) -> None:
    assert tier(facts, exacerbations) is expected


def test_what_the_law_treats_as_urgent_is_red() -> None:
    found = tier_of(case(person("asthma")), (), (EMERGENCY,), RULES)

    assert found == Urgency(tier=Tier.RED, because=(EMERGENCY.why,))


def test_tier_gives_every_reason_for_it_and_no_lesser_one() -> None:
    facts = case(person("cystic_fibrosis", "copd"), hazards=(hazard("carbon_monoxide"),))

    assert tier_of(facts, (ADMITTED,), (), RULES).because == (
        "carbon monoxide is suspected or its alarm has sounded",
        "somebody in the home has cystic fibrosis or aspergillosis",
    )


people = st.lists(
    st.builds(
        OccupantFacts,
        age=st.none() | st.integers(min_value=0, max_value=100),
        conditions=st.lists(st.sampled_from(HealthCondition), max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=3,
)
hazards = st.lists(
    st.builds(
        hazard, st.sampled_from(Hazard), st.sampled_from(Severity), st.sampled_from(list(Answer))
    ),
    min_size=1,
    max_size=3,
)
counted = st.lists(
    st.builds(
        counts, st.sampled_from(Event), st.integers(0, 4), st.sampled_from([1, 3, 12, 18, 24])
    ),
    max_size=3,
)


def worse(
    facts: CaseFacts, exacerbations: tuple[Exacerbations, ...]
) -> list[tuple[CaseFacts, tuple[Exacerbations, ...]]]:
    """The same case with one worse fact, in every way there is."""
    first, *others = facts.hazards
    patient, *home = facts.occupants
    told = [
        *(replace(facts, hazards=(*facts.hazards, hazard(h))) for h in Hazard),
        replace(facts, hazards=(replace(first, severity=Severity.UNSAFE_NOW), *others)),
        replace(facts, hazards=(replace(first, heating_or_hot_water_lost=Answer.YES), *others)),
        *(replace(facts, occupants=(*facts.occupants, person(c, age=a))) for c, a in WORSE_PEOPLE),
        *(
            replace(facts, occupants=(replace(patient, conditions=(*patient.conditions, c)), *home))
            for c in HealthCondition
        ),
    ]
    more = [(*exacerbations, counts(event, 2)) for event in Event]
    more += [tuple(replace(each, count=each.count + 1) for each in exacerbations)]
    return [*((each, exacerbations) for each in told), *((facts, each) for each in more)]


WORSE_PEOPLE = [(condition, age) for condition in HealthCondition for age in (None, 0, 40, 90)]


@given(people=people, hazards=hazards, exacerbations=counted)
def test_a_worse_fact_never_makes_it_later(
    people: list[OccupantFacts], hazards: list[HazardFacts], exacerbations: list[Exacerbations]
) -> None:
    facts, so_far = case(*people, hazards=tuple(hazards)), tuple(exacerbations)
    before = tier(facts, *so_far)

    for more, counted_more in worse(facts, so_far):
        assert SOONEST.index(tier(more, *counted_more)) <= SOONEST.index(before)
        assert tier_of(more, counted_more, (EMERGENCY,), RULES).tier is Tier.RED


def test_trace_of_a_letter_holds_the_tier_and_the_letter_does_not() -> None:
    for letter in (composed(example()), reminder(example())):
        urgency = letter.trace.urgency

        assert urgency is not None
        assert urgency.tier is Tier.RED
        assert not {"red", "amber", "green"} & set(all_text(letter.content).lower().split())


def test_trace_kept_before_there_were_tiers_is_read() -> None:
    stored = to_json(composed(example()).trace)
    del stored["urgency"]

    assert trace_from_json(stored).urgency is None


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("because: always", "asks for no fact"),
        ("because: x\n    event: gp_visit", "stand together"),
        ("because: x\n    ages: {under: 1}\n    at_least: 1", "stand together"),
        ('because: x\n    heating_lost: "no"', "heating_lost"),
        ("because: x\n    conditions: [flu]", "flu"),
        ("because: x\n    hazard: pests", "unknown key hazard"),
    ],
)
def test_read_refuses_a_rule_that_cannot_be_read_one_way(
    tmp_path: Path, rule: str, says: str
) -> None:
    (tmp_path / "evidence").mkdir()
    good = "amber:\n  other:\n    because: x\n    conditions: [copd]\n"
    text = f"red:\n  rule:\n    {rule}\n{good}"
    (tmp_path / "evidence" / "urgency.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(LawFileError, match=says):
        read_tier_rules(tmp_path)
