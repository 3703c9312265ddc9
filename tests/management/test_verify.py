"""Whether files are letters of this service, asked on a terminal."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from letters.issuing import actions as issuing
from letters.issuing.files import make_files
from letters.issuing.models import Letter, LetterFile
from tests import factories
from tests.factories import NOW


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def letter(house: factories.House) -> Letter:
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    return letter


def _saved(letter: Letter, folder: Path) -> list[Path]:
    files = LetterFile.objects.filter(letter=letter).order_by("file_format")
    paths = [folder / f"copy.{file.file_format}" for file in files]
    for path, file in zip(paths, files, strict=True):
        path.write_bytes(file.data)
    return paths


def _told(*paths: Path) -> str:
    said = StringIO()
    call_command("verify", *map(str, paths), stdout=said)
    return said.getvalue()


def test_every_file_of_a_letter_is_known(letter: Letter, tmp_path: Path) -> None:
    told = _told(*_saved(letter, tmp_path))

    assert f"copy.docx: this is the Word of a letter, {letter.case.reference}, from " in told
    assert f"copy.pdf: this is the PDF of a letter, {letter.case.reference}, from " in told
    assert told.count("approved on 23 November 2026") == 2
    assert "WITHDRAWN" not in told
    assert "Sampleton" not in told


def test_one_changed_bit_makes_it_another_file(
    letter: Letter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, changed = _saved(letter, tmp_path)
    data = bytearray(changed.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(data)

    with pytest.raises(SystemExit) as ended:
        call_command("verify", str(ours), str(changed))

    assert ended.value.code == 1
    told = capsys.readouterr().out
    assert "copy.docx: this is the Word" in told
    assert "copy.pdf: not a file that this service made" in told


def test_a_letter_that_was_withdrawn_says_so(
    letter: Letter, house: factories.House, tmp_path: Path
) -> None:
    issuing.withdraw_letter(letter=letter, by=house.clinician, at=NOW)

    assert "WITHDRAWN on 23 November 2026" in _told(*_saved(letter, tmp_path))


def test_a_file_that_is_not_there_is_named(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no_such\.pdf cannot be read: No such file"):
        _told(tmp_path / "no_such.pdf")
