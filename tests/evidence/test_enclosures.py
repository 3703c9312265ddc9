"""Documents: looked through before they are kept, bound in as PDF, refused with what to do."""

import hashlib
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest

from letters.access.errors import NotAllowed
from letters.cases.models import Case
from letters.drafting.vocabulary import DataItem
from letters.evidence import actions as evidence
from letters.evidence import errors, queries, word_files
from letters.evidence.models import DocumentKind, Enclosure
from letters.rendering.errors import PictureRefused
from tests import factories
from tests.evidence import document_samples as samples
from tests.factories import NOW
from tests.rendering import picture_samples


def add(house: factories.House, case: Case, data: bytes, **other: Any) -> Enclosure:
    given: dict[str, Any] = {
        "name": "Inspection report",
        "tells": (DataItem.HOUSING_CONDITIONS,),
        "by": house.clinician,
        "at": NOW,
    }
    return evidence.add_enclosure(case=case, data=data, **(given | other))


def test_add_enclosure_keeps_a_pdf_as_it_came(house: factories.House, case: Case) -> None:
    data = samples.pdf(pages=3, change=samples.links)

    added = add(house, case, data)

    kept = Enclosure.objects.get(pk=added.pk)
    assert queries.original_of(kept) == queries.pdf_of(kept) == data
    assert (kept.kind, kept.page_count) == (DocumentKind.PDF, 3)
    assert kept.original_digest == kept.pdf_digest == hashlib.sha256(data).hexdigest()


def test_add_enclosure_binds_a_picture_as_a_page(house: factories.House, case: Case) -> None:
    data = picture_samples.heic(with_exif=picture_samples.exif(orientation=6))

    kept = add(house, case, data)

    page = pypdfium2.PdfDocument(queries.pdf_of(kept))[0]
    assert kept.kind == DocumentKind.PICTURE
    assert (round(page.get_width()), round(page.get_height())) == (595, 842)
    shown = page.render().to_pil().convert("L")
    assert shown.getextrema()[0] < 100  # the picture is on the page, the margin white
    assert shown.getpixel((5, 5)) == 255
    assert queries.original_of(kept) == data


def test_add_enclosure_makes_a_pdf_of_a_word_document(house: factories.House, case: Case) -> None:
    kept = add(house, case, samples.word())

    text = pypdfium2.PdfDocument(queries.pdf_of(kept))[0].get_textpage().get_text_range()
    assert kept.kind == DocumentKind.WORD
    assert "The extractor fan has no power." in text


def test_a_word_document_where_there_is_no_libreoffice(
    house: factories.House, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(errors.DocumentRefused, match="save it as PDF"):
        add(house, case, samples.word())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (samples.pdf(change=samples.runs_a_script), "program"),
        (samples.pdf(change=samples.launches), "program"),
        (samples.pdf(change=samples.carries_a_file), "another file"),
        (samples.pdf(change=samples.asks_by_form), "form"),
        (samples.pdf(change=samples.sends_a_form), "form"),
        (samples.pdf(change=samples.plays), "program"),
        (samples.pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "without a password"),
        (samples.pdf(encryption=pikepdf.Encryption(owner="o", user="")), "protected"),
        (samples.pdf(pages=101), "the most is 100 pages"),
        (samples.pdf(pages=0), "has pages"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "without a password"),
        (b"MZ an .exe", "Choose a PDF"),
        (b"<html>", "Choose a PDF"),
        (b"", "Choose a PDF"),
    ],
)
def test_add_enclosure_refuses_documents(
    house: factories.House, case: Case, data: bytes, says: str
) -> None:
    with pytest.raises(errors.DocumentRefused, match=says):
        add(house, case, data)

    assert not Enclosure.objects.exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (samples.word_with("word/vbaProject.bin", b"\0"), "program"),
        (samples.word_with("word/embeddings/o.bin", b"\0"), "another file"),
        (samples.word_with("word/x.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "as Word writes"),
        (samples.word_with("word/x.xml", b"<a>"), "as Word writes"),
        (samples.word_with("word/_rels/x.rels", samples.CODED_RELATIONS), "from outside"),
        (
            samples.word_with(
                "word/_rels/x.rels", (samples.RELATIONS % b"image").decode().encode("utf-16")
            ),
            "from outside",
        ),
        (samples.word_with("word/x.xml", samples.CODED_FIELD), "from outside"),
        (samples.word_with("word/_rels/x.rels", samples.RELATIONS % b"image"), "from outside"),
        (
            samples.word_with("word/_rels/x.rels", samples.RELATIONS % b"attachedTemplate"),
            "outside",
        ),
        (samples.word_with("word/x.xml", samples.FIELD), "from outside"),
        (samples.word_with("word/big.xml", bytes(201_000_000)), "too large"),
        (samples.word()[:-300], "damaged"),
        (b"PK\x03\x04 not a zip", "damaged"),
    ],
)
def test_word_documents_that_act_fetch_or_burst(data: bytes, says: str) -> None:
    with pytest.raises(errors.DocumentRefused, match=says):
        word_files.refuse_unsafe(data)


def test_a_zip_that_is_no_word_document() -> None:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr("a.txt", "a")

    with pytest.raises(errors.DocumentRefused, match="Choose a PDF"):
        word_files.refuse_unsafe(written.getvalue())


def test_a_word_document_may_link(case: Case) -> None:
    word_files.refuse_unsafe(
        samples.word_with("word/_rels/x.rels", samples.RELATIONS % b"hyperlink")
    )


def test_add_enclosure_refuses_a_broken_picture(house: factories.House, case: Case) -> None:
    with pytest.raises(PictureRefused):
        add(house, case, picture_samples.jpeg()[:500])


@pytest.mark.parametrize(
    ("other", "refusal"),
    [({"name": " "}, errors.NameMissing), ({"tells": ()}, errors.TellsNothing)],
)
def test_add_enclosure_without_name_or_what_it_tells(
    house: factories.House, case: Case, other: Any, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        add(house, case, samples.pdf(), **other)


def test_add_enclosure_twice_is_one_row(house: factories.House, case: Case) -> None:
    first = add(house, case, samples.pdf())
    evidence.remove_enclosure(enclosure=first, by=house.clinician, at=NOW)

    again = add(house, case, queries.original_of(first))

    assert again.pk == first.pk
    assert queries.enclosures_of(case).get() == first


def test_two_documents_of_one_name_are_refused(house: factories.House, case: Case) -> None:
    add(house, case, samples.pdf())

    with pytest.raises(errors.NameTaken):
        add(house, case, samples.pdf(pages=2), name="inspection REPORT")


def test_add_enclosure_one_too_many(house: factories.House, case: Case, settings: Any) -> None:
    add(house, case, samples.pdf())
    settings.EVIDENCE_FILES_A_CASE = 1

    with pytest.raises(errors.TooManyFiles):
        add(house, case, samples.pdf(pages=2), name="Another")


def test_add_enclosure_takes_the_right(house: factories.House, case: Case) -> None:
    with pytest.raises(NotAllowed):
        add(house, case, samples.pdf(), by=house.evaluator)


def test_enclosures_visible_to_the_team_alone(house: factories.House, case: Case) -> None:
    kept = add(house, case, samples.pdf())

    assert queries.enclosures_visible_to(house.clinician).get() == kept
    assert not queries.enclosures_visible_to(factories.a_house().clinician).exists()
