"""Which facts are shown as a potential emergency, and what that does to the clocks."""

from datetime import date

import pytest

from letters.law.grounds import Grounds, Strength, grounds_for
from letters.law.library import read_library
from letters.law.provision import Fact
from tests.law.law_cases import TEMPLATES, facts_of

LIBRARY = read_library(TEMPLATES)
DAY = date(2026, 11, 21)
CHILD_WITH_ASTHMA = {"occupant_age": "7", "occupant_condition": "asthma"}
REGULATIONS = "hazards_in_social_housing_regulations_2025/"


def rules_shown(changes: dict[str, str], day: date = DAY) -> set[str]:
    grounds = grounds_for(facts_of(**changes), day, LIBRARY)
    return {emergency.rule_id for emergency in grounds.potential_emergencies}


def strength_of(grounds: Grounds, name: str) -> Strength | None:
    found = {ground.provision_id: ground.strength for ground in grounds.applying}
    return found.get(REGULATIONS + name)


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, set()),
        ({"severity": "unsafe_now"}, {"reported_as_unsafe_now"}),
        ({"severity": "unsafe_now", "hazard": "noise"}, {"reported_as_unsafe_now"}),
        (
            {"occupant_age": "17", "occupant_condition": "asthma", "severity": "present"},
            {"damp_where_a_child_has_asthma"},
        ),
        ({"occupant_age": "18", "occupant_condition": "asthma"}, set()),
        ({"occupant_age": "7", "occupant_condition": "allergy"}, set()),
        ({"occupant_age": "7", "occupant_condition": "asthma", "hazard": "noise"}, set()),
        (
            {"hazard": "excess_cold", "heating_or_hot_water_lost": "yes"},
            {"no_heating_or_hot_water"},
        ),
        ({"hazard": "excess_cold", "heating_or_hot_water_lost": "not_known"}, set()),
        ({"heating_or_hot_water_lost": "yes"}, set()),
        ({"hazard": "fuel_gas", "severity": "present"}, {"gas_or_carbon_monoxide"}),
    ],
)
def test_potential_emergencies_by_facts(changes: dict[str, str], shown: set[str]) -> None:
    assert rules_shown(changes) == shown


def test_child_with_asthma_in_a_private_home_is_not_shown() -> None:
    private = {"tenure": "private_tenancy", "landlord_kind": "private_landlord"}

    assert rules_shown({**CHILD_WITH_ASTHMA, **private}) == set()


def test_child_with_asthma_is_shown_when_the_home_is_not_known() -> None:
    unknown = {"tenure": "not_known", "agreement": "not_known", "landlord_kind": "not_known"}

    shown = rules_shown({**CHILD_WITH_ASTHMA, **unknown})

    assert shown == {"damp_where_a_child_has_asthma"}


@pytest.mark.parametrize(
    ("changes", "fact"),
    [
        ({"occupant_condition": "asthma"}, Fact.AGE),
        (
            {"hazard": "excess_cold", "heating_or_hot_water_lost": "not_known"},
            Fact.HEATING_OR_HOT_WATER_LOST,
        ),
    ],
)
def test_sign_not_known_is_asked_about(changes: dict[str, str], fact: Fact) -> None:
    grounds = grounds_for(facts_of(**changes), DAY, LIBRARY)

    assert fact in {question.fact for question in grounds.questions}


def test_no_rule_before_its_day() -> None:
    assert rules_shown({"severity": "unsafe_now"}, date(2025, 10, 26)) == set()


def test_potential_emergency_diarises_both_clocks() -> None:
    facts = facts_of(**CHILD_WITH_ASTHMA)

    grounds = grounds_for(facts, DAY, LIBRARY)

    assert strength_of(grounds, "emergency_investigation") is Strength.MAY_APPLY
    assert strength_of(grounds, "standard_investigation") is Strength.APPLIES


def test_unsafe_now_runs_on_the_emergency_clock() -> None:
    grounds = grounds_for(facts_of(severity="unsafe_now"), DAY, LIBRARY)

    assert strength_of(grounds, "emergency_investigation") is Strength.APPLIES
    assert strength_of(grounds, "standard_investigation") is None


def test_potential_emergency_says_why_and_whence() -> None:
    grounds = grounds_for(facts_of(severity="unsafe_now"), DAY, LIBRARY)

    (emergency,) = grounds.potential_emergencies
    assert emergency.why.endswith(".")
    assert "https://" in emergency.source
