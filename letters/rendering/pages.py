"""Pages of other documents: counted, taken over, numbered, linked and bookmarked.

Everything here works on PDF that was checked when it came in; what runs by itself is left behind.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO

import pikepdf

from letters.rendering import structure
from letters.rendering.errors import RenderingFailed

POINT = 72 / 25.4  # in a millimetre
A4 = (210 * POINT, 297 * POINT)
STAMP = (62 * POINT, 6.1 * POINT)
ABOVE_EDGE = 4 * POINT
# What reading a page raises that is not made as pages are.
_BROKEN = (AttributeError, LookupError, RuntimeError, TypeError, ValueError)
ALIKE = 2  # points within which a page is as large as A4


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page by its place in its document, from 0."""

    place: int


@lru_cache(maxsize=256)
def leaves_of(document: bytes) -> tuple[Leaf, ...]:
    """The pages of a PDF; refuses one that cannot be read. Kept until `forget`, since an index is
    set several times."""
    return _counted(document)


def forget() -> None:
    """Hold no document longer than its bundle takes."""
    leaves_of.cache_clear()


def _counted(document: bytes) -> tuple[Leaf, ...]:
    try:
        with pikepdf.open(BytesIO(document)) as opened:
            return tuple(Leaf(place) for place in range(len(opened.pages)))
    except pikepdf.PdfError:
        raise RenderingFailed("A document of the bundle cannot be read as PDF") from None


def bound(letter: bytes, enclosures: Sequence[bytes]) -> bytes:
    """A letter and what it encloses as one file to print, in order; the letter keeps its tags and
    its properties, and the same files give the same bytes."""
    try:
        with pikepdf.open(BytesIO(letter)) as volume:
            for enclosure in enclosures:
                add(volume, enclosure, _counted(enclosure))
            _claim_nothing(volume)
            return saved(volume)
    except pikepdf.PdfError:
        raise RenderingFailed("A letter cannot be read as PDF") from None


def add(volume: pikepdf.Pdf, document: bytes, leaves: Sequence[Leaf]) -> None:
    """Append pages, with their tags where they have some; one of another size is fitted to A4."""
    try:
        _add(volume, document, leaves)
    except (*_BROKEN, pikepdf.PdfError):
        raise RenderingFailed("A document cannot be bound in: its pages are damaged") from None


def _add(volume: pikepdf.Pdf, document: bytes, leaves: Sequence[Leaf]) -> None:
    with pikepdf.open(BytesIO(document)) as source:
        chosen = [source.pages[leaf.place] for leaf in leaves]
        if all(map(_is_upright_a4, chosen)):
            first = len(volume.pages)
            volume.pages.extend(chosen)
            for page in volume.pages[first:]:
                _still(page)
            structure.take_over(volume, source, first)
        else:
            for page in chosen:
                _fit(volume, page)


def stamp(volume: pikepdf.Pdf, stamps: bytes) -> None:
    """The number of each page at its foot, where no letter prints anything."""
    with pikepdf.open(BytesIO(stamps)) as numbers:
        for page, number in zip(volume.pages, numbers.pages, strict=True):
            _, _, right, _ = map(float, page.mediabox)
            left = (right - STAMP[0]) / 2
            place = pikepdf.Rectangle(left, ABOVE_EDGE, left + STAMP[0], ABOVE_EDGE + STAMP[1])
            _lay(volume, number, on=page, place=place)


def bookmark(volume: pikepdf.Pdf, marks: Sequence[tuple[str, int]], *, numbers_from: int) -> None:
    """Bookmarks by title and place, and the numbers that a reader's screen shows."""
    with volume.open_outline() as outline:
        outline.root.clear()
        outline.root.append(pikepdf.OutlineItem("Index", 0))
        outline.root.extend(pikepdf.OutlineItem(title, place) for title, place in marks)
    start = pikepdf.Dictionary(S=pikepdf.Name.D, St=numbers_from)
    volume.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, start]))


