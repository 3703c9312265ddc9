"""Clinical statements: only what was read at its source, only where its readers are."""

import re
from pathlib import Path

import pytest

from letters.drafting.evidence import Evidence, Statement, read_evidence
from letters.law.errors import LawFileError
from letters.law.facts import HealthCondition
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.provision import Verification
from tests.drafting.case_files import TEMPLATES, all_text, changed, composed, example

EVIDENCE = read_evidence(TEMPLATES)
GOOD = """condition: asthma
statements:
  X-1:
    hazard: pests
    says: Words.
    grade: expert
    source: {title: A title, href: https://example.org/}
    verification: source
    nations: [england]
"""


def read(folder: Path, text: str, *, name: str = "asthma.yaml") -> Evidence:
    (folder / "evidence").mkdir(exist_ok=True)
    (folder / "evidence" / name).write_text(text, encoding="utf-8")
    return read_evidence(folder)


def statement(key: str) -> Statement:
    (found,) = (s for s in EVIDENCE.statements if s.id == key)
    return found


@pytest.mark.parametrize("nation", Jurisdiction)
def test_for_letter_never_gives_what_was_not_read(nation: Jurisdiction) -> None:
    given = {
        statement.id
        for condition in HealthCondition
        for hazard in Hazard
        for statement in EVIDENCE.for_letter(condition, hazard, nation)
    }
    unread = {s.id for s in EVIDENCE.statements if s.verification is not Verification.SOURCE}

    assert unread >= {"AS-CO-1", "AS-DM-6"}
    assert not given & unread


@pytest.mark.parametrize("nation", [Jurisdiction.SCOTLAND, Jurisdiction.NORTHERN_IRELAND])
def test_for_letter_keeps_english_guidance_in_england(nation: Jurisdiction) -> None:
    found = EVIDENCE.for_letter(HealthCondition.ASTHMA, Hazard.DAMP_AND_MOULD, nation)

    assert [s.id for s in found] == ["AS-DM-1", "AS-DM-3"]


def test_statements_of_the_rating_system_stay_in_england() -> None:
    rated = [s for s in EVIDENCE.statements if "rating system" in s.source_title.lower()]

    assert rated
    assert all(s.nations == (Jurisdiction.ENGLAND,) for s in rated)


def test_statements_of_english_bodies_stay_out_of_scotland() -> None:
    english = [s for s in EVIDENCE.statements if "National Institute" in s.says + s.source_title]

    assert english
    assert all(Jurisdiction.SCOTLAND not in s.nations for s in english)


def test_for_letter_prefers_the_illness_to_anybody() -> None:
    found = EVIDENCE.for_letter(HealthCondition.COPD, Hazard.DAMP_AND_MOULD, Jurisdiction.ENGLAND)

    assert [s.id for s in found] == ["CO-DM-1", "GEN-DM-1"]


def test_for_letter_gives_nothing_of_another_illness() -> None:
    found = EVIDENCE.for_letter(HealthCondition.ALLERGY, Hazard.PESTS, Jurisdiction.ENGLAND)

    assert found == ()


def test_letter_prints_no_statement_for_an_unread_pair() -> None:
    document = changed(example(), ("hazards", 0, "hazard"), "excess_cold")

    content = composed(document).content

    assert statement("AS-CO-1").says not in all_text(content)
    assert "In general:" not in all_text(content)


def test_letter_prints_a_read_statement_with_its_source() -> None:
    said = statement("AS-DM-5")

    text = all_text(composed(example()).content)

    assert f"{said.says} ({said.source_title}.)" in text


@pytest.mark.parametrize("found", EVIDENCE.statements, ids=lambda s: s.id)
def test_no_statement_claims_to_prove_a_cause(found: Statement) -> None:
    assert not re.search(r"\b(caused by|proves?|proven)\b", found.says)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("condition: asthma", "condition: ashtma", 1),
        ("hazard: pests", "hazard: mice", 4),
        ("grade: expert", "grade: sure", 6),
        ("https://", "http://", 7),
        ("verification: source", "verification: yes", 8),
        ("nations: [england]", "nations: [france]", 9),
        ("    says: Words.\n", "", 4),
        ("says: Words.", "says: Words.\n    more: x", 6),
    ],
)
def test_read_refuses_with_file_and_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    with pytest.raises(LawFileError) as refused:
        read(tmp_path, GOOD.replace(old, new))

    assert refused.value.path.name == "asthma.yaml"
    assert abs(refused.value.line - line) <= 1


def test_read_refuses_one_statement_in_two_files(tmp_path: Path) -> None:
    read(tmp_path, GOOD)

    with pytest.raises(LawFileError, match="the statement X-1 is in two files"):
        read(tmp_path, GOOD.replace("asthma", "copd"), name="copd.yaml")
