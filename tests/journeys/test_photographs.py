"""A clinician adds photographs, says what they show, hides a face, and a letter prints them."""

import pytest
from django.utils import timezone

from letters.cases.models import Case
from letters.evidence.models import Photograph, Redaction
from letters.issuing.files import make_files
from letters.issuing.models import FileFormat, Letter, LetterFile, LetterStatus
from tests import factories
from tests.journeys.pages import Walk
from tests.rendering import picture_samples as samples
from tests.rendering.readers import pages_of_pdf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SHOWN = ("Black mould above the bed", "Water running down the window", "Peeling paper")


class Clinic:
    """The steps of the journey, in the words of the pages."""

    def __init__(self, walk: Walk, case: Case) -> None:
        self.walk, self.case = walk, case

    def when_photographs_are_added(self) -> None:
        files = [
            {"name": f"IMG_{n}.jpg", "mimeType": "image/jpeg", "buffer": data}
            for n, data in enumerate(
                (
                    samples.heic(with_exif=samples.exif(orientation=6)),
                    samples.jpeg(exif=samples.exif(orientation=8)),
                    samples.png(),
                )
            )
        ]
        self.walk.go(f"/cases/{self.case.pk}/photographs/add/")
        self.walk.page.locator("input[name=photographs]").set_input_files(files)  # type: ignore[arg-type]  # playwright's own TypedDict
        self.walk.page.get_by_label("This is about Maya Sampleton").check()
        self.walk.press("Add photographs")

    def when_they_are_described(self) -> None:
        for number, shows in enumerate(SHOWN):
            self.walk.page.get_by_label("What does it show?").nth(number).fill(shows)
            self.walk.page.get_by_label("Who took it?").nth(number).select_option("tenant")
        self.walk.press("Save")

    def when_a_face_is_hidden(self) -> None:
        self.walk.follow("Hide parts")
        if self.walk.has_scripts:
            self._draw()
        else:
            self.walk.page.get_by_label("Row 1, column 1", exact=True).check()
            self.walk.page.get_by_label("Row 1, column 2", exact=True).check()
        self.walk.fill("Why must it be hidden?", "A child's face")
        self.walk.press("Hide these parts")

    def _draw(self) -> None:
        """From the first part to the next, as a finger or a mouse would."""
        first = self.walk.page.get_by_label("Row 1, column 1", exact=True).bounding_box()
        second = self.walk.page.get_by_label("Row 1, column 2", exact=True).bounding_box()
        assert first is not None
        assert second is not None
        mouse = self.walk.page.mouse
        mouse.move(first["x"] + 5, first["y"] + 5)
        mouse.down()
        mouse.move(second["x"] + 5, second["y"] + 5)
        mouse.up()

    def when_the_letter_prints_them(self, letter: Letter) -> None:
        self.walk.go(f"/letters/{letter.pk}/")
        self.walk.follow("Choose photographs and enclosures")
        for shows in SHOWN:
            self.walk.page.get_by_label(shows).check()
        self.walk.press("Save the choice")

    def when_it_is_approved(self) -> None:
        self.walk.page.get_by_label("I have read this letter").check()
        self.walk.press("Approve this letter")

    def then_the_letter_shows_them(self, letter: Letter) -> None:
        pictures = self.walk.page.locator(".letter-figure img")
        assert pictures.count() == len(SHOWN)
        loaded = "all => all.every(each => each.complete && each.naturalWidth > 100)"
        if self.walk.has_scripts:
            assert pictures.evaluate_all(loaded)

    def then_the_file_prints_them(self, letter: Letter) -> None:
        letter.refresh_from_db()
        assert letter.status == LetterStatus.APPROVED
        make_files(letter_id=letter.pk, at=timezone.now())
        printed = LetterFile.objects.get(letter=letter, file_format=FileFormat.PDF)
        text = " ".join(" ".join(pages_of_pdf(printed.data)).split())
        assert [text.index(f"{n}: {shows}") for n, shows in enumerate(SHOWN, start=1)] == sorted(
            text.index(f"{n}: {shows}") for n, shows in enumerate(SHOWN, start=1)
        )

    def then_every_other_page_can_be_used(self) -> None:
        """Each is looked at as it opens: it fits its window, and shuts nobody out."""
        photograph, redaction = Photograph.objects.filter(number=1).get(), Redaction.objects.get()
        for address in (
            f"/cases/{self.case.pk}/",
            f"/cases/{self.case.pk}/evidence/",
            f"/cases/{self.case.pk}/enclosures/add/",
            f"/photographs/{photograph.pk}/describe/",
            f"/photographs/{photograph.pk}/remove/",
            f"/redactions/{redaction.pk}/lift/",
        ):
            self.walk.go(address)


@pytest.fixture
def letter(house: factories.House) -> Letter:
    case = factories.a_full_case(house, at=timezone.now())
    return factories.a_draft(house, case, at=timezone.now())


def test_photographs_from_the_telephone_to_the_letter(
    house: factories.House, letter: Letter, narrow_walk: Walk
) -> None:
    narrow_walk.sign_in(house.clinician)
    _walked(Clinic(narrow_walk, letter.case), letter)


def test_photographs_without_scripts(
    house: factories.House, letter: Letter, walk_without_scripts: Walk
) -> None:
    walk_without_scripts.sign_in(house.clinician)
    _walked(Clinic(walk_without_scripts, letter.case), letter)


def _walked(clinic: Clinic, letter: Letter) -> None:
    clinic.when_photographs_are_added()
    clinic.when_they_are_described()
    clinic.when_a_face_is_hidden()
    clinic.when_the_letter_prints_them(letter)
    clinic.then_the_letter_shows_them(letter)
    clinic.when_it_is_approved()
    clinic.then_the_file_prints_them(letter)
    clinic.then_every_other_page_can_be_used()
    assert Photograph.objects.count() == len(SHOWN)
    assert Redaction.objects.get().width == pytest.approx(2 / 8, abs=0.1)
