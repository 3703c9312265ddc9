"""Each law case, as a lawyer wrote it, against the library as it stands."""

import pytest

from letters.law.grounds import Grounds, grounds_for
from letters.law.library import read_library
from letters.law.periods import due
from letters.law.working_days import WorkingDays
from tests.law.law_cases import TEMPLATES, LawCase, all_cases

LIBRARY = read_library(TEMPLATES)
CASES = all_cases()
NAMES = [f"{case.provision_id}: {case.name}" for case in CASES]


def found(grounds: Grounds, provision_id: str) -> str:
    """What became of the provision, in the words the cases use."""
    applying = {g.provision_id: g.strength.value for g in grounds.applying}
    adviser = {g.provision_id: g.strength.value for g in grounds.for_adviser}
    if provision_id in adviser:
        return "adviser_only" if adviser[provision_id] == "applies" else "adviser_may_apply"
    return applying.get(provision_id, "left_out")


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_grounds_for_case(case: LawCase) -> None:
    grounds = grounds_for(case.facts, case.day, LIBRARY)

    reasons = [out.reason for out in grounds.left_out if out.provision_id == case.provision_id]
    asked = {q.fact.value for q in grounds.questions if case.provision_id in q.provision_ids}
    both = (*grounds.applying, *grounds.for_adviser)
    doubts = {d.id for g in both if g.provision_id == case.provision_id for d in g.doubts}
    assert found(grounds, case.provision_id) == case.expect
    assert case.reason in " | ".join(reasons)
    assert asked == set(case.asks)
    assert set(case.doubts) <= doubts


@pytest.mark.parametrize("case", [c for c in CASES if c.due], ids=lambda c: c.name)
def test_due_for_case(case: LawCase) -> None:
    version = LIBRARY.provision(case.jurisdiction, case.provision_id).on(case.day)
    periods = {period.id: period for period in version.periods}
    calendar = WorkingDays.of(case.jurisdiction)

    for expected in case.due:
        end = due(periods[expected.period], expected.started_at, calendar)

        assert end.due_on == expected.due_on
        assert expected.due_at is None or end.due_at == expected.due_at
