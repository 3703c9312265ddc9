"""An administrator gives letters their look, a clinician signs with their hand, and whoever gets
the letter sees that it is genuine."""

from pathlib import Path

import pytest
from django.utils import timezone

from letters.access.models import User
from letters.access.roles import Role
from letters.issuing.files import make_files
from letters.issuing.models import HouseStyle, Letter, LetterFile
from letters.issuing.signatures import signature_row_of
from tests import factories
from tests.issuing.test_house_styles import a_picture
from tests.journeys.pages import Walk

COLOUR = "Colour of headings, lines and links"


@pytest.fixture
def administrator(house: factories.House) -> User:
    return factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    path.write_bytes(a_picture("#7a0019"))
    return path


def _attach(walk: Walk, path: Path) -> None:
    walk.page.locator("input[type=file]").first.set_input_files(str(path))


def _style(walk: Walk, house: factories.House, administrator: User, picture: Path) -> None:
    walk.sign_in(administrator)
    walk.go("/house-styles/")
    walk.follow(house.clinic.organisation.name)
    walk.fill(COLOUR, "#7a0019")
    walk.choose("Typeface", "Atkinson Hyperlegible Next")
    _attach(walk, picture)
    walk.press("Preview")
    assert "Sample, not saved yet" in walk.words
    assert not HouseStyle.objects.exists()
    _attach(walk, picture)
    walk.press("Save")
    assert "Sample, as letters look now" in walk.words


def _letter(house: factories.House) -> Letter:
    letter = factories.an_approved_letter(house, at=timezone.now())
    make_files(letter_id=letter.pk, at=timezone.now())
    return letter


def test_a_look_is_tried_kept_and_printed(
    walk: Walk, house: factories.House, administrator: User, picture: Path
) -> None:
    _style(walk, house, administrator, picture)

    letter = _letter(house)

    assert letter.content["letterhead"]["style"]["colour"] == "#7a0019"
    walk.press("Sign out")
    walk.sign_in(house.clinician)
    walk.go(f"/letters/{letter.pk}/")
    colour = "getComputedStyle(document.querySelector('.letter h1')).color"
    assert walk.page.evaluate(colour) == "rgb(122, 0, 25)"
    assert "SHA-256" in walk.words


def test_a_colour_is_seen_while_it_is_typed(
    walk: Walk, house: factories.House, administrator: User
) -> None:
    walk.sign_in(administrator)
    walk.go(f"/house-styles/{house.clinic.organisation.pk}/")

    walk.fill(COLOUR, "#005030")
    walk.choose("Typeface", "Noto Sans")

    letter = "getComputedStyle(document.querySelector('.letter'))"
    heading = "getComputedStyle(document.querySelector('.letter h1')).color"
    assert walk.page.evaluate(heading) == "rgb(0, 80, 48)"
    assert "Noto Sans" in walk.page.evaluate(f"{letter}.fontFamily")
    assert not HouseStyle.objects.exists()


def test_without_scripts_the_preview_shows_it(
    walk_without_scripts: Walk, house: factories.House, administrator: User, picture: Path
) -> None:
    _style(walk_without_scripts, house, administrator, picture)

    assert HouseStyle.objects.get().colour == "#7a0019"


def test_a_signature_and_a_word_file_on_a_telephone(
    narrow_walk: Walk, house: factories.House, administrator: User, picture: Path
) -> None:
    narrow_walk.sign_in(house.clinician)
    narrow_walk.go("/signature/")
    _attach(narrow_walk, picture)
    narrow_walk.press("Save")
    assert signature_row_of(house.clinician) is not None
    narrow_walk.press("Sign out")

    narrow_walk.sign_in(administrator)
    narrow_walk.go(f"/house-styles/{house.clinic.organisation.pk}/word/")
    _attach(narrow_walk, picture)
    narrow_walk.press("Save")

    assert "What to mend in the file" in narrow_walk.words


def test_anybody_sees_whether_a_letter_is_genuine(
    narrow_walk: Walk, house: factories.House, tmp_path: Path
) -> None:
    letter, path = _letter(house), tmp_path / "letter.pdf"
    path.write_bytes(LetterFile.objects.get(letter=letter, file_format="pdf").data)
    narrow_walk.go("/check/")

    _attach(narrow_walk, path)
    narrow_walk.press("Check")

    assert "This is a letter of this service" in narrow_walk.words
    assert letter.case.reference in narrow_walk.words
