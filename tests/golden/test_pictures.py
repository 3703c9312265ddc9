"""Each kind of letter still looks as it did when it was looked at."""

import pytest
from PIL import Image

from tests.golden import pictures
from tests.golden.letters import LETTERS


@pytest.mark.parametrize("name", LETTERS)
def test_letter_looks_as_it_did(name: str) -> None:
    with Image.open(pictures.kept(name)) as before:
        now = pictures.as_printed(LETTERS[name]().content)

        assert pictures.difference(now, before) <= pictures.TOLERATED


def test_difference_sees_a_line_that_moves() -> None:
    name = next(iter(LETTERS))
    with Image.open(pictures.kept(name)) as before:
        moved = before.convert("RGB")
        moved.paste(moved.crop((0, 300, moved.width, 320)), (0, 304))

        assert pictures.difference(moved, before) > pictures.TOLERATED


def test_page_of_pictures_is_up_to_date() -> None:
    assert pictures.PAGE.read_text(encoding="utf-8") == pictures.page()
