"""Each kind of letter still says, word for word, what reviewers read."""

import pytest

from letters.drafting.stages import Stage
from tests.golden.letters import FOLDER, LETTERS, kept, said


@pytest.mark.parametrize("name", LETTERS)
def test_letter_says_what_was_read(name: str) -> None:
    assert said(name) == kept(name).read_text(encoding="utf-8")


def test_every_kept_letter_is_compared() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(LETTERS)


def test_every_stage_has_a_letter_kept() -> None:
    assert {name.split("-")[0] for name in LETTERS} == {stage.value for stage in Stage}
