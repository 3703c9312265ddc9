"""Every law file loads, and every provision has cases on each side of each of its starts."""

from datetime import date, timedelta

import pytest

from letters.law.cases import LawCase
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import read_library
from letters.law.provision import Provision, StartKnown
from tests.law.law_cases import TEMPLATES, all_cases

LIBRARY = read_library(TEMPLATES)
_RESEARCHED_ON = date(2026, 11, 21)
IDS = [f"{p.jurisdiction}/{p.id}" for p in LIBRARY.provisions]


def cases_of(provision: Provision) -> list[LawCase]:
    return [
        case
        for case in all_cases()
        if (case.jurisdiction, case.provision_id) == (provision.jurisdiction, provision.id)
    ]


def edges_of(provision: Provision) -> list[date]:
    """Its own starts, and its end; what begins with a phase has cases with the phases."""
    starts = [version.starts_on for version in provision.versions if not version.is_of_a_phase]
    return [*starts, *([provision.ends_on] if provision.ends_on else [])]


@pytest.mark.parametrize("provision", LIBRARY.provisions, ids=IDS)
def test_every_provision_has_cases(provision: Provision) -> None:
    assert cases_of(provision)


@pytest.mark.parametrize("provision", LIBRARY.provisions, ids=IDS)
def test_every_start_has_a_case_on_each_side(provision: Provision) -> None:
    days = {case.day for case in cases_of(provision)}

    missing = [edge for edge in edges_of(provision) if not {edge - timedelta(days=1), edge} <= days]

    assert missing == []


@pytest.mark.parametrize("jurisdiction", Jurisdiction)
def test_every_phase_has_a_case_on_each_side(jurisdiction: Jurisdiction) -> None:
    of_phases = [c for c in all_cases() if c.is_of_phases and c.jurisdiction is jurisdiction]
    days = {case.day for case in of_phases}
    edges = {
        version.starts_on
        for provision in LIBRARY.of(jurisdiction)
        for version in provision.versions
        if version.is_of_a_phase
    }

    assert [edge for edge in edges if not {edge - timedelta(days=1), edge} <= days] == []


@pytest.mark.parametrize("provision", LIBRARY.provisions, ids=IDS)
def test_every_counted_period_has_a_worked_day(provision: Provision) -> None:
    worked = {expected.period for case in cases_of(provision) for expected in case.due}
    counted = {p.id for v in provision.versions for p in v.periods if p.unit.is_counted}

    assert counted <= worked


@pytest.mark.parametrize("provision", LIBRARY.provisions, ids=IDS)
def test_every_provision_is_left_out_in_some_case(provision: Provision) -> None:
    assert "left_out" in {case.expect for case in cases_of(provision)}


def test_no_case_is_of_a_provision_that_is_gone() -> None:
    known = {(provision.jurisdiction, provision.id) for provision in LIBRARY.provisions}

    assert {(case.jurisdiction, case.provision_id) for case in all_cases()} <= known


@pytest.mark.parametrize("provision", LIBRARY.provisions, ids=IDS)
def test_every_word_fits_a_letter(provision: Provision) -> None:
    for version in provision.versions:
        for words in (version.duty, version.remedy, version.forum, provision.citation):
            assert "  " not in words
            assert "\n" not in words
        assert len(version.duty) < 260


@pytest.mark.parametrize("provision", LIBRARY.provisions, ids=IDS)
def test_a_start_that_is_only_the_day_of_the_research_says_so(provision: Provision) -> None:
    of_research = [v for v in provision.versions if v.starts_on == _RESEARCHED_ON]

    assert {version.start_known for version in of_research} <= {StartKnown.NO_LATER_THAN}
