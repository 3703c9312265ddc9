"""Photographs and documents on their pages: added, described, hidden in part, chosen, seen."""

import html
import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from letters.audit.models import AuditEvent
from letters.cases.models import Case
from letters.drafting.vocabulary import DataItem, TakenBy
from letters.evidence import actions as evidence
from letters.evidence.models import Enclosure, Photograph, Redaction
from letters.evidence.queries import latest_copy, original_of
from letters.issuing.models import FileFormat, Letter, LetterFile, LetterStatus
from letters.issuing.queries import content_of
from tests import factories
from tests.evidence import document_samples
from tests.factories import NOW
from tests.rendering import picture_samples as samples
from tests.web.conftest import AsPerson, words


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_full_case(house)


@pytest.fixture
def photograph(house: factories.House, case: Case) -> Photograph:
    data = samples.jpeg(exif=samples.exif())
    return evidence.add_photograph(case=case, data=data, by=house.clinician, at=NOW)


@pytest.fixture
def described(house: factories.House, photograph: Photograph) -> Photograph:
    return evidence.describe_photograph(
        photograph=photograph,
        shows="Black mould above the bed",
        room="bedroom",
        hazard_report=None,
        taken_on=None,
        taken_by=TakenBy.TENANT,
        by=house.clinician,
        at=NOW,
    )


def file(data: bytes, name: str = "IMG_0001.HEIC") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_photograph_taken_now_is_kept_with_those_that_were_chosen(
    clinician: Client, case: Case
) -> None:
    address, given = f"/cases/{case.pk}/photographs/add/", {"is_theirs": "on"}
    both = {"taken_now": [file(samples.heic())], "photographs": [file(samples.jpeg())]}

    clinician.post(address, given | both)
    clinician.post(address, given | {"taken_now": [file(samples.png())]})

    assert Photograph.objects.filter(case=case).count() == 3


def test_a_telephone_opens_its_camera_for_one_box_alone(clinician: Client, case: Case) -> None:
    page = words(clinician.get(f"/cases/{case.pk}/photographs/add/"))

    boxes = re.findall(r"<input[^>]*type=\"file\"[^>]*>", page)
    assert ['capture="environment"' in box for box in boxes] == [True, False]


def add(client: Client, case: Case, *files: bytes) -> Any:
    address = f"/cases/{case.pk}/photographs/add/"
    given = {"photographs": [file(each) for each in files], "is_theirs": "on"}
    return client.post(address, given)


def test_several_photographs_are_added_at_once(clinician: Client, case: Case) -> None:
    response = add(clinician, case, samples.heic(), samples.png(), samples.png())

    assert response["Location"] == f"/cases/{case.pk}/photographs/describe/"
    assert Photograph.objects.filter(case=case).count() == 2  # the same bytes twice are one


def test_photographs_stand_in_the_order_in_which_they_came(clinician: Client, case: Case) -> None:
    sent = [samples.jpeg(samples.quarters((300 + n, 300))) for n in range(6)]

    add(clinician, case, *sent)

    page = words(clinician.get(f"/cases/{case.pk}/evidence/"))
    assert re.findall(r'width="(30\d)"', page) == ["300", "301", "302", "303", "304", "305"]


def test_those_that_are_none_are_told_apart(clinician: Client, case: Case) -> None:
    page = html.unescape(words(add(clinician, case, samples.jpeg(), b"<svg></svg>", b"words")))

    assert "File 2 of 3 was not kept. Save this drawing as PNG" in page
    assert "File 3 of 3 was not kept. Choose a picture" in page
    assert 'href="#photographs"' in page
    assert "The other photograph was kept" in page
    assert f"/cases/{case.pk}/photographs/describe/" in page
    assert Photograph.objects.filter(case=case).count() == 1


def test_where_none_is_kept_none_is_spoken_of(clinician: Client, case: Case) -> None:
    assert "was kept" not in words(add(clinician, case, b"words")).replace("was not kept", "")


def test_nothing_chosen(clinician: Client, case: Case) -> None:
    assert "Take or choose at least one photograph" in words(add(clinician, case))


