"""Clinical statements: only what was read at its source, only where its readers are, and only of
what the letter tells."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.drafting.compose import compose
from letters.drafting.evidence import Evidence, Statement, Told, read_evidence
from letters.law.errors import LawFileError
from letters.law.facts import HealthCondition
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.provision import Verification
from tests.drafting.case_files import (
    TEMPLATES,
    Json,
    all_text,
    brief_of,
    changed,
    composed,
    example,
    wording,
)

EVIDENCE = read_evidence(TEMPLATES)
EVERYWHERE = frozenset(Jurisdiction)
# the rows of the clinical pack, part B; one stands in three
ROWS = """
AS-DM-1 AS-DM-2 AS-DM-3 AS-DM-4 AS-DM-5 AS-DM-6 AS-CO-1 AS-PE-1 AS-PE-2 AS-NO-1 AL-DM-1 AL-SH-1
CO-DM-1 CO-CO-1 BR-DM-1 AB-DM-1 CF-DM-1 ILD-DM-1 IM-DM-1 IN-DM-1 IN-DM-2 IN-OC-1 GEN-DM-1 GEN-DM-2
MH-DM-1 MH-OC-1 MH-CO-1 CV-CO-1 CV-CO-2 CH-CO-1-CHILD CH-CO-1-OLDER CH-CO-1-PREGNANCY SC-CO-1
SC-DM-1 FR-CO-1 FR-FA-1 HT-1 CM-1 PB-1 AB-1 NO-1 BB-1 EL-1 WS-1 PR-DM-1 PR-OC-1 CHR-1
"""
NO_ADDRESS = {"IN-DM-2", "SC-DM-1", "BB-1", "PR-OC-1", "WS-1", "FR-FA-1", "NO-1"}
NOT_READ = {"AS-DM-6", "CV-CO-2", "AS-CO-1", "AB-DM-1", "EL-1"} | NO_ADDRESS - {"SC-DM-1"}
GOOD = """X-1:
  conditions: [asthma]
  ages: {under: 18}
  hazards: [pests]
  says: Words.
  grades: [expert]
  source: {title: A title, href: https://example.org/}
  verification: source
  nations: [england]
"""
told = st.builds(
    Told,
    conditions=st.lists(st.sampled_from(HealthCondition), max_size=4, unique=True),
    age=st.none() | st.integers(min_value=0, max_value=110),
)


def read(folder: Path, text: str, *, name: str = "pests.yaml") -> Evidence:
    statements = folder / "evidence" / "statements"
    statements.mkdir(parents=True, exist_ok=True)
    (statements / name).write_text(text, encoding="utf-8")
    return read_evidence(folder)


def statement(key: str) -> Statement:
    (found,) = (s for s in EVIDENCE.statements if s.id == key)
    return found


def ids(
    conditions: str, hazard: Hazard, nation: Jurisdiction, *, age: int | None = 40
) -> list[str]:
    """The statements for a letter that tells these illnesses and this age."""
    named = [HealthCondition(name) for name in conditions.split()]
    return [s.id for s in EVIDENCE.for_letter(Told(conditions=named, age=age), hazard, nation)]


def patient(conditions: list[str], hazards: list[str], *, born: str = "1980-05-06") -> Json:
    """A case of these illnesses and hazards."""
    document = changed(example(), ("patient", "date_of_birth"), born)
    words = {"basis": "", "severity": "", "treatment": ""}
    document["diagnoses"] = [{"condition": c, **words} for c in conditions]
    document["hazards"] = [{**document["hazards"][0], "hazard": hazard} for hazard in hazards]
    return document


def printed(document: Json, approved: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The ids of the statements in the first letter."""
    brief = replace(brief_of(document), approved_statements=approved)
    trace = compose(brief, wording(brief.facts.jurisdiction)).trace
    return tuple(s for entry in trace.entries for s in entry.statements)


def test_every_row_of_the_clinical_pack_is_there() -> None:
    assert {s.id for s in EVIDENCE.statements} == set(ROWS.split())


def test_what_was_not_read_says_so() -> None:
    unread = {s.id for s in EVIDENCE.statements if s.verification is not Verification.SOURCE}

    assert unread == NOT_READ
    assert {s.id for s in EVIDENCE.statements if s.source is None} == NO_ADDRESS
    assert all(statement(key).caution for key in unread | NO_ADDRESS)


@given(told=told, hazard=st.sampled_from(Hazard), nation=st.sampled_from(Jurisdiction))
def test_for_letter_never_gives_what_was_not_read(
    told: Told, hazard: Hazard, nation: Jurisdiction
) -> None:
    given_ids = {s.id for s in EVIDENCE.for_letter(told, hazard, nation)}

    assert not given_ids & (NOT_READ | NO_ADDRESS)


@given(told=told, hazard=st.sampled_from(Hazard), nation=st.sampled_from(Jurisdiction))
def test_for_letter_tells_nothing_that_the_letter_does_not(
    told: Told, hazard: Hazard, nation: Jurisdiction
) -> None:
    everything = frozenset(s.id for s in EVIDENCE.statements)

    for found in EVIDENCE.for_letter(told, hazard, nation, everything):
        assert not found.conditions or set(found.conditions) & set(told.conditions)
        assert found.ages is None or told.age is not None
        assert found.source is not None
        assert nation in found.nations


def test_for_letter_never_gives_what_has_no_address_even_approved() -> None:
    approved = Told(conditions=[HealthCondition.SICKLE_CELL_DISEASE], age=40)

    found = EVIDENCE.for_letter(approved, Hazard.CROWDING, Jurisdiction.ENGLAND, {"SC-DM-1"})

    assert found == ()


def test_for_letter_gives_the_unread_once_it_is_approved() -> None:
    child = Told(conditions=[HealthCondition.ASTHMA], age=7)

    found = EVIDENCE.for_letter(child, Hazard.EXCESS_COLD, Jurisdiction.WALES, {"AS-CO-1"})

    assert found[0].id == "AS-CO-1"


@pytest.mark.parametrize(
    "nation", [Jurisdiction.WALES, Jurisdiction.SCOTLAND, Jurisdiction.NORTHERN_IRELAND]
)
def test_for_letter_keeps_english_guidance_in_england(nation: Jurisdiction) -> None:
    assert ids("asthma", Hazard.DAMP_AND_MOULD, nation) == ["AS-DM-1", "AS-DM-3", "AS-DM-2"]


def test_statements_of_the_rating_system_stay_in_england() -> None:
    rated = [s for s in EVIDENCE.statements if re.search(r"rating (system|guidance)", cited(s))]

    assert rated
    assert all(s.nations == (Jurisdiction.ENGLAND,) for s in rated)


def test_statements_of_english_bodies_stay_in_england() -> None:
    english = [s for s in EVIDENCE.statements if re.search(r"NICE\b|National Institute", cited(s))]

    assert {s.id for s in english} >= {"AS-DM-5", "MH-CO-1", "FR-CO-1", "CV-CO-1"}
    assert all(s.nations == (Jurisdiction.ENGLAND,) for s in english if s.source)


def cited(found: Statement) -> str:
    return f"{found.says} {found.source.title if found.source else ''} {found.caution}"


def test_studies_may_be_printed_everywhere() -> None:
    studies = [s for s in EVIDENCE.statements if "guideline" not in s.grades]

    assert studies
    assert all(frozenset(s.nations) == EVERYWHERE for s in studies)


def test_for_letter_prefers_the_illness_to_anybody() -> None:
    found = ids("copd", Hazard.DAMP_AND_MOULD, Jurisdiction.ENGLAND)

    assert found == ["CO-DM-1", "GEN-DM-1"]


def test_for_letter_prefers_any_illness_told_to_anybody() -> None:
    found = ids("other copd", Hazard.DAMP_AND_MOULD, Jurisdiction.ENGLAND)

    assert found[0] == "CO-DM-1"


def test_for_letter_gives_what_threatens_life_first() -> None:
    found = ids("asthma", Hazard.CARBON_MONOXIDE, Jurisdiction.ENGLAND, age=7)

    assert found == ["CM-1", "AS-NO-1"]


def test_for_letter_prefers_what_is_about_this_hazard_alone() -> None:
    assert ids("asthma", Hazard.PESTS, Jurisdiction.WALES, age=7) == ["AS-PE-1", "AS-PE-2", "CHR-1"]


def test_for_letter_gives_nothing_of_another_illness() -> None:
    assert ids("allergy", Hazard.PESTS, Jurisdiction.ENGLAND) == []


@pytest.mark.parametrize(
    ("age", "first"),
    [(4, "CH-CO-1-CHILD"), (5, None), (65, None), (66, "CH-CO-1-OLDER"), (None, None)],
)
def test_for_letter_heeds_the_age_that_is_told(age: int | None, first: str | None) -> None:
    found = ids("other", Hazard.EXCESS_COLD, Jurisdiction.ENGLAND, age=age)

    assert found == ([first] if first else [])


@pytest.mark.parametrize(
    ("condition", "hazard", "first"),
    [
        ("eczema", Hazard.DAMP_AND_MOULD, "AL-DM-1"),
        ("eczema", Hazard.SANITATION, "AL-SH-1"),
        ("allergy", Hazard.DAMP_AND_MOULD, "AS-DM-5"),
        ("aspergillosis", Hazard.DAMP_AND_MOULD, "BR-DM-1"),
        ("mental_illness", Hazard.CROWDING, "MH-OC-1"),
        ("frailty", Hazard.EXCESS_COLD, "FR-CO-1"),
        ("pregnancy", Hazard.DAMP_AND_MOULD, "PR-DM-1"),
        ("pregnancy", Hazard.EXCESS_COLD, "CH-CO-1-PREGNANCY"),
        ("sickle_cell_disease", Hazard.EXCESS_COLD, "SC-CO-1"),
        ("interstitial_lung_disease", Hazard.DAMP_AND_MOULD, "ILD-DM-1"),
    ],
)
def test_for_letter_has_something_of(condition: str, hazard: Hazard, first: str) -> None:
    assert ids(condition, hazard, Jurisdiction.ENGLAND)[0] == first


def test_letter_prints_no_statement_for_an_unread_pair() -> None:
    content = composed(patient(["frailty"], ["falls_on_stairs"])).content

    assert statement("FR-FA-1").says not in all_text(content)
    assert "In general:" not in all_text(content)


def test_letter_prints_a_read_statement_with_its_source() -> None:
    said = statement("AS-DM-5")

    text = all_text(composed(example()).content)

    assert said.source is not None
    assert f"{said.says} ({said.source.title}.)" in text


def test_letter_prints_an_unread_statement_once_it_is_approved() -> None:
    document = patient(["copd"], ["excess_cold"])
    document["jurisdiction"] = "wales"
    document["tenancy"] = example("wales-private-cold")["tenancy"]

    assert printed(document) == ()
    assert printed(document, frozenset({"CV-CO-2"})) == ("CV-CO-2",)


def test_letter_prints_no_more_than_three_and_keeps_the_illness() -> None:
    hazards = ["asbestos", "excess_heat", "damp_and_mould", "pests", "carbon_monoxide"]

    found = printed(patient(["asthma"], hazards))

    assert found == ("AS-DM-5", "AS-PE-2", "CM-1")


def test_letter_prints_one_statement_for_two_hazards_once() -> None:
    found = printed(patient(["respiratory_infection"], ["pests", "excess_cold"], born="2020-01-02"))

    assert found == ("CHR-1",)


def test_letter_that_tells_no_illness_prints_no_statement() -> None:
    document = example()
    for grant in document["consent"]["grants"]:
        grant["items"] = ["housing_conditions", "exacerbations"]
    document["narrative"] = ""

    assert printed(document) == ()


def test_letter_that_tells_no_age_prints_no_statement_of_one() -> None:
    brief = brief_of(patient(["respiratory_infection"], ["damp_and_mould"], born="2025-12-01"))
    words = wording(brief.facts.jurisdiction)
    kind = replace(words.kinds[brief.stage], subject=("home", "tenant"))
    kind = replace(kind, parts=tuple(p for p in kind.parts if p.name != "opening"))
    silent = replace(words, kinds={**words.kinds, brief.stage: kind})

    both = [compose(brief, each).trace.entries for each in (words, silent)]

    assert [[s for entry in each for s in entry.statements] for each in both] == [
        ["IN-DM-1"],
        ["GEN-DM-1"],
    ]


@pytest.mark.parametrize("found", EVIDENCE.statements, ids=lambda s: s.id)
def test_no_statement_claims_to_prove_a_cause(found: Statement) -> None:
    assert not re.search(r"\b(caused by|proves?|proven)\b", found.says)


@pytest.mark.parametrize("found", EVIDENCE.statements, ids=lambda s: s.id)
def test_statement_is_one_sentence(found: Statement) -> None:
    assert re.fullmatch(r"[A-Z][^.]*\.", found.says)


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("CM-1", "conditions: anybody"),
        ("CM-1", "comes first: a danger to life matters more than what is known of one illness"),
        ("NO-1", "source: none, so it is never printed"),
        ("GEN-DM-2", "ages, under: 15"),
        ("CH-CO-1-OLDER", "ages, at least: 66"),
    ],
)
def test_reviewer_reads_all_that_decides_when_it_is_printed(key: str, line: str) -> None:
    assert line in statement(key).lines


