"""How findings become grounds: strength, hazards, questions, and what is for an adviser."""

from dataclasses import replace
from datetime import date

import pytest

from letters.law.errors import UnknownProvision
from letters.law.facts import Answer, CaseFacts, Severity
from letters.law.grounds import Ground, Grounds, Strength, grounds_for
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import read_library
from letters.law.provision import DutyOn, Fact, Letters
from letters.law.tenures import Agreement, LandlordKind, Tenure
from tests.law.law_cases import TEMPLATES, facts_of, hazard_of

LIBRARY = read_library(TEMPLATES)
DAY = date(2026, 11, 21)
REGULATIONS = "hazards_in_social_housing_regulations_2025/"
STANDARD = f"{REGULATIONS}standard_investigation"
EMERGENCY = f"{REGULATIONS}emergency_investigation"
DISREPAIR = "landlord_and_tenant_act_1985/section_11"


def of(grounds: Grounds, provision_id: str) -> list[Ground]:
    return [ground for ground in grounds.applying if ground.provision_id == provision_id]


def two_hazards() -> CaseFacts:
    """Damp from disrepair, and cold of which that is not known."""
    cold = replace(hazard_of(), hazard=Hazard.EXCESS_COLD, disrepair=Answer.NOT_KNOWN)
    return replace(facts_of(), hazards=(hazard_of(), cold))


def test_grounds_for_keeps_strengths_apart() -> None:
    grounds = grounds_for(two_hazards(), DAY, LIBRARY)

    found = [(ground.strength, ground.hazards) for ground in of(grounds, DISREPAIR)]
    assert found == [
        (Strength.APPLIES, (Hazard.DAMP_AND_MOULD,)),
        (Strength.MAY_APPLY, (Hazard.EXCESS_COLD,)),
    ]


def test_grounds_for_leaves_out_one_hazard_of_two() -> None:
    grounds = grounds_for(two_hazards(), date(2026, 11, 29), LIBRARY)

    out = [o for o in grounds.left_out if o.provision_id == STANDARD]
    assert [ground.hazards for ground in of(grounds, STANDARD)] == [(Hazard.DAMP_AND_MOULD,)]
    assert [o.hazards for o in out] == [(Hazard.EXCESS_COLD,)]


def test_grounds_for_covers_both_hazards_next_day() -> None:
    grounds = grounds_for(two_hazards(), date(2026, 11, 30), LIBRARY)

    assert [ground.hazards for ground in of(grounds, STANDARD)] == [
        (Hazard.DAMP_AND_MOULD, Hazard.EXCESS_COLD)
    ]


def test_because_names_the_facts_that_brought_it_in() -> None:
    (ground,) = of(grounds_for(facts_of(), DAY, LIBRARY), DISREPAIR)

    assert {(used.name, used.value) for used in ground.because} == {
        (Fact.TENURE, "council_tenancy"),
        (Fact.AGREEMENT, "tenancy"),
        (Fact.LANDLORD_KIND, "council"),
        (Fact.HAZARD, "damp_and_mould"),
        (Fact.DISREPAIR, "yes"),
        (Fact.LANDLORD_CONTROLS_CAUSE, "yes"),
    }
    assert ground.because[0].label == "tenure is council tenancy"


def test_questions_name_what_would_change() -> None:
    grounds = grounds_for(facts_of(disrepair="not_known"), DAY, LIBRARY)

    (question,) = grounds.questions
    assert question.fact is Fact.DISREPAIR
    assert question.asks.endswith("?")
    assert set(question.provision_ids) == {
        DISREPAIR,
        "landlord_and_tenant_act_1985/section_17",
        "defective_premises_act_1972/section_4",
    }


def test_home_not_known_outweighs_what_may_apply() -> None:
    facts = facts_of(agreement="not_known", disrepair="not_known")

    grounds = grounds_for(facts, DAY, LIBRARY)

    asked = {q.fact for q in grounds.questions if DISREPAIR in q.provision_ids}
    assert of(grounds, DISREPAIR) == []
    assert asked == {Fact.AGREEMENT, Fact.DISREPAIR}


