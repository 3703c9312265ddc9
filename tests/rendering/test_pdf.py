"""The PDF: tagged, described, from nowhere but its content, and the same each time."""

import logging
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from letters.rendering import fonts, html, pdf
from letters.rendering.errors import RenderingFailed
from tests.rendering import samples
from tests.rendering.readers import inflated, pages_of_pdf, tagged_text

MILLIMETRES = 25.4 / 72  # in a point
AGAIN = (
    "import sys; from letters.rendering import pdf; from tests.rendering import samples; "
    "sys.stdout.buffer.write(pdf.render(samples.LETTER))"
)


@pytest.fixture(scope="module")
def letter() -> bytes:
    return pdf.render(samples.LETTER)


def printed(page: str, *, stylesheet: str = "") -> bytes:
    press = pdf.Press(faces=fonts.faces(), stylesheet=stylesheet)
    return press.print(page, style="* { font-family: Arimo }", pictures={}, attachments=())


def page_with(body: str) -> str:
    return f'<html lang="en-GB"><title>A page</title><body>{body}'


def test_render_names_title_and_days(letter: bytes) -> None:
    described = pypdfium2.PdfDocument(letter).get_metadata_dict()

    assert described["Title"] == samples.LETTER.heading
    assert described["Author"] == samples.LETTERHEAD.organisation
    assert described["CreationDate"].startswith("D:20260701")
    assert described["ModDate"].startswith("D:20260701")


def test_render_claims_both_standards(letter: bytes) -> None:
    metadata = inflated(letter)

    assert b'pdfuaid:part="1"' in metadata
    assert b'pdfaid:part="3"' in metadata
    assert b'pdfaid:conformance="A"' in metadata
    assert b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in metadata


def test_render_is_tagged_in_its_language(letter: bytes) -> None:
    objects = inflated(letter)

    assert pypdfium2.PdfDocument(letter).is_tagged()
    assert b"/Lang(en-GB)" in objects.replace(b"/Lang (", b"/Lang(")
    assert b"/DisplayDocTitle true" in objects


def test_render_tags_headings_lists_and_tables(letter: bytes) -> None:
    leaves = tagged_text(letter)

    def texts(tag: str) -> list[str]:
        return [leaf.text.strip() for leaf in leaves if tag in leaf.tags]

    assert "".join(texts("H1")).startswith("Damp and mould that make")
    assert "What I ask you to do" in texts("H2")
    assert "How the two are connected" in texts("H3")
    assert {"Room", "What was found", "How we know"} <= set(texts("TH"))
    assert texts("Lbl")[:4] == ["•", "•", "•", "1."]


def test_render_describes_its_link(letter: bytes) -> None:
    _, mailbox, law = inflated(letter).split(b"/Subtype /Link")

    assert b"/Contents (mailto:health.justice@exampleton.example)" in mailbox[:300]
    assert b"/Contents (https://www.legislation.gov.uk/ukpga/1985/70)" in law[:300]


def test_render_numbers_pages_outside_the_text(letter: bytes) -> None:
    pages = pages_of_pdf(letter)

    for number, page in enumerate(pages, start=1):
        assert page.endswith(f"Our reference HJP-2026-0042-A Page {number} of {len(pages)}")
    assert not any("Page 1 of" in leaf.text for leaf in tagged_text(letter))


def test_render_fits_a_typical_letter(letter: bytes) -> None:
    assert len(pages_of_pdf(letter)) in (2, 3)


def test_render_keeps_the_signature_with_words(letter: bytes) -> None:
    last = next(page for page in pages_of_pdf(letter) if "Yours faithfully" in page)

    assert last.index("Yours faithfully") > 100


def test_render_puts_the_addressee_in_the_window(letter: bytes) -> None:
    page = pypdfium2.PdfDocument(letter)[0]
    text = page.get_textpage()
    start = text.get_text_range().index("Head of Repairs")

    left, _, _, top = text.get_charbox(start)
    assert 24.6 < left * MILLIMETRES < 27
    assert 39.5 < (page.get_height() - top) * MILLIMETRES < 42


def test_render_shows_the_mark_on_every_page() -> None:
    pages = pages_of_pdf(pdf.render(samples.UNSIGNED))

    assert len(pages) > 1
    assert all("Preview: not reviewed, not for sending" in page for page in pages)


def test_render_shows_no_mark_on_a_letter(letter: bytes) -> None:
    assert not any("not for sending" in page for page in pages_of_pdf(letter))


def test_render_repeats_the_head_of_a_long_table() -> None:
    pages = pages_of_pdf(pdf.render(samples.HOSTILE))

    assert sum("Number What Who" in page for page in pages) > 1


def test_render_uses_the_fonts_of_letters_only(letter: bytes) -> None:
    names = set(re.findall(rb"/FontName ?/[A-Z]+\+([\w-]+)", inflated(letter)))

    assert names == {b"Arimo", b"Arimo-Bold"}


def test_render_gives_the_same_bytes(letter: bytes) -> None:
    pdf.render(samples.HOSTILE)

    assert pdf.render(samples.LETTER) == letter


def test_render_gives_the_same_bytes_elsewhere(letter: bytes) -> None:
    command = [sys.executable, "-c", AGAIN]
    other = subprocess.run(  # noqa: S603 our own interpreter
        command, capture_output=True, check=True, cwd=Path(__file__).parents[2]
    )

    assert other.stdout == letter


def test_render_refuses_a_sign_without_a_font() -> None:
    with pytest.raises(RenderingFailed, match=r"U\+6F22"):
        pdf.render(replace(samples.LETTER, closing="Yours 漢"))


@pytest.mark.parametrize(
    "address",
    ["https://example.invalid/x.png", "file:///etc/hostname", "data:image/png;base64,AAAA"],
)
def test_press_fetches_nothing(address: str) -> None:
    with pytest.raises(RenderingFailed, match="a file or an address outside it"):
        printed(page_with(f'<img alt="" src="{address}">'))


def test_press_fetches_no_style_sheet() -> None:
    with pytest.raises(RenderingFailed, match="a file or an address outside it"):
        printed(page_with('<link rel="stylesheet" href="https://example.invalid/x.css">'))


def test_press_refuses_what_is_only_logged() -> None:
    with pytest.raises(RenderingFailed, match="The printer complained"):
        printed(page_with('<p style="colour: red">text'))


def test_press_refuses_a_broken_font() -> None:
    face = fonts.Face(family=fonts.ARIMO, weight=400, data=b"not a font")

    with pytest.raises(RenderingFailed, match="The printer complained: Font-face"):
        pdf.Press(faces=(face,), stylesheet="")


def test_press_refuses_to_work_unheard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("weasyprint"), "disabled", True)

    with pytest.raises(RenderingFailed, match="logging of weasyprint is off"):
        printed(page_with("text"))


def test_stylesheet_has_a_class_for_each_width() -> None:
    assert ".letter-width-37 { width: 37%; }" in html.stylesheet()
