"""Reviewers' wording: what a file may not hold, and that no place in it prints as a blank."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.drafting.content import Emphasis, ItemList, ListKind, Paragraph
from letters.drafting.errors import BlankPlace, UnknownPassage, WordingFileError
from letters.drafting.passages import PLACES, LetterWording, read_letter_wording
from letters.drafting.sections import _WRITERS
from letters.drafting.stages import Stage
from letters.drafting.wording import (
    WRITTEN_FROM_THE_CASE,
    read_wording,
    refuse_unknown_citations,
)
from letters.law.errors import LawFileError
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import Unit
from letters.law.tenures import Agreement, Tenure
from tests.drafting.case_files import ROOT, TEMPLATES, brief_values, library, wording

PASSAGES = [(stage, name) for stage, made in wording().letters.items() for name in made.passages]
WAYS = library().tenure_rules_of(Jurisdiction.ENGLAND).ways
NO_LANDLORD = (Tenure.NOT_KNOWN, Tenure.OWNER_OCCUPATION)


def read(folder: Path, text: str) -> LetterWording:
    """The wording of a letter whose file holds the text."""
    shared, letters = folder / "letters", folder / "england" / "letters"
    for each in (shared, letters):
        each.mkdir(parents=True, exist_ok=True)
    (shared / "every_letter.md").write_text("@closing\nYours\n", encoding="utf-8")
    (letters / "first_letter.md").write_text(text, encoding="utf-8")
    return read_first_letter(folder)


def read_first_letter(folder: Path) -> LetterWording:
    terms = {"term_nation": "England"}
    return read_letter_wording(folder, Jurisdiction.ENGLAND, Stage.FIRST_LETTER, terms)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("@a\n{% if x %}yes{% endif %}\n", 2, "only named places"),
        ("@a\n{{ home | upper }}\n", 2, "only named places"),
        ("@a\n{{ home.postcode }}\n", 2, "only named places"),
        ("@a\n{{ f() }}\n", 2, "only named places"),
        ("@a\n{{ 7 * 7 }}\n", 2, "only named places"),
        ("@a\n{{home}}\n", 2, "only named places"),
        ("@a\n{# a comment #}\n", 2, "only named places"),
        ("@a\nan end }} too many\n", 2, "only named places"),
        ("@a\n\n{{ home \n", 3, "not a named place"),
        ("@Opening\nwords\n", 1, "a passage is named in small letters"),
        ("@a b\nwords\n", 1, "a passage is named in small letters"),
        ("@a\n\n# a note\n@b\nwords\n", 1, "passage a is empty"),
        ("@a\nwords\n@a\nwords\n", 3, "passage a is there already"),
        ("@closing\nwords\n", 1, "passage closing is there already; write @instead closing"),
        ("@instead opening\nwords\n", 1, "there is no passage opening to replace"),
        ("@a\nwords of {{ nobody }}\n", 2, "no place is called nobody"),
        ("words\n@a\nwords\n", 1, "words before the first @passage"),
        ("@a\n**strong\n", 2, "a ** has no partner"),
        ("@a\n**strong** and ** not\n", 2, "a ** has no partner"),
        ("@a\nwords\n- item\n", 2, "part the list from the paragraph"),
        ("@a\n- item\n1. item\n", 2, "a list is numbered or not, never both"),
    ],
)
def test_read_refuses_with_file_and_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(WordingFileError) as refused:
        read(tmp_path, text)

    assert refused.value.path.name == "first_letter.md"
    assert refused.value.line == line
    assert f"first_letter.md:{line}: {says}" in str(refused.value)


def test_read_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WordingFileError, match=r"first_letter\.md:1: there are no words"):
        read_first_letter(tmp_path)


def test_read_puts_the_nations_words_instead_of_the_shared_ones(tmp_path: Path) -> None:
    letter = read(tmp_path, "@instead closing\nWith the compliments of {{ term_nation }}\n")

    assert letter.line("closing", {}) == "With the compliments of England"


def test_read_refuses_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    read(tmp_path, "@a\nwords\n")
    path = tmp_path / "england" / "letters" / "first_letter.md"
    path.write_bytes(b"@a\ncaf\xe9\n")

    with pytest.raises(WordingFileError, match="it must be a UTF-8 text"):
        read_first_letter(tmp_path)


def test_read_tells_paragraphs_lists_and_strong_words(tmp_path: Path) -> None:
    letter = read(tmp_path, "@a\nOne\nline **and {{ hazards }}**.\n\n1. First\n2. Second\n# note\n")

    paragraph, numbered = letter.passage("a").fill({"hazards": "more"}, block_id="a")

    assert isinstance(paragraph, Paragraph)
    assert [(s.text, s.emphasis) for s in paragraph.spans] == [
        ("One line ", Emphasis.PLAIN),
        ("and more", Emphasis.STRONG),
        (".", Emphasis.PLAIN),
    ]
    assert isinstance(numbered, ItemList)
    assert numbered.kind is ListKind.NUMBERED
    assert [item.id for item in numbered.items] == ["a.2.1", "a.2.2"]


def test_read_gives_each_text_its_own_digest(tmp_path: Path) -> None:
    first, second = read(tmp_path, "@a\nwords\n"), read(tmp_path, "@a\nother words\n")

    assert first.digest != second.digest


def test_fill_takes_what_fills_a_place_as_text(tmp_path: Path) -> None:
    letter = read(tmp_path, "@a\n{{ hazards }}\n")

    assert letter.line("a", {"hazards": "**{{ 7 * 7 }}** <b>&"}) == "**{{ 7 * 7 }}** <b>&"


@pytest.mark.parametrize("blank", ["", " ", "\n", "\N{NO-BREAK SPACE}", "\u200b\ufeff", "\x00"])
def test_fill_refuses_what_prints_as_a_blank(tmp_path: Path, blank: str) -> None:
    letter = read(tmp_path, "@a\n{{ hazards }}\n")

    with pytest.raises(BlankPlace, match="passage a has nothing for hazards"):
        letter.line("a", {"hazards": blank})


@given(st.sampled_from([p for p in PASSAGES if wording().letters[p[0]].passage(p[1]).places]))
def test_fill_refuses_any_place_left_blank(passage: tuple[Stage, str]) -> None:
    stage, name = passage
    found = wording().letters[stage].passage(name)

    for left_blank in found.places:
        values = {place: "" if place == left_blank else "words" for place in found.places}
        with pytest.raises(BlankPlace):
            found.fill(values, block_id=name)


@pytest.mark.parametrize(("stage", "name"), PASSAGES)
def test_fill_prints_every_place_and_no_bracket(stage: Stage, name: str) -> None:
    found = wording().letters[stage].passage(name)

    text = repr(found.fill({place: f"<{place}>" for place in found.places}, block_id=name))

    assert all(f"<{place}>" in text for place in found.places)
    assert "{{" not in text
    assert "**" not in text


def test_line_refuses_what_is_not_one_line(tmp_path: Path) -> None:
    letter = read(tmp_path, "@two\nOne.\n\nTwo.\n@many\n- one\n- two\n")

    for name in ("two", "many"):
        with pytest.raises(UnknownPassage, match="as one line"):
            letter.line(name, {})


def test_passage_refuses_an_unknown_name() -> None:
    with pytest.raises(UnknownPassage, match="england/first_letter has no passage called nothing"):
        wording().letters[Stage.FIRST_LETTER].passage("nothing")


@pytest.mark.parametrize(("stage", "name"), PASSAGES)
def test_every_passage_is_used_by_drafting(stage: Stage, name: str) -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "letters" / "drafting").glob("*.py")
    )
    parts = name.split("_")
    prefixes = {f'f"{"_".join(parts[:number])}_{{' for number in range(1, len(parts))}
    own_parts = {part.name for part in wording().kinds[stage].parts}

    is_named = f'"{name}"' in code or any(prefix in code for prefix in prefixes)
    assert is_named or name.removesuffix("_title") in own_parts


@pytest.mark.parametrize("stage", wording().letters)
def test_every_passage_named_in_drafting_is_written(stage: Stage) -> None:
    named = re.findall(
        r'\b(?:line|add|heading)\(\s*"([a-z_]+)"',
        "\n".join(p.read_text() for p in (ROOT / "letters" / "drafting").glob("*.py")),
    )
    written = {
        name
        for nation in Jurisdiction
        for letter in wording(nation).letters.values()
        for name in letter.passages
    }

    assert set(named) <= written
    assert {"salutation", "closing", "small_print"} <= set(wording().letters[stage].passages)


def test_read_wording_refuses_words_with_an_unknown_key(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "t")
    words = tmp_path / "t" / "england" / "words.yaml"
    words.write_text(words.read_text() + "jokes: [one]\n", encoding="utf-8")

    with pytest.raises(LawFileError, match=r"words\.yaml:\d+: "):
        read_wording(tmp_path / "t", Jurisdiction.ENGLAND)


def test_read_wording_refuses_a_unit_with_one_form(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "t")
    words = tmp_path / "t" / "england" / "words.yaml"
    words.write_text(words.read_text().replace("[hour, hours]", "[hour]"), encoding="utf-8")

    with pytest.raises(LawFileError, match="a unit has two forms, for one and for more"):
        read_wording(tmp_path / "t", Jurisdiction.ENGLAND)


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_a_name_for_people(stage: Stage) -> None:
    assert stage.label
    assert "_" not in stage.label


@pytest.mark.parametrize(
    ("changed", "old", "new"),
    [
        ("england/words.yaml", "a lodging, let", "a lodging let"),
        ("england/ladder.yaml", "the Housing Ombudsman", "the ombudsman"),
        ("england/receipt.yaml", '"16:30"', '"16:29"'),
        ("letters/every_letter.md", "Yours sincerely", "Yours truly"),
        ("letters/missed_deadline.md", "Dates that have passed", "Dates missed"),
        ("england/letters/every_letter.md", "act with urgency", "act soon"),
        ("england/letters.yaml", "    - housing_act_1996/section_184\n", ""),
        ("evidence/statements/damp_and_mould.yaml", "studies link", "studies tie"),
    ],
)
def test_wording_digest_follows_every_file(
    tmp_path: Path, changed: str, old: str, new: str
) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "t")
    path = tmp_path / "t" / changed
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")

    assert read_wording(tmp_path / "t", Jurisdiction.ENGLAND).digest != wording().digest


@pytest.mark.parametrize("nation", Jurisdiction)
def test_every_citation_is_in_the_law_of_its_nation(nation: Jurisdiction) -> None:
    refuse_unknown_citations(wording(nation), library(), TEMPLATES)


@pytest.mark.parametrize("name", ["letters.yaml", "words.yaml"])
def test_a_citation_that_is_not_in_the_law_is_refused(tmp_path: Path, name: str) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "t")
    path = tmp_path / "t" / "wales" / name
    text = path.read_text().replace("renting_homes_wales_act_2016/section_92", "act/section_1")
    path.write_text(text, encoding="utf-8")
    line = 1 + text[: text.index("act/section_1")].count("\n")

    changed = read_wording(tmp_path / "t", Jurisdiction.WALES)

    with pytest.raises(WordingFileError, match=rf"{name}:{line}: act/section_1 is not in the law"):
        refuse_unknown_citations(changed, library(), tmp_path / "t")


def test_a_part_without_words_is_refused(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "t")
    path = tmp_path / "t" / "letters" / "ombudsman.md"
    path.write_text(path.read_text().replace("@now\n", "@later\n"), encoding="utf-8")

    with pytest.raises(WordingFileError, match="ombudsman has a part now, and no passage"):
        read_wording(tmp_path / "t", Jurisdiction.SCOTLAND)


def test_a_protection_without_plain_words_is_refused(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "t")
    path = tmp_path / "t" / "wales" / "letters" / "patient_copy.md"
    path.write_text(path.read_text().split("@protects")[0], encoding="utf-8")

    with pytest.raises(WordingFileError, match="in plain words"):
        read_wording(tmp_path / "t", Jurisdiction.WALES)


def test_places_are_all_that_a_letter_says() -> None:
    values = brief_values()

    assert set(values) <= PLACES


def test_words_have_one_and_many_for_every_counted_unit() -> None:
    assert set(wording().units) == {unit for unit in Unit if unit.is_counted}


@pytest.mark.parametrize("agreement", Agreement)
@pytest.mark.parametrize("tenure", [t for t in WAYS if t not in NO_LANDLORD])
def test_holding_has_words_for_every_home(tenure: Tenure, agreement: Agreement) -> None:
    assert wording().holding(tenure, agreement)


def test_holding_tells_a_licence_from_a_tenancy() -> None:
    home = Tenure.TEMPORARY_ACCOMMODATION

    assert "licence" in wording().holding(home, Agreement.LICENCE)
    assert "licence" not in wording().holding(home, Agreement.TENANCY)


def test_rank_puts_what_reviewers_do_not_name_last() -> None:
    assert wording().rank("nothing/known") == len(wording().order)


def test_parts_written_from_the_case_are_those_that_code_writes() -> None:
    # the letter about several homes is composed apart
    assert set(_WRITERS) | {"homes"} == WRITTEN_FROM_THE_CASE
