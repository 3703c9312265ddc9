"""Worked cases are read strictly, and one that does not hold is told from one that does."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from letters.law.cases import Expected, LawCase, cases_of
from letters.law.errors import LawFileError
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import read_library
from letters.law.proving import said_otherwise, version_on
from letters.law.provision import Fact
from tests.law.law_cases import TEMPLATES

LIBRARY = read_library(TEMPLATES)
ENGLAND = Jurisdiction.ENGLAND
REPAIRS = "landlord_and_tenant_act_1985/section_11"
INVESTIGATION = "hazards_in_social_housing_regulations_2025/standard_investigation"
GOOD = """cases:
  - name: Damp where somebody is ill
    day: 2026-11-21
    facts: {tenure: private_tenancy, landlord_kind: private_landlord, disrepair: not_known,
            occupant_age: "7", occupant_condition: copd}
    expect: may_apply
    asks: [disrepair]
    due:
      - {period: investigate, started_at: "2026-11-20T10:00+00:00", due_on: 2026-12-04}
"""


def read(folder: Path, text: str) -> tuple[LawCase, ...]:
    path = folder / "england" / "cases" / f"{REPAIRS}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return cases_of(folder, ENGLAND, REPAIRS)


def test_case_says_in_words_what_differs(tmp_path: Path) -> None:
    (case,) = read(tmp_path, GOOD)

    assert case.differs == (
        "tenure: private tenancy",
        "landlord: private landlord",
        "disrepair: not known",
        "age of the one who is ill: 7",
        "illness in the home: chronic obstructive pulmonary disease (COPD)",
    )


def test_cases_of_a_phase_stand_with_the_provision_they_name() -> None:
    found = cases_of(TEMPLATES, ENGLAND, INVESTIGATION)

    assert {case.is_of_phases for case in found} == {True, False}
    assert {case.provision_id for case in found} == {INVESTIGATION}


def test_a_provision_without_cases_has_none(tmp_path: Path) -> None:
    assert cases_of(tmp_path, ENGLAND, REPAIRS) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("name: Damp", "title: Damp", 2, "unknown key title"),
        ("may_apply", "perhaps", 6, "perhaps"),
        ("asks: [disrepair]", "asks: [the_weather]", 7, "the_weather"),
        ("tenure: private_tenancy", "tenure: castle", 4, "castle"),
        ("tenure: private_tenancy", "rooms: three", 4, "unknown key rooms"),
        ('"7"', '"seven"', 5, "a number of years"),
        (", occupant_condition: copd", "", 4, "say occupant_condition too"),
        ("T10:00+00:00", "T10:00", 9, "a moment with its zone"),
        ("2026-11-20T10:00+00:00", "Friday", 9, "a moment with its zone"),
        ("day: 2026-11-21", "day: soon", 3, "must be a day"),
    ],
)
def test_read_refuses_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    with pytest.raises(LawFileError, match=says) as refused:
        read(tmp_path, GOOD.replace(old, new))

    assert refused.value.path.name == "section_11.yaml"
    assert refused.value.line == line


@pytest.fixture
def damp() -> LawCase:
    """A case that holds: damp for a council tenant starts the investigation."""
    found = cases_of(TEMPLATES, ENGLAND, INVESTIGATION)
    return next(c for c in found if c.expect is Expected.APPLIES and c.due)


def test_a_case_that_holds_is_not_said_otherwise(damp: LawCase) -> None:
    assert said_otherwise(damp, LIBRARY) == ()


def test_another_outcome_is_said_otherwise(damp: LawCase) -> None:
    (says,) = said_otherwise(replace(damp, expect=Expected.LEFT_OUT), LIBRARY)

    assert says == "it applies, and not: left out"


def test_another_reason_is_said_otherwise(damp: LawCase) -> None:
    (says,) = said_otherwise(replace(damp, reason="it is a lodging"), LIBRARY)

    assert 'does not hold "it is a lodging"' in says


def test_another_question_is_said_otherwise(damp: LawCase) -> None:
    (says,) = said_otherwise(replace(damp, asks=(Fact.LANDLORD_KIND,)), LIBRARY)

    assert says == "it asks about nothing, and not: landlord kind"


def test_a_doubt_that_is_not_shown_is_said_otherwise(damp: LawCase) -> None:
    (says,) = said_otherwise(replace(damp, doubts=("Z99",)), LIBRARY)

    assert says == "it does not show the doubt Z99"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"due_on": date(2031, 1, 1)}, "and not on 1 January 2031"),
        ({"period": "no_such"}, "there is no period no_such"),
    ],
)
def test_another_end_is_said_otherwise(
    damp: LawCase, changes: dict[str, object], says: str
) -> None:
    due = replace(damp.due[0], **changes)  # type: ignore[arg-type]  # by name, as parametrized

    (said,) = said_otherwise(replace(damp, due=(due,)), LIBRARY)

    assert says in said


def test_another_moment_is_said_otherwise(damp: LawCase) -> None:
    due = replace(damp.due[0], due_at=damp.due[0].started_at)

    (said,) = said_otherwise(replace(damp, due=(due,)), LIBRARY)

    assert "not at the moment written" in said


def test_a_due_day_outside_the_law_is_said_otherwise(damp: LawCase) -> None:
    early = replace(damp, day=date(1999, 1, 1), expect=Expected.LEFT_OUT)

    said, *_ = said_otherwise(early, LIBRARY)

    assert said.startswith("investigate: ")
    assert "not in force on 1 January 1999" in said


def test_a_day_before_the_first_version_is_read_with_it() -> None:
    provision = LIBRARY.provision(ENGLAND, REPAIRS)

    assert version_on(provision, date(1900, 1, 1)) == provision.versions[0]


def test_a_day_since_the_end_is_read_with_the_end() -> None:
    ended = next(p for p in LIBRARY.provisions if p.ends_on and p.versions)
    assert ended.ends_on

    assert version_on(ended, ended.ends_on) is None
    assert version_on(ended, date(1800, 1, 1)) == ended.versions[0]
