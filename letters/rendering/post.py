"""What a printing and posting service would refuse of a PDF, found by drawing it.

The areas and limits are those of GOV.UK Notify for letters that come as PDF, which its printer
sets: millimetres from the left and the top of an A4 sheet that is folded into a DL window envelope.
Drawn pages show what a printer prints, whoever made the file; the printer's own marks go into the
margin on the left, so nothing else may.
"""

import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from threading import RLock

import pypdfium2
from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import raw

from letters.drafting.identifiers import NotAPostcode, normal_postcode
from letters.rendering.hindrances import (
    FEWEST_LINES,
    MOST_LINES,
    MOST_PAGES,
    Hindrance,
    PostFault,
)

WIDTH, HEIGHT = 210.0, 297.0
_SLACK = 2.0  # how far a sheet may be from A4
_BLUR = 1.0  # how far the edge of a letter may be drawn over a border
_DOTS = 100  # an inch
_TAG = "NOTIFY"
_NOT_AT_THE_START = tuple('@()=[]"\\/,<>~')
_drawing = RLock()  # PDFium keeps one state for the whole process


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of a sheet, in millimetres from its left and top edges."""

    left: float
    top: float
    right: float
    bottom: float

    def widened(self, by: float) -> "Area":
        return Area(
            left=self.left - by, top=self.top - by, right=self.right + by, bottom=self.bottom + by
        )


WINDOW = Area(left=24.6, top=39.5, right=120, bottom=66.3)
SHEET = Area(left=15, top=5, right=195, bottom=292)
FIRST_SHEET = (
    Area(left=15, top=5, right=125, bottom=30),  # the organisation's name and mark
    Area(left=125, top=5, right=195, bottom=95),  # where to write to it
    WINDOW,
    Area(left=15, top=95, right=195, bottom=292),
)
_TAG_AREA = Area(left=2.4, top=1.3, right=20.5, bottom=9.5)


def faults_for_post(pdf: bytes) -> tuple[PostFault, ...]:
    """What a printer would refuse, each once for a page; nothing for a letter that can go."""
    with _drawing:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return (PostFault(what=Hindrance.UNREADABLE, page=0),)
        with closing(document):
            return tuple(dict.fromkeys(_faults(document)))


def _faults(document: pypdfium2.PdfDocument) -> Iterator[PostFault]:
    if len(document) > MOST_PAGES:
        yield PostFault(what=Hindrance.TOO_MANY_PAGES, page=0)
    for number in range(1, min(len(document), MOST_PAGES) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            yield PostFault(what=Hindrance.UNREADABLE, page=number)
            continue
        with closing(page):
            yield from (PostFault(what=what, page=number) for what in _of_page(page, number))


def _of_page(page: pypdfium2.PdfPage, number: int) -> Iterator[Hindrance]:
    if not _is_a4(page):
        yield Hindrance.NOT_A4  # there is no telling what would be printed where
        return
    allowed = FIRST_SHEET if number == 1 else (SHEET,)
    if _is_printed_outside(page, allowed):
        yield Hindrance.OUTSIDE_PRINTED_AREA
    if not all(_embedded_fonts(page)):
        yield Hindrance.FONT_NOT_EMBEDDED
    with closing(page.get_textpage()) as words:
        if number == 1:
            yield from _of_address(_lines_in(words, WINDOW.widened(3)))
        elif _TAG in _lines_in(words, _TAG_AREA):
            yield Hindrance.NOTIFY_TAG


def _is_a4(page: pypdfium2.PdfPage) -> bool:
    """As it is shown, and without what a crop box hides, since a printer may look at either."""
    left, bottom, right, top = page.get_mediabox()
    whole = sorted((right - left, top - bottom))
    return all(
        math.isclose(points / 72 * 25.4, millimetres, abs_tol=_SLACK)
        for size in (page.get_size(), whole)
        for points, millimetres in zip(size, (WIDTH, HEIGHT), strict=True)
    )


def _is_printed_outside(page: pypdfium2.PdfPage, allowed: tuple[Area, ...]) -> bool:
    with closing(page.render(scale=_DOTS / 72, grayscale=True)) as bitmap:
        drawn = bitmap.to_pil().convert("L")
        pencil = ImageDraw.Draw(drawn)
        for area in allowed:
            pencil.rectangle(_in_dots(area.widened(_BLUR)), fill="white")
        return _has_ink(drawn)


def _has_ink(drawn: Image.Image) -> bool:
    return ImageChops.invert(drawn).getbbox() is not None


def _in_dots(area: Area) -> tuple[int, int, int, int]:
    left, top, right, bottom = (
        round(millimetres / 25.4 * _DOTS)
        for millimetres in (area.left, area.top, area.right, area.bottom)
    )
    return left, top, right, bottom


def _embedded_fonts(page: pypdfium2.PdfPage) -> Iterator[bool]:
    """Whether each passage brings its font with it."""
    for words in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font = raw.FPDFTextObj_GetFont(words.raw)
        yield bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 1


def _lines_in(words: pypdfium2.PdfTextPage, area: Area) -> list[str]:
    height = words.page.get_height()
    left, top, right, bottom = (
        millimetres / 25.4 * 72 for millimetres in (area.left, area.top, area.right, area.bottom)
    )
    found = words.get_text_bounded(left, height - bottom, right, height - top)
    return [line.strip() for line in found.splitlines() if line.strip()]


def _of_address(lines: list[str]) -> Iterator[Hindrance]:
    if not FEWEST_LINES <= len(lines) <= MOST_LINES:
        yield Hindrance.ADDRESS_LINES
    if lines and not _is_postcode(lines[-1]):
        yield Hindrance.ADDRESS_POSTCODE
    if any(line.startswith(_NOT_AT_THE_START) for line in lines):
        yield Hindrance.ADDRESS_SIGNS


def _is_postcode(line: str) -> bool:
    try:
        normal_postcode(line)
    except NotAPostcode:
        return False
    return True
