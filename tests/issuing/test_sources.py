"""A file of the reviewers that cannot be read stops the start, naming file and line."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from letters.drafting.errors import WordingFileError
from letters.issuing import sources
from letters.issuing.units import units_of
from letters.law.errors import LawFileError
from letters.law.jurisdictions import Jurisdiction


@pytest.fixture
def files(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    """A copy of templates_legal that a test may spoil."""
    copy = Path(shutil.copytree(settings.TEMPLATES_LEGAL, tmp_path / "templates_legal"))
    settings.TEMPLATES_LEGAL = copy
    _forget()
    yield copy
    _forget()


def _forget() -> None:
    sources.library.cache_clear()
    sources.wording.cache_clear()


def test_read_all_stops_at_a_law_file_it_cannot_read(files: Path) -> None:
    law = files / "england" / "law" / "landlord_and_tenant_act_1985" / "section_11.yaml"
    law.write_text(law.read_text(encoding="utf-8").replace("duty_on: landlord", "duty_on: owner"))

    with pytest.raises(LawFileError, match=r"section_11\.yaml:\d+: .*owner"):
        sources.read_all()


def test_read_all_stops_at_wording_it_cannot_read(files: Path) -> None:
    wording = files / "letters" / "first_letter.md"
    wording.write_text(wording.read_text(encoding="utf-8") + "\n@extra\n{% if x %}no{% endif %}\n")

    with pytest.raises(WordingFileError, match=r"first_letter\.md:\d+: "):
        sources.read_all()


def _digests() -> dict[str, str]:
    return {key: unit.digest for key, unit in units_of(Jurisdiction.ENGLAND).items()}


def _changed(before: dict[str, str]) -> set[str]:
    _forget()
    now = _digests()
    return {key for key in {*before, *now} if before.get(key) != now.get(key)}


def test_a_word_of_a_letter_unsigns_that_letter_alone(files: Path) -> None:
    before = _digests()
    letter = files / "letters" / "first_letter.md"
    letter.write_text(letter.read_text(encoding="utf-8") + "\n@one_more\nOne more line.\n")

    assert _changed(before) == {"england/letters/first_letter"}


def test_a_word_of_a_law_unsigns_that_version_alone(files: Path) -> None:
    before = _digests()
    law = files / "england" / "law" / "landlord_and_tenant_act_1985" / "section_11.yaml"
    law.write_text(law.read_text(encoding="utf-8").replace("Repair what is", "Mend what is"))

    assert _changed(before) == {
        "england/law/landlord_and_tenant_act_1985/section_11@1985-10-30",
    }


def test_a_new_version_leaves_the_older_one_signed(files: Path) -> None:
    before = _digests()
    law = files / "england" / "law" / "landlord_and_tenant_act_1985" / "section_11.yaml"
    text = law.read_text(encoding="utf-8")
    version = text[text.index("  1985-10-30:") :]
    law.write_text(text.rstrip() + "\n" + version.replace("1985-10-30", "2031-01-01"))

    assert _changed(before) == {
        "england/law/landlord_and_tenant_act_1985/section_11@2031-01-01",
    }


def test_a_comment_unsigns_nothing(files: Path) -> None:
    before = _digests()
    law = files / "england" / "law" / "landlord_and_tenant_act_1985" / "section_11.yaml"
    law.write_text("# for the reviewers\n" + law.read_text(encoding="utf-8"))

    assert _changed(before) == set()


@pytest.mark.parametrize("nation", sources.nations())
def test_what_is_the_same_for_every_nation_is_a_unit_of_each(nation: Jurisdiction) -> None:
    units = units_of(nation)

    areas, restraint = units["every_nation/postcodes"], units["every_nation/restraint"]
    assert [line for line in areas.said if line.startswith("areas, scotland: ") and "EH" in line]
    assert [line for line in restraint.said if "breach, words: " in line]
    assert [line for line in restraint.said if "breach, reason: " in line]


@pytest.mark.parametrize("nation", sources.nations())
def test_every_part_of_the_wording_belongs_to_a_unit(nation: Jurisdiction) -> None:
    units = units_of(nation)
    parts = sources.wording(nation).parts
    known = {key.removeprefix(f"{nation.value}/") for key in units}

    elsewhere = {"kinds"}  # said by each letter's own unit
    of_other_nations = {key for key in parts if key.startswith("evidence/")}
    assert set(parts) - known - elsewhere <= of_other_nations