def test_questions_are_none_when_all_is_known() -> None:
    assert grounds_for(facts_of(), DAY, LIBRARY).questions == ()


def test_no_landlord_duty_when_the_home_is_not_known() -> None:
    facts = facts_of(tenure="not_known", agreement="not_known", landlord_kind="not_known")

    grounds = grounds_for(facts, DAY, LIBRARY)

    assert DutyOn.LANDLORD not in {ground.duty_on for ground in grounds.applying}
    assert {question.fact for question in grounds.questions} == {
        Fact.TENURE,
        Fact.AGREEMENT,
        Fact.LANDLORD_KIND,
    }


@pytest.mark.parametrize("tenure", list(Tenure))
@pytest.mark.parametrize("agreement", list(Agreement))
@pytest.mark.parametrize("landlord_kind", list(LandlordKind))
def test_regulations_reach_only_registered_tenancies(
    tenure: Tenure, agreement: Agreement, landlord_kind: LandlordKind
) -> None:
    facts = facts_of(tenure=tenure, agreement=agreement, landlord_kind=landlord_kind)

    grounds = grounds_for(facts, DAY, LIBRARY)

    if any(ground.provision_id.startswith(REGULATIONS) for ground in grounds.applying):
        assert agreement is Agreement.TENANCY
        assert landlord_kind in {LandlordKind.COUNCIL, LandlordKind.REGISTERED_PROVIDER}
        assert tenure not in {Tenure.PRIVATE_TENANCY, Tenure.LODGING, Tenure.SHARED_OWNERSHIP}


@pytest.mark.parametrize("tenure", list(Tenure))
@pytest.mark.parametrize("severity", list(Severity))
def test_applying_never_holds_adviser_law(tenure: Tenure, severity: Severity) -> None:
    grounds = grounds_for(facts_of(tenure=tenure, severity=severity), DAY, LIBRARY)

    provisions = [LIBRARY.provision(Jurisdiction.ENGLAND, g.provision_id) for g in grounds.applying]
    assert {p.on(DAY).letters for p in provisions} == {Letters.CLINICIAN}


@pytest.mark.parametrize("hazard", list(Hazard))
def test_every_provision_is_answered_once_for_a_hazard(hazard: Hazard) -> None:
    grounds = grounds_for(facts_of(hazard=hazard), DAY, LIBRARY)

    answered = [ground.provision_id for ground in (*grounds.applying, *grounds.for_adviser)]
    answered += [out.provision_id for out in grounds.left_out]
    assert sorted(answered) == sorted(p.id for p in LIBRARY.of(Jurisdiction.ENGLAND))
    assert all(out.reason for out in grounds.left_out)


def test_grounds_for_before_the_regulations() -> None:
    grounds = grounds_for(facts_of(severity="unsafe_now"), date(2025, 10, 26), LIBRARY)

    assert not [g for g in grounds.applying if g.provision_id.startswith(REGULATIONS)]


def test_grounds_for_case_without_hazards() -> None:
    facts = replace(facts_of(adjustment_requested="yes"), hazards=())

    grounds = grounds_for(facts, DAY, LIBRARY)

    assert "equality_act_2010/section_36" in {g.provision_id for g in grounds.applying}
    assert not of(grounds, DISREPAIR)


def test_grounds_carry_the_digest_of_their_nation() -> None:
    grounds = grounds_for(facts_of(), DAY, LIBRARY)

    assert grounds.law_digest == LIBRARY.digest_of(Jurisdiction.ENGLAND)
    assert grounds.day == DAY


def test_grounds_for_a_nation_without_files() -> None:
    only_england = replace(LIBRARY, digests={}, provisions=(), urgency_rules=())

    with pytest.raises(UnknownProvision):
        grounds_for(facts_of(), DAY, only_england)


def test_grounds_for_is_the_same_every_time() -> None:
    again = read_library(TEMPLATES)

    assert grounds_for(two_hazards(), DAY, again) == grounds_for(two_hazards(), DAY, LIBRARY)


def test_no_regulation_number_is_printed() -> None:
    printed = [p for p in LIBRARY.provisions if p.id.startswith(REGULATIONS)]

    assert printed
    assert not [p for p in printed if "regulation " in p.citation.lower()]