def test_a_file_over_the_limit_is_dropped_and_told(
    clinician: Client, case: Case, settings: Any
) -> None:
    settings.EVIDENCE_BYTES_A_FILE = 1000

    page = words(add(clinician, case, samples.jpeg()))

    assert "Choose a file of at most" in page
    assert not Photograph.objects.exists()


def test_whose_case_it_is_stands_above_the_upload(clinician: Client, case: Case) -> None:
    page = words(clinician.get(f"/cases/{case.pk}/photographs/add/"))

    assert re.search(r"case of <strong>Maya Sampleton</strong>, born 4.March.2019", page)
    assert case.reference in page
    assert 'accept="image/*"' in page
    assert re.search(r"<input[^>]*\smultiple\b", page)
    assert "There is a problem" not in page


def test_the_day_of_the_camera_is_offered(clinician: Client, photograph: Photograph) -> None:
    page = words(clinician.get(f"/cases/{photograph.case_id}/photographs/describe/"))

    assert "The camera&#39;s clock says this day" in page
    assert f'name="photograph-{photograph.pk}-taken_on-year"' in page
    assert 'value="2026"' in page


def described_as(photograph: Photograph, **other: str) -> dict[str, str]:
    given = {"shows": "A wet wall", "taken_by": "tenant", "room": "kitchen"} | other
    return {f"photograph-{photograph.pk}-{name}": value for name, value in given.items()}


def test_photographs_are_described(clinician: Client, photograph: Photograph) -> None:
    address = f"/cases/{photograph.case_id}/photographs/describe/"

    response = clinician.post(address, described_as(photograph))

    photograph.refresh_from_db()
    assert response["Location"] == f"/cases/{photograph.case_id}/evidence/"
    assert (photograph.shows, photograph.room) == ("A wet wall", "kitchen")
    assert photograph.taken_on is None  # what the camera claims counts only once it is sent
    assert clinician.get(address)["Location"] == response["Location"]  # none left


def test_a_description_that_lacks_something(clinician: Client, photograph: Photograph) -> None:
    address = f"/photographs/{photograph.pk}/describe/"

    page = words(clinician.post(address, described_as(photograph, shows="")))

    assert "Say what the photograph shows" in page
    assert f'href="#photograph-{photograph.pk}-shows"' in page
    assert "kitchen" in page


def test_the_evidence_page(clinician: Client, described: Photograph) -> None:
    page = words(clinician.get(f"/cases/{described.case_id}/evidence/"))

    assert 'alt="Black mould above the bed"' in page
    assert described.original_digest in page
    assert "it is not known when" in page
    assert described.case.reference in page


def test_a_picture_is_served_and_not_stored(clinician: Client, photograph: Photograph) -> None:
    response = clinician.get(f"/photographs/{photograph.pk}/picture/")

    assert response.content == latest_copy(photograph).data
    assert response["Content-Type"] == "image/jpeg"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_an_original_is_only_ever_downloaded(clinician: Client, photograph: Photograph) -> None:
    response = clinician.get(f"/photographs/{photograph.pk}/original/")

    assert response.content == original_of(Photograph.objects.get(pk=photograph.pk))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("what", ["picture", "original", "describe", "redact", "remove"])
def test_a_photograph_of_another_team_is_not_found(
    signed_in: AsPerson, photograph: Photograph, what: str
) -> None:
    stranger = signed_in(factories.a_house().clinician)

    assert stranger.get(f"/photographs/{photograph.pk}/{what}/").status_code == 404


def test_an_adviser_without_consent_sees_no_photograph(
    house: factories.House, adviser: Client, described: Photograph
) -> None:
    told = [item for item in DataItem if item is not DataItem.PHOTOGRAPHS]
    factories.consent(house, described.case, items=told)

    page = words(adviser.get(f"/cases/{described.case_id}/evidence/"))

    assert "1 more that the patient has not agreed to show you" in page
    assert "Black mould above the bed" not in page
    assert adviser.get(f"/photographs/{described.pk}/picture/").status_code == 404


