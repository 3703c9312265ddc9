"""A file of the reviewers that cannot be read stops the start, naming file and line."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from letters.drafting.errors import WordingFileError
from letters.issuing import sources
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
    wording = files / "england" / "letters" / "first_letter.md"
    wording.write_text(wording.read_text(encoding="utf-8") + "\n@extra\n{% if x %}no{% endif %}\n")

    with pytest.raises(WordingFileError, match=r"first_letter\.md:\d+: "):
        sources.read_all()


def test_legal_digest_changes_with_a_word(files: Path) -> None:
    before = sources.legal_digest(Jurisdiction.ENGLAND)
    letter = files / "england" / "letters" / "every_letter.md"
    letter.write_text(letter.read_text(encoding="utf-8").replace("Yours sincerely", "Yours truly"))
    _forget()

    assert sources.legal_digest(Jurisdiction.ENGLAND) != before