def test_reviewer_reads_the_caution() -> None:
    assert any(line.startswith("caution: Weak: one expert") for line in statement("CF-DM-1").lines)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("[asthma]", "[ashtma]", 2),
        ("[asthma]", "everybody", 2),
        ("{under: 18}", "{}", 3),
        ("{under: 18}", "{under: 18, from: 4}", 3),
        ("{under: 18}", "{below: 18}", 3),
        ("[pests]", "[mice]", 4),
        ("grades: [expert]", "grades: [sure]", 6),
        ("https://", "http://", 7),
        ("{title: A title, href: https://example.org/}", "unknown", 7),
        ("verification: source", "verification: yes", 8),
        ("nations: [england]", "nations: [france]", 9),
        ("  says: Words.\n", "", 4),
        ("says: Words.", "says: Words.\n  more: x", 6),
    ],
)
def test_read_refuses_with_file_and_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    with pytest.raises(LawFileError) as refused:
        read(tmp_path, GOOD.replace(old, new))

    assert refused.value.path.name == "pests.yaml"
    assert abs(refused.value.line - line) <= 3


def test_read_refuses_one_statement_in_two_files(tmp_path: Path) -> None:
    read(tmp_path, GOOD)

    with pytest.raises(LawFileError, match="the statement X-1 is in two files"):
        read(tmp_path, GOOD.replace("asthma", "copd"), name="copd.yaml")
