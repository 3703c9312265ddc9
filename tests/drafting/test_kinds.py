"""Kinds of letter: where each exists, who speaks in it, and what it keeps to itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from letters.drafting.compose import compose
from letters.drafting.errors import (
    BlankPlace,
    NotForThisHome,
    NothingToFollow,
    NotInThisNation,
    OneHomeOnly,
    TooFewHomes,
)
from letters.drafting.kinds import Signatory, read_kinds, read_kinds_here
from letters.drafting.particulars import WITHOUT_ADDRESS
from letters.drafting.portfolio import LEAST_HOMES
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Recipient
from letters.law.errors import LawFileError
from letters.law.jurisdictions import Jurisdiction
from letters.law.provision import Letters
from letters.rendering import text
from tests.drafting.case_files import (
    LATER,
    MOULD,
    PRIVATE,
    TEMPLATES,
    Json,
    all_text,
    block_ids,
    brief_of,
    composed,
    example,
    library,
    portfolio_of,
    rows_of,
    wording,
    written_later,
)
from tests.golden.letters import LETTERS


def later(document: Json, stage: Stage) -> str:
    return all_text(composed(written_later(document, stage), day=LATER, stage=stage).content)


def test_a_kind_that_a_nation_lacks_is_refused() -> None:
    document = written_later(example("scotland-council-mould"), Stage.PATIENT_COPY)
    brief = brief_of(document, stage=Stage.PATIENT_COPY)

    with pytest.raises(NotInThisNation, match="Letter of claim is not written for Scotland"):
        compose(replace(brief, stage=Stage.LETTER_OF_CLAIM), wording(Jurisdiction.SCOTLAND))


def test_a_kind_for_another_home_is_refused() -> None:
    document = written_later(example(PRIVATE), Stage.COMPLAINT)

    with pytest.raises(NotForThisHome, match="held as private tenancy in England"):
        composed(document, stage=Stage.COMPLAINT)


def test_a_letter_about_several_homes_is_not_made_from_one() -> None:
    with pytest.raises(OneHomeOnly):
        composed(example(), stage=Stage.PORTFOLIO)


@pytest.mark.parametrize("name", LETTERS)
def test_a_clinicians_letter_cites_no_law_for_advisers_alone(name: str) -> None:
    nation, rest = name.split("/")
    kind = wording(Jurisdiction(nation)).kinds[Stage(rest.split("-")[0])]
    composition = LETTERS[name]()

    cited = [c for entry in composition.trace.entries for c in entry.provisions]
    for_advisers = {
        c.provision_id
        for c in cited
        if library()
        .provision(Jurisdiction(nation), c.provision_id)
        .on(composition.trace.day)
        .letters
        is Letters.ADVISER_ONLY
    }

    may = kind.signs in (Signatory.ADVISER, Signatory.TENANT) or kind.reader in WITHOUT_ADDRESS
    assert may or not for_advisers


def test_only_letters_with_legal_effect_take_two_signatures() -> None:
    reserved = {kind.stage for kind in wording().kinds.values() if kind.is_reserved}

    assert reserved == {Stage.LETTER_OF_CLAIM, Stage.NUISANCE_NOTICE}
    assert not {wording().kinds[stage].signs for stage in reserved} & {
        Signatory.CLINICIAN,
        Signatory.EITHER,
    }


def test_a_complaint_speaks_in_the_tenants_name() -> None:
    content = composed(written_later(example(), Stage.COMPLAINT), stage=Stage.COMPLAINT).content

    assert content.letterhead.organisation == "Leila Sampleton"
    assert content.sign_off.name == "Leila Sampleton"
    assert "who asked Jo Specimen, Exampleton Law Centre (invented)" in content.sign_off.role
    assert content.enclosures == (
        "Letter of Monday\xa023\xa0November\xa02026: report of a hazard affecting health",
    )


@pytest.mark.parametrize(
    ("stage", "told"),
    [(Stage.FIRST_LETTER, True), (Stage.HOUSING_REGISTER, False), (Stage.HOMELESSNESS, False)],
)
def test_guidance_to_landlords_is_told_to_landlords_alone(stage: Stage, told: bool) -> None:  # noqa: FBT001 - the case
    document = written_later(example(MOULD), stage)

    assert ("danger" in block_ids(composed(document, stage=stage).content)) is told


@pytest.mark.parametrize(("answer", "says"), [("yes", True), ("no", False), ("not_known", False)])
@pytest.mark.parametrize("name", ["scotland-private-mould", "northern-ireland-private-mould"])
def test_the_tenant_gives_notice_only_if_they_asked(name: str, answer: str, says: bool) -> None:  # noqa: FBT001 - the case
    document = example(name)
    document["tenancy"]["tenant_gives_notice"] = answer

    assert any(i.startswith("notice") for i in block_ids(composed(document).content)) is says


def test_a_notice_prints_the_first_day_after_21_clear_days() -> None:
    # received on Tuesday 22 December: 21 days lie between it and Wednesday 13 January
    assert "Wednesday 13 January 2027" in later(example(PRIVATE), Stage.NUISANCE_NOTICE)


def test_a_notice_is_refused_where_there_is_no_nuisance() -> None:
    document = example(PRIVATE)
    document["hazards"][0]["hazard"] = "excess_cold"

    with pytest.raises(NothingToFollow, match="no notice of this kind fits"):
        later(document, Stage.NUISANCE_NOTICE)


def test_a_closing_letter_needs_something_mended() -> None:
    document = written_later(example(), Stage.CLOSING)
    document["correspondence"]["history"].pop()

    with pytest.raises(NothingToFollow, match="Record what was mended first"):
        composed(document, day=LATER, stage=Stage.CLOSING)


def test_a_letter_that_follows_none_is_refused_where_it_tells_of_one() -> None:
    document = written_later(example(), Stage.PATIENT_COPY)
    document["correspondence"]["earlier_letter"] = None

    with pytest.raises(BlankPlace, match="nothing for earlier_on"):
        composed(document, stage=Stage.PATIENT_COPY)


def test_a_reminder_waits_until_a_date_has_passed() -> None:
    document = written_later(example(), Stage.MISSED_DEADLINE)
    document["correspondence"]["missed"] = []

    with pytest.raises(NothingToFollow, match="Wait until a date has passed"):
        composed(document, day=LATER, stage=Stage.MISSED_DEADLINE)


def test_a_reminder_says_of_law_that_may_apply_no_more_than_that() -> None:
    # whether it is an emergency is for somebody at the landlord to decide
    document = written_later(example(), Stage.MISSED_DEADLINE)

    content = composed(document, day=LATER, stage=Stage.MISSED_DEADLINE).content

    basis = {row.cells[0]: row.cells[2] for row in rows_of(content, "missed")}
    assert basis["The emergency investigated"] == "Law, if it applies here"
    assert basis["The investigation completed"] == "Law"


def test_an_adjustment_is_refused_when_nothing_is_asked() -> None:
    document = written_later(example(), Stage.ADJUSTMENT)
    document["adjustment"] = {"requested": "no", "what": ""}

    with pytest.raises(BlankPlace, match="nothing for adjustment"):
        composed(document, stage=Stage.ADJUSTMENT)


def test_the_patients_copy_tells_the_dates_of_the_letter_it_is_about() -> None:
    said = later(example(), Stage.PATIENT_COPY)

    # the letter went on 23 November: ten working days later, whenever the copy is made
    assert "Monday 7 December 2026" in said
    assert "The investigation completed" in said


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (PRIVATE, "only for a reason that is on a list"),
        ("wales-private-cold", "may not make you do or pay more"),
        ("scotland-private-mould", "may not punish you"),
        ("northern-ireland-private-mould", "We found no special rule"),
    ],
)
def test_the_patients_copy_says_what_protects_them(name: str, says: str) -> None:
    assert says in later(example(name), Stage.PATIENT_COPY)


@pytest.mark.parametrize("stage", [Stage.PATIENT_COPY, Stage.RECORD_COPY])
def test_a_copy_shows_no_address_of_its_reader(stage: Stage) -> None:
    content = composed(written_later(example(), stage), stage=stage).content

    assert len(content.addressee) == 1
    assert content.copies == ()


@pytest.mark.parametrize("nation", [Jurisdiction.SCOTLAND, Jurisdiction.NORTHERN_IRELAND])
def test_no_letter_of_a_nation_without_a_rating_system_uses_its_words(nation: Jurisdiction) -> None:
    words = ("HHSRS", "rating system", "category 1", "category 2", "Housing Act 2004", "Awaab")

    for name, letter in LETTERS.items():
        if name.startswith(nation):
            said = text.render(letter().content)
            assert not [word for word in words if word.lower() in said.lower()], name


@pytest.mark.parametrize("nation", Jurisdiction)
def test_no_letter_names_another_nation(nation: Jurisdiction) -> None:
    others = {other.label for other in Jurisdiction} - {nation.label}
    # a court and an office of England and Wales, a title that names both, and NICE's own words
    for name, letter in LETTERS.items():
        if name.startswith(nation):
            said = text.render(letter().content)
            assert not [other for other in others if f"law of {other}" in said], name


def test_a_portfolio_letter_names_nobody_and_no_home() -> None:
    said = text.render(portfolio_of(LEAST_HOMES))
    document = example(MOULD)

    assert document["patient"]["name"] not in said
    assert document["tenancy"]["tenant_name"] not in said
    assert document["home"]["address"][0] not in said
    assert document["home"]["postcode"] not in said


def test_a_portfolio_letter_counts_no_hazard_of_few_homes() -> None:
    said = text.render(portfolio_of(LEAST_HOMES, cold=LEAST_HOMES - 1))

    assert "Damp and mould" in said
    assert "Excess cold" not in said
    assert "Excess cold" in text.render(portfolio_of(LEAST_HOMES, cold=LEAST_HOMES))


@pytest.mark.parametrize("count", range(LEAST_HOMES))
def test_a_portfolio_letter_waits_for_enough_homes(count: int) -> None:
    with pytest.raises(TooFewHomes):
        portfolio_of(count)


def test_read_kinds_refuses_a_kind_left_out(tmp_path: Path) -> None:
    text_of = (TEMPLATES / "letter_kinds.yaml").read_text(encoding="utf-8")
    (tmp_path / "letter_kinds.yaml").write_text(text_of.split("closing:")[0], encoding="utf-8")

    with pytest.raises(LawFileError, match="the key closing is missing"):
        read_kinds(tmp_path)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("closing: {tenures: some, cites: none}", "tenures is a list, or the word any"),
        ("closing: {tenures: any, cites: everything}", "cites is a list of provisions"),
        ("encore: {tenures: any, cites: none}", "unknown key encore"),
    ],
)
def test_read_kinds_here_refuses(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "wales").mkdir()
    (tmp_path / "wales" / "letters.yaml").write_text(line + "\n", encoding="utf-8")

    with pytest.raises(LawFileError, match=says):
        read_kinds_here(tmp_path, Jurisdiction.WALES)


def test_every_reader_is_asked_about_or_is_the_patient() -> None:
    readers = {kind.reader for kind in wording().kinds.values()}

    assert readers == {
        Recipient.LANDLORD,
        Recipient.COUNCIL,
        Recipient.COUNCIL_HOUSING,
        Recipient.OMBUDSMAN,
        Recipient.PATIENT_RECORD,
        Recipient.PATIENT,
    }
