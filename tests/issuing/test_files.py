"""The files of an approved letter: which, made of what, and whether they can be posted."""

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from letters.access.roles import Role
from letters.cases.models import Landlord
from letters.delivery import actions as delivery
from letters.delivery.errors import NotFitForPost
from letters.delivery.models import Channel, DispatchStatus
from letters.drafting.content import Typeface
from letters.drafting.stages import Stage
from letters.issuing import house_styles, signatures
from letters.issuing.files import make_files
from letters.issuing.models import FileFormat, Letter, LetterFile
from letters.issuing.queries import content_of, files_of
from letters.rendering import spoken
from letters.rendering.hindrances import Hindrance
from letters.tracking import actions as tracking
from tests import factories
from tests.factories import NOW
from tests.issuing.test_house_styles import a_picture
from tests.rendering import word_samples
from tests.rendering.readers import parts_of_docx


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


def _made(letter: Letter) -> dict[str, LetterFile]:
    make_files(letter_id=letter.pk, at=NOW)
    return {file.file_format: file for file in LetterFile.objects.filter(letter=letter)}


def _with_long_address(house: factories.House) -> Letter:
    """A letter whose address does not fit the window of an envelope."""
    case = factories.a_full_case(house)
    Landlord.objects.filter(tenancy__case=case).update(
        address=[f"{number} Specimen Buildings" for number in range(1, 9)]
    )
    return factories.signed(factories.a_draft(house, case), by=house.clinician)


def _patient_copy(house: factories.House) -> Letter:
    sent = factories.posted(house, factories.an_approved_letter(house))
    draft = tracking.draft_step(
        case=sent.case,
        stage=Stage.PATIENT_COPY,
        body=None,
        narrative="",
        also=(),
        by=house.clinician,
        at=NOW,
    )
    return factories.signed(draft, by=house.clinician)


def test_an_ordinary_letter_can_be_posted(house: factories.House) -> None:
    made = _made(factories.an_approved_letter(house))

    assert set(made) == {FileFormat.PDF, FileFormat.DOCX}
    assert made[FileFormat.PDF].post_faults == []
    assert made[FileFormat.DOCX].post_faults is None


def test_an_address_that_does_not_fit_is_kept_with_the_file(house: factories.House) -> None:
    letter = _with_long_address(house)

    pdf = _made(letter)[FileFormat.PDF]

    assert Hindrance.ADDRESS_LINES in {fault.what for fault in pdf.hindrances}
    assert not pdf.may_be_posted


def test_a_letter_that_cannot_be_posted_is_not_queued_for_it(house: factories.House) -> None:
    letter = _with_long_address(house)
    make_files(letter_id=letter.pk, at=NOW)

    with pytest.raises(NotFitForPost):
        delivery.queue_dispatch(letter=letter, channel=Channel.DOWNLOAD, by=house.adviser, at=NOW)
    sent = delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.adviser, at=NOW)
    assert sent.status == DispatchStatus.QUEUED


def test_one_that_was_queued_before_is_never_ready(house: factories.House) -> None:
    letter = _with_long_address(house)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.DOWNLOAD, by=house.adviser, at=NOW
    )
    make_files(letter_id=letter.pk, at=NOW)

    dispatch = delivery.deliver(dispatch_id=queued.pk, at=NOW)

    assert (dispatch.status, dispatch.reason) == (DispatchStatus.FAILED, "not_fit_for_post")


def test_a_file_made_before_is_looked_at_later(house: factories.House) -> None:
    letter = factories.an_approved_letter(house)
    _made(letter)
    LetterFile.objects.filter(letter=letter).update(post_faults=None)

    again = _made(letter)

    assert again[FileFormat.PDF].post_faults == []


def test_a_patient_gets_large_print_and_words_to_be_read_aloud(house: factories.House) -> None:
    letter = _patient_copy(house)

    made = _made(letter)

    assert set(made) == set(FileFormat)
    assert [file.file_format for file in files_of(letter)] == list(FileFormat)
    assert made[FileFormat.SPOKEN].data.decode() == spoken.render(content_of(letter))
    assert made[FileFormat.LARGE_PRINT].data.startswith(b"%PDF")
    assert made[FileFormat.LARGE_PRINT].sha256 != made[FileFormat.PDF].sha256
    assert made[FileFormat.PDF].post_faults is None  # it goes in no envelope with a window


def test_logo_and_signature_are_printed_as_approved(house: factories.House) -> None:
    administrator = factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")
    signatures.keep_signature(file=a_picture("black"), by=house.clinician, at=NOW)
    house_styles.change_style(
        organisation=house.clinic.organisation,
        typeface=Typeface.NOTO_SANS,
        colour="#7a0019",
        footer=("Registered charity 0000000 (invented)",),
        file=a_picture("maroon"),
        without_logo=False,
        by=administrator,
        at=NOW,
    )
    letter = factories.an_approved_letter(house)
    signatures.end_signature(by=house.clinician, at=NOW + timedelta(hours=1))

    pdf = _made(letter)[FileFormat.PDF]

    document = pypdfium2.PdfDocument(pdf.data)
    kinds = [each.type for page in document for each in page.get_objects()]
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert kinds.count(raw.FPDF_PAGEOBJ_IMAGE) == 2
    assert "Registered charity 0000000 (invented)" in words
    assert pdf.post_faults == []


def test_the_word_form_is_written_in_the_file_that_was_approved(house: factories.House) -> None:
    administrator = factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")
    file = word_samples.shell("<w:p><w:r><w:t>Ours</w:t></w:r></w:p>" + word_samples.without(""))
    clinic: dict[str, Any] = {"organisation": house.clinic.organisation, "by": administrator}
    house_styles.change_word_shell(**clinic, file=file, at=NOW)
    letter = factories.an_approved_letter(house)
    house_styles.change_word_shell(**clinic, file=None, at=NOW + timedelta(hours=1))

    made = _made(letter)[FileFormat.DOCX]

    assert b">Ours<" in parts_of_docx(made.data)["word/document.xml"]
