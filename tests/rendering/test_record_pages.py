"""The pages that a bundle has of its own, and a letter bound with what it encloses."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from letters.drafting.content import Picture
from letters.rendering import pages, pdf
from letters.rendering.errors import RenderingFailed
from letters.rendering.pictures import NO_PICTURES, prepare_photograph
from letters.rendering.record_pages import print_photograph, print_record
from letters.rendering.records import PhotographPage, Record, digest_of_record
from tests.evidence import document_samples
from tests.rendering import picture_samples, samples
from tests.rendering.checker import complaints_about
from tests.rendering.readers import tagged_text

RECORD = Record(
    heading="Proof that a letter left",
    on=date(2026, 11, 23),
    pairs=(("Letter", "Report of a hazard"), ("SHA-256 of its PDF", "0123456789abcdef" * 4)),
    said=(("What was written down of it", "Smith & Sons say <nothing> {{ to }} see.\nNext line."),),
    steps=(("11 am on Monday", "Accepted by the mail server"),),
    note="It does not show that anybody has read it.",
)
PREPARED = prepare_photograph(picture_samples.jpeg(picture_samples.quarters((800, 1200))))
PHOTOGRAPH = PhotographPage(
    heading="Photograph 3",
    on=date(2026, 7, 3),
    picture=Picture(
        digest=PREPARED.digest,
        media_type=PREPARED.media_type,
        width=PREPARED.width,
        height=PREPARED.height,
        alt="Black mould above the bed",
    ),
    pairs=(("Shows", "Black mould above the bed"), ("Taken", "On 3 July 2026 by the tenant")),
)
PRINTED = print_record(RECORD)
PICTURES = {PREPARED.digest: PREPARED.data}


def text_of(document: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(document)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in opened]


def test_print_record_says_every_word_once_and_in_order() -> None:
    (text,) = text_of(print_record(RECORD))

    at = 0
    for words in (
        RECORD.heading,
        "Report of a hazard",
        "Smith & Sons say <nothing> {{ to }} see. Next line.",
        "Accepted by the mail server",
        RECORD.note,
    ):
        assert text.count(words) == 1
        at = text.index(words, at)


def test_pages_are_accessible_and_the_same_each_time(tmp_path: Path) -> None:
    made = {"record": print_record(RECORD), "photograph": print_photograph(PHOTOGRAPH, PICTURES)}

    assert complaints_about(made, tmp_path) == {}
    assert made["record"] == print_record(RECORD)
    assert made["photograph"] == print_photograph(PHOTOGRAPH, PICTURES)


def test_print_photograph_fits_one_page_and_shows_it() -> None:
    printed = print_photograph(PHOTOGRAPH, PICTURES)

    (text,) = text_of(printed)
    assert "Photograph 3" in text
    assert "On 3 July 2026 by the tenant" in text
    shown = pypdfium2.PdfDocument(printed)[0].render(scale=1).to_pil().convert("RGB")
    assert any(red > 250 > 5 > green for _, (red, green, _) in shown.getcolors(1 << 20) or ())


def test_print_photograph_refuses_another_picture() -> None:
    with pytest.raises(RenderingFailed, match="missing"):
        print_photograph(PHOTOGRAPH, NO_PICTURES)
    with pytest.raises(RenderingFailed, match="not the one"):
        print_photograph(PHOTOGRAPH, {PREPARED.digest: PREPARED.data + b"!"})


def test_digest_of_record_changes_with_every_word() -> None:
    assert digest_of_record(RECORD) == digest_of_record(replace(RECORD))
    assert digest_of_record(RECORD) != digest_of_record(replace(RECORD, note="Another."))


def test_bound_is_the_letter_and_then_its_enclosures() -> None:
    letter = pdf.render(samples.LETTER)
    enclosures = [print_record(RECORD), document_samples.pdf(pages=2)]

    made = pages.bound(letter, enclosures)

    assert made == pages.bound(letter, enclosures)
    assert text_of(made) == [*text_of(letter), *text_of(enclosures[0]), "", ""]
    said = [leaf.text for leaf in tagged_text(made)]
    assert [leaf.text for leaf in tagged_text(letter)] == said[: len(tagged_text(letter))]


def test_bound_makes_no_claim_for_what_it_was_bound_with() -> None:
    made = pages.bound(pdf.render(samples.LETTER), [document_samples.pdf()])

    with pikepdf.open(BytesIO(made)) as opened, opened.open_metadata() as described:
        assert "pdfaid:part" not in described
        assert "pdfuaid:part" not in described
        assert opened.Root.Lang == "en-GB"


def no_tree(made: pikepdf.Pdf) -> None:
    made.Root.StructTreeRoot = made.make_indirect(Dictionary(Type=Name.StructTreeRoot))


def no_dictionary(made: pikepdf.Pdf) -> None:
    made.Root.StructTreeRoot = Array([1, 2])


def in_a_ring(made: pikepdf.Pdf) -> None:
    numbers = made.make_indirect(Dictionary())
    numbers.Kids = Array([numbers])
    tree = Dictionary(Type=Name.StructTreeRoot, K=Array([]), ParentTree=numbers)
    made.Root.StructTreeRoot = made.make_indirect(tree)
    made.pages[0].StructParents = 0


def ever_doubling(made: pikepdf.Pdf) -> None:
    """Small as a file, and without end for whoever counts each way down."""
    numbers = made.make_indirect(Dictionary(Nums=Array([])))
    for _ in range(60):
        numbers = made.make_indirect(Dictionary(Kids=Array([numbers, numbers])))
    tree = Dictionary(Type=Name.StructTreeRoot, K=Array([]), ParentTree=numbers)
    made.Root.StructTreeRoot = made.make_indirect(tree)


def odd_numbers(made: pikepdf.Pdf) -> None:
    tree = Dictionary(K=Array([7]), ParentTree=Dictionary(Nums=Array([0, Array([]), 1])))
    made.Root.StructTreeRoot = made.make_indirect(tree)
    made.pages[0].StructParents = Name.Zero


def odd_notes(made: pikepdf.Pdf) -> None:
    action = Dictionary(Subtype=Name.Link, A=Name.JavaScript)
    made.pages[0].Annots = Array([7, Name.Link, action])


def notes_that_are_none(made: pikepdf.Pdf) -> None:
    made.pages[0].Annots = Name.Nothing


@pytest.mark.parametrize(
    "change",
    [
        no_tree,
        no_dictionary,
        in_a_ring,
        ever_doubling,
        odd_numbers,
        odd_notes,
        notes_that_are_none,
    ],
)
@pytest.mark.parametrize("size", [(595.28, 841.89), (612, 792)])
def test_bound_takes_pages_whose_tags_or_notes_are_odd(
    change: document_samples.Change, size: tuple[float, float]
) -> None:
    odd = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=size)
        change(made)
        made.save(odd)

    bound = pages.bound(PRINTED, [odd.getvalue()])

    with pikepdf.open(BytesIO(bound)) as opened:
        assert len(opened.pages) == 2
        assert "/StructParents" not in opened.pages[1]
        assert "/Annots" not in opened.pages[1]
    assert [leaf.text for leaf in tagged_text(bound)] == [
        leaf.text for leaf in tagged_text(PRINTED)
    ]


def test_bound_refuses_a_page_that_is_damaged() -> None:
    odd = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595.28, 841.89))
        made.pages[0].Rotate = Name.Wide
        made.save(odd)

    with pytest.raises(RenderingFailed, match="damaged"):
        pages.bound(PRINTED, [odd.getvalue()])
