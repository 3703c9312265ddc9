"""The typefaces of the letters."""

from dataclasses import replace
from pathlib import Path

import pytest

from letters.drafting.content import HouseStyle, LetterContent, Typeface
from letters.rendering import fonts
from letters.rendering.errors import RenderingFailed
from tests.rendering import samples

NEEDED = "ŵŷŴŶẁẃẅâêîôû‘’“”–—…£€§½¼¾≥≤±×÷•°µ²³©→\u00a0\u2011"  # noqa: RUF001


def in_typeface(typeface: Typeface, name: str) -> LetterContent:
    letterhead = replace(samples.LETTERHEAD, style=HouseStyle(typeface=typeface))
    return replace(samples.LETTER, letterhead=letterhead, salutation=f"Dear {name}")


def test_arimo_covers_what_letters_need() -> None:
    assert set(NEEDED) <= fonts.covered(fonts.ARIMO)


@pytest.mark.parametrize("typeface", Typeface)
def test_every_typeface_holds_welsh(typeface: Typeface) -> None:
    assert set("ŵŷŴŶẁẃẅâêîôû") <= fonts.covered(fonts.CHOSEN[typeface])


def test_faces_refuses_a_missing_file_by_name(tmp_path: Path) -> None:
    with pytest.raises(RenderingFailed, match=r"Arimo_400Regular\.ttf is missing"):
        fonts.faces(tmp_path)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("محمد", "IBM Plex Sans Arabic"),
        ("রহমান", "Noto Sans Bengali"),
        ("ਸਿੰਘ", "Noto Sans Gurmukhi"),
        ("முருகன்", "Noto Sans Tamil"),
        ("😀", "Noto Emoji"),
    ],
)
def test_families_for_adds_what_a_name_needs(name: str, family: str) -> None:
    found = [each.name for each in fonts.families_for(in_typeface(Typeface.ARIMO, name))]

    assert found == ["Arimo", family]


def test_families_for_helps_a_typeface_that_lacks_vietnamese() -> None:
    found = fonts.families_for(in_typeface(Typeface.ATKINSON_HYPERLEGIBLE, "Nguyễn Thị Hương"))

    assert [each.name for each in found] == ["Atkinson Hyperlegible Next", "Noto Sans"]


def test_families_for_names_code_points_only() -> None:
    with pytest.raises(RenderingFailed) as refusal:
        fonts.families_for(replace(samples.LETTER, salutation="Dear 漢 Secret ꙮ"))

    assert str(refusal.value) == "No font of the letters has a sign for U+6F22"


def test_families_for_passes_visible_controls() -> None:
    assert fonts.families_for(samples.HOSTILE)
