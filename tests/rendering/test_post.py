"""What a printer would refuse: one PDF for each rule, and one that can go."""

from collections.abc import Sequence
from io import BytesIO

import pypdfium2
import pytest
from weasyprint import HTML

from letters.rendering.hindrances import MOST_PAGES, Hindrance
from letters.rendering.post import faults_for_post

ADDRESS = ("Exampleton Homes", "1 Specimen Road", "Exampleton", "ZZ99 3AA")
FONT = "font: 10pt 'DejaVu Sans', sans-serif"


def _at(left: float, top: float, what: str, *, style: str = "") -> str:
    return (
        f'<div style="position:absolute; left:{left}mm; top:{top}mm; {FONT}; {style}">{what}</div>'
    )


def _address(lines: Sequence[str] = ADDRESS) -> str:
    return _at(26, 42, "<br>".join(lines), style="line-height: 3.3mm; font-size: 8pt")


def _letter(*parts: str, more: Sequence[str] = (), size: str = "A4") -> bytes:
    sheets = "".join(
        f'<section style="position:relative; height:280mm; break-after:page">{sheet}</section>'
        for sheet in ("".join(parts), *more)
    )
    page = f"<style>@page {{ size: {size}; margin: 0 }} body {{ margin: 0 }}</style>{sheets}"
    return bytes(HTML(string=page).write_pdf())


def _found(pdf: bytes) -> set[tuple[Hindrance, int]]:
    return {(fault.what, fault.page) for fault in faults_for_post(pdf)}


BODY = _at(20, 100, "Words of a letter.")


def test_a_letter_that_keeps_to_its_areas_can_go() -> None:
    head, contact = _at(16, 8, "The organisation"), _at(130, 20, "Where to write to it")

    assert _found(_letter(head, contact, _address(), BODY, more=[_at(16, 6, "More")])) == set()


@pytest.mark.parametrize(
    ("left", "top"),
    [(12.7, 150), (196.3, 150), (20, 2.7), (22.3, 50), (100, 37.2), (60, 67.6), (30, 92.6)],
    ids=["left", "right", "top", "beside", "above", "below", "above the words"],
)
def test_what_stands_outside_the_areas_is_seen(left: float, top: float) -> None:
    blot = _at(left, top, "", style="background: #eee; height: 1mm; width: 1mm")

    found = _found(_letter(_address(), BODY, blot))

    assert found == {(Hindrance.OUTSIDE_PRINTED_AREA, 1)}


@pytest.mark.parametrize(
    ("left", "top"), [(14.3, 150), (192.7, 150), (20, 4.3), (23.9, 50), (30, 94.3)]
)
def test_the_edge_of_a_letter_may_blur(left: float, top: float) -> None:
    blot = _at(left, top, "", style="background: #eee; height: 3mm; width: 3mm")

    assert _found(_letter(_address(), BODY, blot)) == set()


def test_a_later_page_has_no_window() -> None:
    beside, margin = _at(16, 50, "Here it may stand"), _at(5, 50, "not here")

    found = _found(_letter(_address(), BODY, more=[beside, margin]))

    assert found == {(Hindrance.OUTSIDE_PRINTED_AREA, 3)}


def test_white_is_not_ink() -> None:
    blot = _at(5, 150, "", style="background: #fff; height: 9mm; width: 9mm")

    assert _found(_letter(_address(), BODY, blot)) == set()


@pytest.mark.parametrize("size", ["A4 landscape", "A5", "letter"])
def test_another_sheet_is_not_taken(size: str) -> None:
    assert (Hindrance.NOT_A4, 1) in _found(_letter(_address(), BODY, size=size))


def test_a_sheet_that_is_turned_is_seen() -> None:
    document = pypdfium2.PdfDocument(_letter(_address(), BODY))
    document[0].set_rotation(90)

    assert _found(_saved(document)) == {(Hindrance.NOT_A4, 1)}


def test_a_larger_sheet_that_is_cropped_is_seen() -> None:
    document = pypdfium2.PdfDocument(_letter(_address(), BODY, size="A3"))
    document[0].set_cropbox(0, 0, 595, 842)

    assert _found(_saved(document)) == {(Hindrance.NOT_A4, 1)}


@pytest.mark.parametrize(("pages", "found"), [(10, set()), (11, {(Hindrance.TOO_MANY_PAGES, 0)})])
def test_ten_pages_go_into_an_envelope(pages: int, found: set[tuple[Hindrance, int]]) -> None:
    more = [_at(20, 20, "More")] * (pages - 1)

    assert MOST_PAGES == 10
    assert _found(_letter(_address(), BODY, more=more)) == found


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (("Exampleton Homes", "ZZ99 3AA"), Hindrance.ADDRESS_LINES),
        (("A", "B", "C", "D", "E", "F", "G", "ZZ99 3AA"), Hindrance.ADDRESS_LINES),
        (("Exampleton Homes", "1 Specimen Road", "Exampleton"), Hindrance.ADDRESS_POSTCODE),
        (("Exampleton Homes", "ZZ99 3AA", "United Kingdom"), Hindrance.ADDRESS_POSTCODE),
        (("Exampleton Homes", "(invented)", "ZZ99 3AA"), Hindrance.ADDRESS_SIGNS),
    ],
)
def test_an_address_that_is_not_delivered_is_seen(lines: Sequence[str], what: Hindrance) -> None:
    style = "line-height: 2.9mm; font-size: 7pt"

    found = _found(_letter(_at(26, 41, "<br>".join(lines), style=style), BODY))

    assert found == {(what, 1)}


def test_a_window_without_address_is_seen() -> None:
    assert _found(_letter(BODY)) == {(Hindrance.ADDRESS_LINES, 1)}


def test_the_mark_of_a_first_page_is_seen_on_a_later_one() -> None:
    tag = _at(7.4, 4.3, "NOTIFY", style="color: white; font-size: 6pt")

    assert _found(_letter(tag, _address(), BODY)) == set()
    assert _found(_letter(_address(), BODY, more=[tag])) == {(Hindrance.NOTIFY_TAG, 2)}


def test_a_font_that_is_not_brought_is_seen() -> None:
    document = pypdfium2.PdfDocument(_letter(_address(), BODY))
    document.import_pages(pypdfium2.PdfDocument(_WITHOUT_FONT))

    assert _found(_saved(document)) == {(Hindrance.FONT_NOT_EMBEDDED, 2)}


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n%%EOF", b"PK\x03\x04"])
def test_what_is_no_pdf_is_seen(data: bytes) -> None:
    assert _found(data) == {(Hindrance.UNREADABLE, 0)}


def test_what_shows_through_the_window_does_not_go_by_hand() -> None:
    first = faults_for_post(_letter(_address(), BODY, _at(60, 75, "asthma")))
    later = faults_for_post(_letter(_address(), BODY, more=[_at(5, 50, "not here")] * 10))

    assert [fault.stops_by_hand for fault in first] == [True]
    assert not any(fault.stops_by_hand for fault in later)


def test_every_hindrance_says_what_to_mend() -> None:
    assert all(hindrance.label.endswith(".") for hindrance in Hindrance)


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


_WITHOUT_FONT = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
/Resources <</Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>> endobj
4 0 obj <</Length 44>> stream
BT /F1 12 Tf 100 700 Td (Words of it) Tj ET
endstream endobj
trailer <</Root 1 0 R>>
"""
