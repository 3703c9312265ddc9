"""What applies to facts that are nobody's, and by which days."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.drafting.errors import DocumentRefused
from letters.issuing.explorer import Sought, law_sought, nations_with_law, title_of
from letters.issuing.sources import library
from letters.issuing.what_applies import Dated, WhatApplies, what_applies
from letters.law.facts import (
    Answer,
    CaseFacts,
    HazardFacts,
    HealthCondition,
    OccupantFacts,
    Severity,
)
from letters.law.grounds import grounds_for
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import LONDON, StartEvent
from letters.law.tenures import Agreement, LandlordKind, Tenure

DAY = date(2026, 12, 1)
AWARE = datetime(2026, 12, 1, 10, 0, tzinfo=LONDON)


def _facts(
    *hazards: HazardFacts,
    tenure: Tenure = Tenure.COUNCIL_TENANCY,
    agreement: Agreement = Agreement.TENANCY,
    landlord_kind: LandlordKind = LandlordKind.COUNCIL,
) -> CaseFacts:
    return CaseFacts(
        jurisdiction=Jurisdiction.ENGLAND,
        tenure=tenure,
        agreement=agreement,
        landlord_kind=landlord_kind,
        hazards=hazards or (_hazard(),),
        occupants=(OccupantFacts(age=7, conditions=(HealthCondition.ASTHMA,)),),
        adjustment_requested=Answer.NOT_KNOWN,
    )


def _hazard(
    kind: Hazard = Hazard.DAMP_AND_MOULD,
    *,
    told_on: date | None = None,
    noticed_on: date | None = None,
    controlled: Answer = Answer.YES,
) -> HazardFacts:
    return HazardFacts(
        hazard=kind,
        severity=Severity.SEVERE,
        first_noticed_on=noticed_on,
        landlord_told_on=told_on,
        disrepair=Answer.YES,
        landlord_controls_cause=controlled,
        heating_or_hot_water_lost=Answer.NO,
    )


def _dated(answer: WhatApplies, provision_id: str) -> list[Dated]:
    return [each for each in answer.dated if each.ground.provision_id == provision_id]


_INVESTIGATION = "hazards_in_social_housing_regulations_2025/standard_investigation"


def test_what_applies_says_what_grounds_for_says() -> None:
    facts = _facts()

    answer = what_applies(facts, day=DAY, started={})

    assert answer.grounds == grounds_for(facts, DAY, library())


def test_what_applies_counts_each_period_that_has_begun() -> None:
    answer = what_applies(_facts(), day=DAY, started={StartEvent.AWARENESS: AWARE})

    (dated,) = _dated(answer, _INVESTIGATION)
    assert dated.due is not None
    assert dated.due.due_on == date(2026, 12, 15)
    assert len(dated.due.counted) == 10
    assert [skipped.why for skipped in dated.due.skipped] == ["Saturday", "Sunday"] * 2


def test_what_applies_names_what_a_period_waits_for() -> None:
    answer = what_applies(_facts(), day=DAY, started={})

    (dated,) = _dated(answer, _INVESTIGATION)
    assert dated.due is None
    assert dated.waits_for == "the day on which the landlord became aware"


def test_what_applies_joins_hazards_that_end_alike() -> None:
    facts = _facts(_hazard(), _hazard(Hazard.EXCESS_COLD))

    answer = what_applies(facts, day=DAY, started={StartEvent.AWARENESS: AWARE})

    (dated,) = _dated(answer, _INVESTIGATION)
    assert dated.hazards == (Hazard.DAMP_AND_MOULD, Hazard.EXCESS_COLD)


def test_what_applies_counts_the_first_due_first() -> None:
    answer = what_applies(_facts(), day=DAY, started={StartEvent.AWARENESS: AWARE})

    ends = [each.due.due_at for each in answer.dated if each.due]
    with_a_day = [each.due is not None for each in answer.dated]
    assert ends == sorted(ends)
    assert with_a_day == sorted(with_a_day, reverse=True)


def test_what_applies_counts_what_turns_on_no_hazard() -> None:
    started = {StartEvent.COMPLAINT_RECEIVED: AWARE}

    answer = what_applies(_facts(), day=DAY, started=started)

    (dated,) = _dated(answer, "housing_ombudsman_complaint_handling_code/stage_1_acknowledgement")
    assert dated.due is not None
    assert dated.due.due_on == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("facts", "started", "pointer"),
    [
        (_facts(landlord_kind=LandlordKind.PRIVATE_LANDLORD), {}, "/landlord_kind"),
        (_facts(agreement=Agreement.LEASE), {}, "/agreement"),
        (_facts(tenure=Tenure.HOUSING_EXECUTIVE_TENANCY), {}, "/tenure"),
        (_facts(_hazard(), _hazard()), {}, "/hazards/1/hazard"),
        (_facts(_hazard(told_on=date(2026, 12, 2))), {}, "/hazards/0/landlord_told_on"),
        (_facts(_hazard(noticed_on=date(2026, 12, 2))), {}, "/hazards/0/first_noticed_on"),
        (_facts(), {StartEvent.AWARENESS: AWARE.replace(year=9999)}, "/started/awareness"),
        (_facts(), {StartEvent.AWARENESS: AWARE.replace(year=1066)}, "/started/awareness"),
        (
            _facts(),
            {
                StartEvent.AWARENESS: AWARE,
                StartEvent.INVESTIGATION_CONCLUDED: AWARE.replace(hour=9),
            },
            "/started/investigation_concluded",
        ),
    ],
)
def test_what_applies_refuses_what_cannot_be_true_together(
    facts: CaseFacts, started: dict[StartEvent, datetime], pointer: str
) -> None:
    with pytest.raises(DocumentRefused) as refusal:
        what_applies(facts, day=DAY, started=started)

    assert [fault.pointer for fault in refusal.value.faults] == [pointer]


def test_what_applies_refuses_a_count_beyond_the_published_holidays() -> None:
    at = datetime(2028, 12, 25, 10, tzinfo=LONDON)

    with pytest.raises(DocumentRefused) as refusal:
        what_applies(_facts(), day=DAY, started={StartEvent.AWARENESS: at})

    assert [fault.pointer for fault in refusal.value.faults] == ["/started"]


def test_law_sought_finds_everything_when_nothing_is_asked() -> None:
    found = law_sought(Sought(), today=DAY)

    listed = {
        (each.jurisdiction, one.provision.id)
        for each in found
        for instrument in each.instruments
        for one in instrument.provisions
    }
    assert listed == {(p.jurisdiction, p.id) for p in library().provisions}
    assert sum(each.count for each in found) == len(library().provisions)


def test_law_sought_names_each_instrument_once() -> None:
    for law in law_sought(Sought(), today=DAY):
        titles = [each.title for each in law.instruments]

        assert [title for title in titles if titles.count(title) > 1] == []


@pytest.mark.parametrize(
    ("nation", "provision_id", "title"),
    [
        ("england", "landlord_and_tenant_act_1985/section_11", "Landlord and Tenant Act 1985"),
        (
            "england",
            "hazards_in_social_housing_regulations_2025/triage",
            "Hazards in Social Housing (Prescribed Requirements) (England) Regulations 2025",
        ),
        (
            "scotland",
            "scottish_housing_quality_standard/damp_and_warmth",
            "Scottish housing quality standard",
        ),
    ],
)
def test_title_of_names_the_instrument(nation: str, provision_id: str, title: str) -> None:
    provision = library().provision(Jurisdiction(nation), provision_id)

    assert title_of(provision) == title


def test_law_sought_leaves_out_what_is_not_in_force() -> None:
    before, after = (
        law_sought(Sought(words="Deregulation Act 2015 notice", day=day), today=DAY)
        for day in (date(2026, 4, 30), date(2026, 5, 1))
    )

    assert [each.title for law in before for each in law.instruments] == ["Deregulation Act 2015"]
    assert after == ()


@given(
    nation=st.none() | st.sampled_from(nations_with_law()),
    hazard=st.none() | st.sampled_from(Hazard),
    tenure=st.none() | st.sampled_from(Tenure),
    day=st.none() | st.dates(date(1950, 1, 1), date(2030, 1, 1)),
)
def test_law_sought_finds_only_what_was_asked_for(
    nation: Jurisdiction | None, hazard: Hazard | None, tenure: Tenure | None, day: date | None
) -> None:
    sought = Sought(nation=nation, hazard=hazard, tenure=tenure, day=day)

    for law in law_sought(sought, today=DAY):
        assert law.jurisdiction == (nation or law.jurisdiction)
        for listed in (each for one in law.instruments for each in one.provisions):
            versions = listed.provision.versions if day is None else (listed.version,)
            assert any(
                version is not None
                and (hazard is None or version.applies.covers(hazard))
                and (tenure is None or tenure in version.applies.homes.tenures)
                for version in versions
            ) or (hazard is None and tenure is None)
