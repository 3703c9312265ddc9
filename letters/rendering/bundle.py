"""A bundle: many documents as one PDF with an index, a chronology, page numbers and bookmarks, in
volumes where one would be too long for who receives it.

Page numbers run through all volumes from the first page of the first, index included, so that a
page has the number its reader's screen shows. The index needs the numbers and takes pages itself,
so it is set again until nothing moves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html import unescape
from io import BytesIO
from itertools import accumulate

import pikepdf
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.rendering import fonts, pages, pdf
from letters.rendering.errors import RenderingFailed
from letters.rendering.labels import labels_for
from letters.rendering.pages import Leaf
from letters.rendering.printable import printable_tree
from letters.rendering.shells import FOLDER, environment

# Bytes of a volume besides those of its documents: index, chronology, numbers, bookmarks.
OF_ITS_OWN = 150_000
MOST_SETTINGS = 6  # of an index, which is still after two or three
HERE = "https://bundle.invalid/"  # what a link inside a bundle looks like until it is bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One document of the bundle; `kind` in words ("Letter"), `on` None where it has no day."""

    id: str
    title: str
    kind: str
    on: date | None
    document: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of the chronology, with the part that shows it, or None."""

    on: date
    says: str
    part: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What stands before the index; `particulars` as ("Home", "1 Example Street")."""

    language: str
    title: str
    particulars: tuple[tuple[str, str], ...]
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a volume may hold at most."""

    pages: int
    size: int  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One file of the bundle, with the numbers of its first and last page."""

    number: int
    first_page: int
    last_page: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the index: a part, or so much of it as one volume holds."""

    part: Part
    leaves: tuple[Leaf, ...]
    goes_on: bool
    first_page: int = 0

    @property
    def last_page(self) -> int:
        return self.first_page + len(self.leaves) - 1


class BundleTooLarge(RenderingFailed):
    """A single page is larger than a volume may be."""


def bind(
    cover: Cover, parts: Sequence[Part], events: Sequence[Event], *, limits: Limits
) -> tuple[Volume, ...]:
    """The volumes, the same bytes for the same documents; a part that no volume could hold alone
    goes on in the next."""
    refused = {event.part for event in events} - {part.id for part in parts} - {None}
    if refused or not parts:
        raise RenderingFailed("A bundle needs documents, and its chronology only those it holds")
    cover, told = printable_tree(cover), printable_tree(tuple(events))
    fronts = [1]
    for _ in range(MOST_SETTINGS):
        most = limits.pages - max(fronts)
        entries = [entry for part in parts for entry in _entries(part, most, limits.size)]
        shelves = _numbered(_shelved(entries, fronts, limits), fronts)
        made = [_front(cover, shelves, told, number) for number in range(len(shelves))]
        counted = [len(pages.leaves_of(front)) for front in made]
        if counted == fronts:
            return _volumes(cover, shelves, made, limits)
        fronts = counted
    raise RenderingFailed("The index of the bundle does not come to rest")


def _entries(part: Part, most: int, size: int) -> list[Entry]:
    """The part in pieces of at most so many pages, and of about so many bytes."""
    leaves = pages.leaves_of(part.document)
    if not leaves:
        raise RenderingFailed("A document of the bundle has no pages")
    fitting = len(leaves) * (size - OF_ITS_OWN) // len(part.document)
    at_once = min(most, fitting)
    if at_once < 1:
        raise BundleTooLarge("A page of the bundle is larger than a whole volume may be")
    pieces = [leaves[at : at + at_once] for at in range(0, len(leaves), at_once)]
    named = replace(printable_tree(replace(part, document=b"")), document=part.document)
    return [
        Entry(part=named, leaves=piece, goes_on=number > 0) for number, piece in enumerate(pieces)
    ]


def _shelved(entries: Sequence[Entry], fronts: Sequence[int], limits: Limits) -> list[list[Entry]]:
    """The entries by volume, in order; `fronts`: pages of index that each volume begins with."""
    shelves: list[list[Entry]] = [[]]
    held, size = fronts[0], 0
    for entry in entries:
        whole = len(pages.leaves_of(entry.part.document))
        weight = len(entry.part.document) * len(entry.leaves) // whole
        is_full = held + len(entry.leaves) > limits.pages
        if shelves[-1] and (is_full or size + weight > limits.size - OF_ITS_OWN):
            shelves.append([])
            held, size = fronts[min(len(shelves), len(fronts)) - 1], 0
        shelves[-1].append(entry)
        held, size = held + len(entry.leaves), size + weight
    return shelves


def _numbered(shelves: Sequence[Sequence[Entry]], fronts: list[int]) -> list[list[Entry]]:
    """The same with the number of the first page of each; one volume more may have come."""
    fronts.extend([fronts[-1]] * (len(shelves) - len(fronts)))
    del fronts[len(shelves) :]
    numbered, page = [], 1
    for shelf, front in zip(shelves, fronts, strict=True):
        page += front
        starts = accumulate((len(entry.leaves) for entry in shelf), initial=page)
        numbered.append(
            [replace(entry, first_page=start) for entry, start in zip(shelf, starts, strict=False)]
        )
        page += sum(len(entry.leaves) for entry in shelf)
    return numbered


def _front(
    cover: Cover, shelves: Sequence[Sequence[Entry]], events: Sequence[Event], number: int
) -> bytes:
    """The pages before the documents of one volume; the chronology stands in the first."""
    found = {entry.part.id: entry for shelf in shelves for entry in shelf if not entry.goes_on}
    page = (
        _environment()
        .get_template("bundle.html")
        .render(
            cover=cover,
            labels=labels_for(cover.language),
            number=number + 1,
            count=len(shelves),
            entries=shelves[number],
            events=events if number == 0 else (),
            found=found,
            in_volume={entry.part.id for entry in shelves[number]},
            here=HERE,
        )
    )
    return _printed(page)


def _volumes(
    cover: Cover, shelves: Sequence[Sequence[Entry]], fronts: Sequence[bytes], limits: Limits
) -> tuple[Volume, ...]:
    made, page = [], 1
    last = page - 1 + sum(len(pages.leaves_of(f)) for f in fronts)
    last += sum(len(entry.leaves) for shelf in shelves for entry in shelf)
    for number, (shelf, front) in enumerate(zip(shelves, fronts, strict=True), start=1):
        data = _bound(cover, front, shelf, page, last)
        until = shelf[-1].last_page
        if len(data) > limits.size:
            raise BundleTooLarge("A volume of the bundle came out larger than it may be")
        made.append(Volume(number=number, first_page=page, last_page=until, data=data))
        page = until + 1
    return tuple(made)


def _bound(cover: Cover, front: bytes, shelf: Sequence[Entry], first: int, last: int) -> bytes:
    """One volume: front, documents, a number on each page, bookmarks and links."""
    with pikepdf.open(BytesIO(front)) as volume:
        for entry in shelf:
            pages.add(volume, entry.part.document, entry.leaves)
        stamps = _stamps(first, len(volume.pages), last)
        pages.stamp(volume, stamps)
        marks = [(_named(entry), entry.first_page - first) for entry in shelf]
        pages.bookmark(volume, marks, numbers_from=first)
        starts = {entry.part.id: entry.first_page - first for entry in shelf if not entry.goes_on}
        pages.link(volume, HERE, starts)
        pages.describe(volume, title=cover.title, language=cover.language, on=cover.made_on)
        return pages.saved(volume)


def _named(entry: Entry) -> str:
    return entry.part.title if not entry.goes_on else f"{entry.part.title} (continued)"


def _stamps(first: int, count: int, last: int) -> bytes:
    """A small page for each page of the volume, with its number."""
    page = _environment().get_template("stamps.html").render(first=first, count=count, last=last)
    return _printed(page)


def _printed(page: str) -> bytes:
    style = (FOLDER / "bundle.css").read_text(encoding="utf-8")
    families = fonts.families_of(fonts.ARIMO, unescape(page))
    return pdf.print_page(page, style=f"{pdf.typeface(families)}\n{style}")


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return environment()
