"""Giving letters their look, and putting in one's own signature."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from letters.access.roles import Role
from letters.issuing import house_styles, signatures
from letters.issuing.files import make_files
from letters.issuing.models import HouseStyle, LetterFile, Signature
from tests import factories
from tests.factories import NOW
from tests.issuing.test_house_styles import a_picture
from tests.rendering import word_samples
from tests.web.conftest import AsPerson, words

GIVEN = {"colour": "#005030", "typeface": "noto_sans", "footer": "Charity 0000000\r\nAt home"}


@pytest.fixture
def administrator(house: factories.House, signed_in: AsPerson) -> Client:
    person = factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")
    return signed_in(person)


@pytest.fixture
def address(house: factories.House) -> str:
    return f"/house-styles/{house.clinic.organisation.pk}/"


def _file(data: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def _page(client: Client, address: str, /, **given: object) -> str:
    response = client.post(address, given, follow=True) if given else client.get(address)
    return html.unescape(words(response))


def test_an_administrator_finds_their_organisation(
    administrator: Client, house: factories.House, address: str
) -> None:
    page = _page(administrator, "/house-styles/")

    assert f'href="{address}"' in page
    assert house.agency.organisation.name not in page
    assert ">Letterhead</a>" in page


def test_a_preview_keeps_nothing(administrator: Client, address: str) -> None:
    page = _page(administrator, address, **GIVEN, file=_file(a_picture()), preview="yes")

    assert "Sample, not saved yet" in page
    assert 'href="/letter-look/005030/noto_sans.css"' in page
    assert 'src="data:image/png;base64,' in page
    assert "Charity 0000000" in page.partition("<article")[2]
    assert not HouseStyle.objects.exists()


def test_what_is_saved_is_shown_from_then_on(administrator: Client, address: str) -> None:
    page = _page(administrator, address, **GIVEN, file=_file(a_picture()))

    assert "Saved. Letters drafted from now on look like this." in page
    assert "Sample, as letters look now" in page
    assert 'src="data:image/png;base64,' in page
    assert "Ash Placeholder: #005030, Noto Sans, logo" in page


def test_a_logo_is_taken_off(administrator: Client, address: str) -> None:
    _page(administrator, address, **GIVEN, file=_file(a_picture()))

    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        page = _page(administrator, address, **GIVEN, without_logo="on")

    assert "letter-logo" not in page
    assert HouseStyle.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"colour": "navy"}, "Enter the colour as # and six digits or letters a to f"),
        ({"colour": "#fff}</s"}, "Use 7 characters or fewer"),
        ({"colour": "#ffffff"}, "Its contrast is 1.0 to 1"),
        ({"typeface": "comic_sans"}, "Choose a typeface"),
        ({"footer": "line\n" * 20}, "Use at most 3 lines of at most 120 characters each"),
        ({"footer": "\U00013000"}, "Take out or spell out: U+13000"),
        ({"file": _file(b"<svg onload='alert(1)'/>")}, "SVG is not taken"),
        ({"file": _file(b"%PDF-1.7")}, "Choose a picture: a JPEG, PNG, HEIC or WebP file"),
        ({"file": _file(a_picture()[:60])}, "part of it is missing or damaged"),
        ({"file": _file(b"0" * 25_000_001)}, "Choose a file of at most 25 MB"),
    ],
)
@pytest.mark.parametrize("preview", [{}, {"preview": "yes"}])
def test_what_is_wrong_says_what_to_do(
    administrator: Client,
    address: str,
    wrong: dict[str, object],
    says: str,
    preview: dict[str, str],
) -> None:
    if isinstance(wrong.get("file"), SimpleUploadedFile):
        wrong["file"].seek(0)  # type: ignore[attr-defined]  # as just seen

    page = _page(administrator, address, **(GIVEN | wrong | preview))

    assert says.lower() in page.lower()
    assert "Sample, as letters look now" in page
    assert not HouseStyle.objects.exists()


def test_a_footer_is_words_and_nothing_else(administrator: Client, address: str) -> None:
    given = GIVEN | {"footer": "<script>alert(1)</script> & {{ 7 * 7 }}"}

    response = administrator.post(address, given | {"preview": "yes"})

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in words(response)


def test_no_style_stands_in_the_page_itself(administrator: Client, address: str) -> None:
    page = words(administrator.post(address, GIVEN | {"preview": "yes"}))

    assert not re.findall(r"<style|\s(?:style|on\w+)=", page)


def test_an_address_is_changed(administrator: Client, house: factories.House, address: str) -> None:
    given = {"address": "2 New Road\nExampleton\nZZ99 1AA", "ods_code": "rxx01"}

    assert "Saved" in _page(administrator, f"{address}letterhead/", **given)

    house.clinic.organisation.refresh_from_db()
    assert house.clinic.organisation.address == ["2 New Road", "Exampleton", "ZZ99 1AA"]
    assert house.clinic.organisation.ods_code == "RXX01"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"address": ""}, "Enter the address at the head of letters"),
        ({"address": "a\n" * 8}, "Use at most seven lines"),
        ({"ods_code": "RX-01"}, "Enter the ODS code as letters and numbers"),
    ],
)
def test_an_address_that_does_not_fit_is_refused(
    administrator: Client, address: str, wrong: dict[str, str], says: str
) -> None:
    given = {"address": "2 New Road", "ods_code": ""} | wrong

    assert says in _page(administrator, f"{address}letterhead/", **given)


def test_a_word_file_is_used_until_it_is_not(administrator: Client, address: str) -> None:
    file = word_samples.shell()
    assert "Saved." in _page(administrator, f"{address}word/", file=_file(file, "own.docx"))
    assert administrator.get(f"{address}word/file/").content == file

    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        page = _page(administrator, f"{address}word/end/", sent="yes")

    assert "Word letters have the look of this service again." in page
    assert administrator.get(f"{address}word/file/").status_code == 404


def test_what_is_to_be_mended_in_a_word_file_is_listed(administrator: Client, address: str) -> None:
    file = word_samples.shell(word_samples.instead("date", word_samples.paragraph("{{ datum }}")))

    page = _page(administrator, f"{address}word/", file=_file(file, "own.docx"))

    assert "Mend the Word file and choose it again" in page
    assert "word/document.xml, paragraph 5 '{{ datum }}': No such place" in page
    assert "Add the placeholder {{ date }}" in page


@pytest.mark.parametrize("file", [b"PK\x03\x04", b"<html>", a_picture()])
def test_what_is_no_word_file_is_refused(administrator: Client, address: str, file: bytes) -> None:
    page = _page(administrator, f"{address}word/", file=_file(file, "own.docx"))

    assert "What to mend in the file" in page
    assert not HouseStyle.objects.exists()


def test_a_look_is_a_style_sheet() -> None:
    response = Client().get("/letter-look/005030/atkinson_hyperlegible.css")

    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "--letter-colour: #005030;" in words(response)
    assert '.letter { font-family: "Atkinson Hyperlegible Next", Arial' in words(response)


@pytest.mark.parametrize("look", ["red/arimo", "00503/arimo", "005030/papyrus", "00503G/arimo"])
def test_a_look_that_is_none_is_not_found(look: str) -> None:
    assert Client().get(f"/letter-look/{look}.css").status_code == 404


@pytest.mark.parametrize(
    ("font", "status"),
    [("arimo/400", 200), ("noto_sans/700", 200), ("arimo/500", 404), ("papyrus/400", 404)],
)
def test_only_the_typefaces_of_letters_are_served(font: str, status: int) -> None:
    response = Client().get(f"/letter-fonts/{font}.ttf")

    assert response.status_code == status
    assert status == 404 or response.content.startswith(b"\x00\x01\x00\x00")


def test_a_person_puts_in_and_takes_away_their_signature(
    clinician: Client, house: factories.House
) -> None:
    page = _page(clinician, "/signature/", file=_file(a_picture("black")))
    assert "Your signature is kept" in page
    assert 'class="app-signature" src="data:image/png;base64,' in page

    page = _page(clinician, "/signature/end/", sent="yes")

    assert "There is none yet" in page
    assert signatures.signature_row_of(house.clinician) is None
    assert Signature.objects.count() == 1


def test_nobody_sees_anothers_signature(clinician: Client, adviser: Client) -> None:
    _page(clinician, "/signature/", file=_file(a_picture("black")))

    assert "app-signature" not in _page(adviser, "/signature/")


def test_a_signature_that_is_none_is_refused(clinician: Client) -> None:
    page = _page(clinician, "/signature/", file=_file(b"GIF89a"))

    assert "Choose a picture that stands still" in page
    assert not Signature.objects.exists()


def test_a_letter_is_shown_in_its_style(
    house: factories.House, clinician: Client, administrator: Client, address: str
) -> None:
    plain = factories.an_approved_letter(house)
    administrator.post(address, GIVEN)
    styled = factories.an_approved_letter(house)

    assert "/letter-look/" not in _page(clinician, f"/letters/{plain.pk}/")
    assert "/letter-look/005030/noto_sans.css" in _page(clinician, f"/letters/{styled.pk}/")


def test_the_files_of_a_letter_are_listed_by_digest(
    house: factories.House, clinician: Client
) -> None:
    letter = factories.an_approved_letter(house)
    assert "They are being made" in _page(clinician, f"/letters/{letter.pk}/")
    make_files(letter_id=letter.pk, at=NOW)

    page = _page(clinician, f"/letters/{letter.pk}/")

    for file in LetterFile.objects.filter(letter=letter):
        assert f"SHA-256 {file.sha256}" in page


def test_a_letter_that_cannot_be_posted_says_what_to_mend(
    house: factories.House, clinician: Client
) -> None:
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    faults = [["address_lines", 1], ["too_many_pages", 0]]
    LetterFile.objects.filter(letter=letter, file_format="pdf").update(post_faults=faults)

    page = _page(clinician, f"/letters/{letter.pk}/")

    assert "Do not post this letter." in page
    assert "The address in the window has not 3 to 7 lines" in page
    assert "A printing service would refuse it" in page
    assert "I will print and post it myself" not in page
    assert "By e-mail to" in page


def test_what_only_a_service_refuses_can_go_by_hand(
    house: factories.House, clinician: Client
) -> None:
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    LetterFile.objects.filter(letter=letter, file_format="pdf").update(
        post_faults=[["too_many_pages", 0]]
    )

    page = _page(clinician, f"/letters/{letter.pk}/")

    assert "I will print and post it myself" in page
    assert "It has more than 10 pages" in page


def test_styles_are_those_of_the_organisation_alone(house: factories.House) -> None:
    person = factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")

    assert house_styles.styled_by(person) == (house.clinic.organisation,)
    assert house_styles.styled_by(house.clinician) == ()
