"""The typeface of the letters."""

from dataclasses import replace
from pathlib import Path

import pytest

from letters.rendering import fonts
from letters.rendering.errors import RenderingFailed
from tests.rendering import samples

NEEDED = "ŵŷŴŶẁẃẅâêîôû‘’“”–—…£€§½¼¾≥≤±×÷•°µ²³©→\u00a0\u2011"  # noqa: RUF001


def test_covered_has_what_letters_need() -> None:
    assert set(NEEDED) <= fonts.covered()


def test_faces_refuses_a_missing_file_by_name(tmp_path: Path) -> None:
    with pytest.raises(RenderingFailed, match=r"Arimo_400Regular\.ttf is missing"):
        fonts.faces(tmp_path)


def test_refuse_uncovered_names_code_points_only() -> None:
    content = replace(samples.LETTER, salutation="Dear 😀 Secret 漢")

    with pytest.raises(RenderingFailed) as refusal:
        fonts.refuse_uncovered(content)

    assert str(refusal.value) == "The font of the letters has no sign for U+6F22, U+1F600"


def test_refuse_uncovered_passes_visible_controls() -> None:
    fonts.refuse_uncovered(samples.HOSTILE)
