"""Each kind of letter still says, word for word, what was read before it was kept."""

import pytest

from letters.drafting.stages import Stage
from letters.law.jurisdictions import Jurisdiction
from tests.drafting.case_files import wording
from tests.golden.letters import FOLDER, LETTERS, kept, said


@pytest.mark.parametrize("name", LETTERS)
def test_letter_says_what_was_read(name: str) -> None:
    assert said(name) == kept(name).read_text(encoding="utf-8")


def test_every_kept_letter_is_compared() -> None:
    kept_names = {f"{path.parent.name}/{path.stem}" for path in FOLDER.glob("*/*.txt")}

    assert kept_names == set(LETTERS)


@pytest.mark.parametrize("nation", Jurisdiction)
def test_every_kind_of_every_nation_has_a_letter_kept(nation: Jurisdiction) -> None:
    there = {name.split("/")[1].split("-")[0] for name in LETTERS if name.startswith(nation)}

    assert there == {stage.value for stage in wording(nation).here}


def test_every_kind_is_written_somewhere() -> None:
    assert {stage for nation in Jurisdiction for stage in wording(nation).here} == set(Stage)
