"""What people choose by mistake, and what ill-wishers send: each page with a box for files answers
at that box, keeps what was typed beside it, and keeps nothing of the file."""

import html
from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from letters.cases.models import Case, Patient
from letters.evidence import actions as evidence
from letters.evidence.models import Enclosure, Photograph
from letters.evidence.queries import latest_copy
from letters.incoming.asking.models import SentPhotograph
from letters.incoming.asking.queries import url_of
from letters.incoming.models import Attachment
from letters.issuing.models import Letter
from tests import factories
from tests.evidence import document_samples
from tests.factories import NOW
from tests.rendering import picture_samples as samples
from tests.web.conftest import words

BORN = {"date_of_birth-day": "4", "date_of_birth-month": "3", "date_of_birth-year": "2019"}
PROGRAM = b"MZ\x90\x00\x03 This program cannot be run in DOS mode"
BOMB = samples.png_of_claimed_size(60_000, 60_000)
NEITHER = "Choose a picture: a JPEG, PNG, HEIC or WebP file"
TOO_MANY_PIXELS = "Make the picture smaller first: it has over 64 million pixels"


class Form(NamedTuple):
    """A page with a box for files; `keeps` is what was typed beside it, as the page shows it."""

    client: Client
    address: str
    box: str
    given: dict[str, Any]
    keeps: str

    def answer(self, data: bytes, name: str = "IMG_0001.jpg") -> str:
        file = SimpleUploadedFile(name, data, "image/jpeg")
        response = self.client.post(self.address, self.given | {self.box: file})
        assert response.status_code == 200, response
        return html.unescape(words(response))


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_full_case(house)


def _photographs(clinician: Client, case: Case) -> Form:
    address = f"/cases/{case.pk}/photographs/add/"
    return Form(clinician, address, "photographs", {"is_theirs": "on"}, "This is about")


def _camera(clinician: Client, case: Case) -> Form:
    return _photographs(clinician, case)._replace(box="taken_now")


def _document(clinician: Client, case: Case) -> Form:
    given = {"name": "Fan report", "tells": "housing_conditions", "is_theirs": "on"}
    return Form(clinician, f"/cases/{case.pk}/enclosures/add/", "file", given, 'value="Fan report"')


def _scan(clinician: Client, letter: Letter) -> Form:
    received = dict(
        zip(("day", "month", "year", "time"), ("23", "11", "2026", "09:00"), strict=True)
    )
    given = {f"received_at-{part}": value for part, value in received.items()}
    code = letter.case.reference
    return Form(clinician, "/incoming/scan/", "file", given | {"code": code}, f'value="{code}"')


def _sending(house: factories.House, case: Case) -> Form:
    address = url_of(factories.a_photograph_request(house, case)).removeprefix("http://testserver")
    patient = Client()
    patient.post(address, BORN)
    return Form(patient, f"{address}photographs/", "photographs", {"shows": "Wall"}, 'value="Wall"')


@pytest.fixture(params=["photographs", "camera", "document", "scan", "sending"])
def form(
    request: pytest.FixtureRequest, house: factories.House, clinician: Client, case: Case
) -> Form:
    if request.param == "scan":
        return _scan(clinician, request.getfixturevalue("sent_letter"))
    if request.param == "sending":
        return _sending(house, case)
    made: dict[str, Callable[[Client, Case], Form]] = {
        "photographs": _photographs,
        "camera": _camera,
        "document": _document,
    }
    return made[request.param](clinician, case)


def test_every_box_answers_and_keeps_nothing(form: Form) -> None:
    for data, says in (
        (PROGRAM, "Choose a"),
        (BOMB, TOO_MANY_PIXELS),
        (samples.heic()[:400], "Send this picture again: part of it is missing or damaged"),
        (b"", "Choose another file: this one is empty"),
    ):
        page = form.answer(data)

        assert says in page
        assert "There is a problem" in page
        assert form.keeps in page
    for kept in (Photograph, Enclosure, Attachment, SentPhotograph):
        assert not kept.objects.exists()


@pytest.mark.parametrize("make", [_document, _scan])
def test_a_book_is_refused_with_what_to_do(
    make: Any, clinician: Client, case: Case, sent_letter: Letter
) -> None:
    form = make(clinician, sent_letter if make is _scan else case)

    page = form.answer(document_samples.pdf(pages=3000), "book.pdf")

    assert "Choose the pages that matter: the most is 100 pages" in page
    assert form.keeps in page
    assert not Enclosure.objects.exists()
    assert not Attachment.objects.exists()


def test_ten_megapixels_of_a_telephone_lose_their_place(house: factories.House, case: Case) -> None:
    large = Image.open(BytesIO(samples.twelve_megapixels()))
    data = samples.heic(large, with_exif=samples.exif())
    assert b"Phonemaker" in data

    kept = evidence.add_photograph(case=case, data=data, by=house.clinician, at=NOW)

    printed = bytes(latest_copy(kept).data)
    assert not Image.open(BytesIO(printed)).getexif()
    assert b"Phonemaker" not in printed


# who somebody is

NEW = {"name": "Maya Sampleton", "nhs_number": "", **BORN}


@pytest.mark.parametrize(
    "name",
    [
        "மாயா சாம்பிள்டன்",
        "مايا سامبلتون",
        "Nguyễn Thị Sampleton",
        "O'Sample-Tønder",
        "M",
        "Sample " * 28 + "ton",
    ],
)
def test_a_name_in_any_script_and_length_is_kept(clinician: Client, name: str) -> None:
    response = clinician.post("/patients/register/", NEW | {"name": name})

    assert response.status_code == 302
    assert Patient.objects.get().name == name


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": "S" * 201}, "Use 200 characters or fewer"),
        ({"name": "Maya \U00013000"}, "Letters have no typeface"),
        ({"name": "  "}, "Enter the patient's full name"),
        (
            {"date_of_birth-day": "24", "date_of_birth-month": "11", "date_of_birth-year": "2026"},
            "Enter a date that is not in the future",
        ),
        ({"date_of_birth-day": "31", "date_of_birth-month": "2"}, "Enter a real date"),
        ({"nhs_number": "999 000 0019"}, "Check the NHS number"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    clinician: Client, given: dict[str, str], says: str
) -> None:
    page = html.unescape(words(clinician.post("/patients/register/", NEW | given)))

    assert says in page
    assert not Patient.objects.exists()