def test_parts_are_hidden_by_cells(clinician: Client, photograph: Photograph) -> None:
    cells = ["1-1", "1-2", "2-1", "6-8"]

    response = clinician.post(
        f"/photographs/{photograph.pk}/redact/", {"cells": cells, "reason": "A face"}
    )

    rows = sorted((r.left, r.top, r.width) for r in Redaction.objects.all())
    assert response.status_code == 302
    assert rows == [(0.0, 0.0, 0.25), (0.0, 1 / 6, 0.125), (0.875, 5 / 6, 0.125)]
    served = clinician.get(f"/photographs/{photograph.pk}/picture/").content
    image = Image.open(BytesIO(served)).convert("L")
    assert max(image.crop((0, 0, 100, 50)).tobytes()) < 20


def test_a_part_is_hidden_by_its_measures(clinician: Client, photograph: Photograph) -> None:
    exact = {"from_left": 10, "from_top": 20, "exact_width": 30, "exact_height": 40}

    clinician.post(f"/photographs/{photograph.pk}/redact/", {**exact, "reason": "A name"})

    row = Redaction.objects.get()
    assert (row.left, row.top, row.width, row.height) == (0.1, 0.2, 0.3, 0.4)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"reason": "A face"}, "Choose at least one part of the picture to hide"),
        ({"cells": ["1-1"]}, "Say why it must be hidden"),
        ({"cells": ["99-1"], "reason": "A face"}, "Choose from the answers"),
        ({"from_left": "10", "reason": "A face"}, "Enter all four measures"),
        (
            {"from_left": 90, "from_top": 0, "exact_width": 30, "exact_height": 9, "reason": "A"},
            "Choose a part that lies within the picture",
        ),
    ],
)
def test_hiding_that_cannot_be_done(
    clinician: Client, photograph: Photograph, given: dict[str, Any], says: str
) -> None:
    page = words(clinician.post(f"/photographs/{photograph.pk}/redact/", given))

    assert says in page
    assert not Redaction.objects.exists()


def test_a_hidden_part_is_shown_again(clinician: Client, photograph: Photograph) -> None:
    clinician.post(f"/photographs/{photograph.pk}/redact/", {"cells": ["1-1"], "reason": "A face"})
    lift = f"/redactions/{Redaction.objects.get().pk}/lift/"

    response = clinician.post(lift, {"reason": "It was a poster"})

    assert response["Location"] == f"/photographs/{photograph.pk}/redact/"
    assert clinician.get(lift).status_code == 404
    assert "Hidden now" not in words(clinician.get(response["Location"]))


def test_a_photograph_is_removed(clinician: Client, photograph: Photograph) -> None:
    clinician.post(f"/photographs/{photograph.pk}/remove/")

    page = words(clinician.get(f"/cases/{photograph.case_id}/evidence/"))
    assert photograph.original_digest not in page


def test_a_document_is_added_and_downloaded(clinician: Client, case: Case) -> None:
    given = {
        "file": file(document_samples.pdf(pages=2), "report.pdf"),
        "name": "Inspection report",
        "tells": ["housing_conditions"],
        "is_theirs": "on",
    }

    clinician.post(f"/cases/{case.pk}/enclosures/add/", given)

    enclosure = Enclosure.objects.get(case=case)
    page = words(clinician.get(f"/cases/{case.pk}/evidence/"))
    assert "Inspection report" in page
    assert "2 pages" in page
    response = clinician.get(f"/enclosures/{enclosure.pk}/file/")
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"].startswith("attachment")


def test_a_document_that_acts_is_refused(clinician: Client, case: Case) -> None:
    given = {
        "file": file(document_samples.pdf(change=document_samples.runs_a_script)),
        "name": "Report",
        "tells": ["housing_conditions"],
        "is_theirs": "on",
    }

    page = words(clinician.post(f"/cases/{case.pk}/enclosures/add/", given))

    assert "print it to a new PDF and choose that file" in page
    assert 'href="#file"' in page


@pytest.fixture
def draft(house: factories.House, case: Case) -> Letter:
    return factories.a_draft(house, case)


