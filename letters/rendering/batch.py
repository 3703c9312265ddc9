"""A batch for a clinic's printer: a list to tick off, and for each letter a sheet with its address,
then the letter. Everything begins on a sheet of its own when printed on both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import unescape
from io import BytesIO

import pikepdf
import segno
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.rendering import fonts, pages, pdf
from letters.rendering.errors import RenderingFailed
from letters.rendering.labels import labels_for
from letters.rendering.printable import printable_tree
from letters.rendering.shells import FOLDER, environment

LANGUAGE = "en-GB"
_LONG = 6  # lines, from which on an address is set smaller, to stay in the window


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the sheet before a letter shows. `address` stands in the window of the envelope; `code`
    is what a scanner reads, `code_in_print` what people type. Nothing of it is about a patient."""

    number: int
    reference: str
    address: tuple[str, ...]
    code: str
    code_in_print: str

    @property
    def is_long(self) -> bool:
        return len(self.address) > _LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The head of the list."""

    title: str
    team: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a letter came to stand: its address sheet, from 1, and how many pages follow it."""

    first_page: int
    page_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The whole of it, the same bytes for the same letters."""

    data: bytes
    placed: tuple[Placed, ...]
    page_count: int


def bind(cover: Cover, letters: Sequence[tuple[Sheet, bytes]]) -> Bound:
    """`letters` with the PDF of each, enclosures included."""
    if not letters:
        raise RenderingFailed("A batch needs letters")
    counts = [len(pages.leaves_of(document)) for _, document in letters]
    listed = [(sheet, count) for (sheet, _), count in zip(letters, counts, strict=True)]
    front = _printed(
        "batch.html", cover=printable_tree(cover), listed=printable_tree(tuple(listed))
    )
    with pikepdf.open(BytesIO(front)) as volume:
        _to_next_sheet(volume)
        placed = tuple(_lay(volume, cover, *each) for each in letters)
        pages.describe(volume, title=cover.title, language=LANGUAGE, on=cover.on)
        return Bound(data=pages.saved(volume), placed=placed, page_count=len(volume.pages))


def _lay(volume: pikepdf.Pdf, cover: Cover, sheet: Sheet, document: bytes) -> Placed:
    first = len(volume.pages) + 1
    _add_on_new_sheet(volume, _sheet(cover, sheet))
    _add_on_new_sheet(volume, document)
    return Placed(first_page=first, page_count=len(pages.leaves_of(document)))


def _add_on_new_sheet(volume: pikepdf.Pdf, document: bytes) -> None:
    pages.add(volume, document, pages.leaves_of(document))
    _to_next_sheet(volume)


def _to_next_sheet(volume: pikepdf.Pdf) -> None:
    """The back of the last sheet stays empty where nothing is printed on it."""
    if len(volume.pages) % 2:
        volume.add_blank_page(page_size=pages.A4)


def _sheet(cover: Cover, sheet: Sheet) -> bytes:
    address = f"https://batch.invalid/{sheet.code}.png"
    picture = (_drawn(sheet.code), "image/png")
    made = _printed(
        "address_sheet.html",
        {address: picture},
        cover=printable_tree(cover),
        sheet=printable_tree(sheet),
        drawn=address,
    )
    if len(pages.leaves_of(made)) != 1:
        raise RenderingFailed("An address is too long for its sheet")
    return made


def _drawn(code: str) -> bytes:
    """A QR code with the white border that readers need."""
    drawn = BytesIO()
    segno.make(code, error="m", micro=False).save(drawn, kind="png", scale=8, border=4)
    return drawn.getvalue()


def _printed(
    shell: str, pictures: dict[str, tuple[bytes, str]] | None = None, **context: object
) -> bytes:
    page = _environment().get_template(shell).render(**context, labels=labels_for(LANGUAGE))
    style = "\n".join(
        (FOLDER / name).read_text(encoding="utf-8") for name in ("bundle.css", "batch.css")
    )
    families = fonts.families_of(fonts.ARIMO, unescape(page))
    style = f"{pdf.typeface(families)}\n{style}"
    return pdf.print_page(page, style=style, pictures=pictures or {})


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return environment()