def link(volume: pikepdf.Pdf, here: str, places: Mapping[str, int]) -> None:
    """Turn addresses that begin with `here` into links to the pages of this file."""
    for page in volume.pages:
        for note in page.get("/Annots", pikepdf.Array()):
            address = str(note.get("/A", pikepdf.Dictionary()).get("/URI", ""))
            if address.startswith(here):
                target = volume.pages[places[address.removeprefix(here)]]
                height = float(target.mediabox[3])
                del note["/A"]
                note.Dest = pikepdf.Array([target.obj, pikepdf.Name.XYZ, 0, height, 0])
                note.Contents = pikepdf.String("To the page")


def describe(volume: pikepdf.Pdf, *, title: str, language: str, on: date) -> None:
    """Title and language; nothing of the files that were taken over, and no claim that all of them
    can be kept for ever."""
    _claim_nothing(volume)
    with volume.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as described:
        described["dc:title"] = title
    volume.docinfo["/Title"] = title
    volume.docinfo["/CreationDate"] = volume.docinfo["/ModDate"] = f"D:{on:%Y%m%d}000000Z"
    volume.Root.Lang = pikepdf.String(language)


def saved(volume: pikepdf.Pdf) -> bytes:
    """The same bytes for the same pages."""
    made = BytesIO()
    volume.remove_unreferenced_resources()
    volume.save(
        made,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return made.getvalue()


def _claim_nothing(volume: pikepdf.Pdf) -> None:
    """One file of ours conforms; what it is bound with need not."""
    with volume.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as described:
        for claim in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part"):
            if claim in described:
                del described[claim]


def _is_upright_a4(page: pikepdf.Page) -> bool:
    left, bottom, right, top = map(float, page.mediabox)
    is_a4 = abs(right - left - A4[0]) <= ALIKE and abs(top - bottom - A4[1]) <= ALIKE
    return is_a4 and left == bottom == 0 and int(page.get("/Rotate", 0)) % 360 == 0


def _fit(volume: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """The page as a picture of itself on A4, above the place of the number."""
    left, bottom, right, top = map(float, page.trimbox)
    is_wide = (right - left > top - bottom) != (int(page.get("/Rotate", 0)) % 180 == 90)
    width, height = (A4[1], A4[0]) if is_wide else A4
    volume.add_blank_page(page_size=(width, height))
    margin = ABOVE_EDGE + STAMP[1] + ABOVE_EDGE
    place = pikepdf.Rectangle(0, margin, width, height)
    _lay(volume, page, on=volume.pages[-1], place=place)


def _lay(
    volume: pikepdf.Pdf, page: pikepdf.Page, *, on: pikepdf.Page, place: pikepdf.Rectangle
) -> None:
    """A page as a picture of itself on another, upright and within `place`. pikepdf has this, too,
    under names of chance: the same bundle would have other bytes each time."""
    form = volume.copy_foreign(page.as_form_xobject())
    name = on.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/Laid{_laid_on(on)}"))
    painted = on.calc_form_xobject_placement(
        form,
        name,
        place,
        invert_transformations=True,
        allow_shrink=True,
        allow_expand=True,
    )
    on.contents_add(b"q\n", prepend=True)
    on.contents_add(b"\nQ\n" + painted)


def _laid_on(page: pikepdf.Page) -> int:
    names = page.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    return sum(str(name).startswith("/Laid") for name in iter(names))


def _still(page: pikepdf.Page) -> None:
    """What a page would do by itself, or asks to be filled in, is left behind; links stay."""
    if "/AA" in page:
        del page["/AA"]
    notes = [note for note in _notes(page) if _is_quiet_link(note)]
    if notes:
        page.Annots = pikepdf.Array(notes)
    elif "/Annots" in page:
        del page["/Annots"]


def _notes(page: pikepdf.Page) -> list[pikepdf.Object]:
    """What lies over the page; anything that is no note is left out."""
    notes = page.get("/Annots")
    found = list(notes) if isinstance(notes, pikepdf.Array) else []
    return [note for note in found if isinstance(note, pikepdf.Dictionary)]


def _is_quiet_link(note: pikepdf.Object) -> bool:
    """Whether it only leads somewhere, once a reader follows it."""
    action = note.get("/A")
    if note.get("/Subtype") != "/Link" or not isinstance(action, pikepdf.Dictionary | None):
        return False
    return action is None or (
        action.get("/S") == "/URI"
        and re.match(r"https?://|mailto:", str(action.get("/URI", ""))) is not None
    )