def choose(client: Client, draft: Letter, *photographs: Photograph) -> Any:
    given = {"photographs": [str(each.pk) for each in photographs]}
    return client.post(f"/letters/{draft.pk}/evidence/choose/", given)


def test_a_draft_prints_what_was_chosen(
    clinician: Client, draft: Letter, described: Photograph
) -> None:
    assert choose(clinician, draft, described).status_code == 302

    page = words(clinician.get(f"/letters/{draft.pk}/"))
    digest = latest_copy(described).digest
    assert f'src="/letters/{draft.pk}/pictures/{digest}/"' in page
    assert 'alt="Black mould above the bed"' in page
    picture = clinician.get(f"/letters/{draft.pk}/pictures/{digest}/")
    assert picture.content == latest_copy(described).data
    why = words(clinician.get(f"/letters/{draft.pk}/why/"))
    assert "Black mould above the bed" in why


def test_what_was_chosen_is_approved_as_it_was_read(
    clinician: Client, draft: Letter, described: Photograph
) -> None:
    choose(clinician, draft, described)
    page = words(clinician.get(f"/letters/{draft.pk}/"))
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)

    clinician.post(
        f"/letters/{draft.pk}/approve/", {"seen": seen[1] if seen else "", "has_read": "on"}
    )

    draft.refresh_from_db()
    assert draft.status == LetterStatus.APPROVED
    assert content_of(draft).annexes[0].figures[0].picture.digest == latest_copy(described).digest


def test_a_picture_that_the_letter_does_not_show(
    signed_in: AsPerson, clinician: Client, draft: Letter, described: Photograph
) -> None:
    address = f"/letters/{draft.pk}/pictures/{latest_copy(described).digest}/"
    assert clinician.get(address).status_code == 404  # not chosen

    choose(clinician, draft, described)

    assert clinician.get(address).status_code == 200
    assert signed_in(factories.a_house().clinician).get(address).status_code == 404


def test_a_letters_photograph_without_consent_to_the_adviser(
    house: factories.House, clinician: Client, adviser: Client, draft: Letter, described: Photograph
) -> None:
    choose(clinician, draft, described)
    told = [item for item in DataItem if item is not DataItem.PHOTOGRAPHS]
    factories.signed(draft, by=house.clinician)
    LetterFile.objects.create(
        letter=draft, file_format=FileFormat.PDF, data=b"%PDF", sha256="0" * 64, made_at=NOW
    )
    factories.consent(house, draft.case, items=told)
    addresses = (
        f"/letters/{draft.pk}/pictures/{latest_copy(described).digest}/",
        f"/letters/{draft.pk}/files/pdf/",
    )

    assert [clinician.get(each).status_code for each in addresses] == [200, 200]
    assert [adviser.get(each).status_code for each in addresses] == [404, 404]


def test_only_described_photographs_are_offered(
    clinician: Client, draft: Letter, photograph: Photograph
) -> None:
    page = words(clinician.get(f"/letters/{draft.pk}/evidence/choose/"))

    assert str(photograph.pk) not in page
    assert "Choose from the answers" in words(choose(clinician, draft, photograph))


@pytest.mark.parametrize("kind", ["photographs", "enclosures"])
def test_whom_it_is_about_is_said_before_anything_is_kept(
    clinician: Client, case: Case, kind: str
) -> None:
    given = {"photographs": file(samples.png()), "file": file(document_samples.pdf())}
    about = {"name": "Inspection report", "tells": ["housing_conditions"]}
    address = f"/cases/{case.pk}/{kind}/add/"

    page = words(clinician.post(address, given | about))

    assert "Check the name and date of birth, then tick the box" in page
    assert not Photograph.objects.exists()
    assert not Enclosure.objects.exists()
    assert not AuditEvent.objects.filter(verb="confirm_patient").exists()


def test_that_it_was_said_is_kept(clinician: Client, case: Case, house: factories.House) -> None:
    add(clinician, case, samples.png())

    event = AuditEvent.objects.get(verb="confirm_patient")
    assert (event.subject_id, event.actor_id) == (case.pk, house.clinician.pk)
    assert event.details == {"for_what": "photographs"}
