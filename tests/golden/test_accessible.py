"""Each kind of letter can be read aloud and kept: PDF/UA-1 and PDF/A-3a, by checkers."""

from pathlib import Path

import pytest

from letters.law.jurisdictions import Jurisdiction
from letters.rendering import pdf
from tests.golden.letters import LETTERS
from tests.rendering.checker import complaints_about, not_archival


@pytest.mark.no_cover  # the checker's time is long enough
@pytest.mark.parametrize("nation", [each.value for each in Jurisdiction])
def test_letters_have_nothing_amiss(nation: str, tmp_path: Path) -> None:
    printed = {
        name.replace("/", "_"): pdf.render(compose().content)
        for name, compose in LETTERS.items()
        if name.startswith(f"{nation}/")
    }

    assert complaints_about(printed, tmp_path) == {}
    for document in printed.values():
        assert list(not_archival(document)) == []
