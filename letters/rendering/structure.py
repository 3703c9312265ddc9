"""The tags of one PDF carried over into another, so that a bundle can be read aloud throughout.

Each page keeps the numbers of its passages; the number under which the tree finds a page is given
anew, since every document begins at 0.
"""

from dataclasses import dataclass
from typing import Any

import pikepdf

# pikepdf's types know objects of a PDF, not what each holds.
Tree = Any
# What reading tags raises that are not made as tags are.
_BROKEN = (AttributeError, LookupError, RuntimeError, TypeError, ValueError)


def take_over(volume: pikepdf.Pdf, source: pikepdf.Pdf, first: int) -> None:
    """Join the tags of `source` to those of `volume`, whose pages from `first` on came from it. A
    source without tags leaves its pages without: nothing is made up."""
    tags = _tags_of(volume, source)
    if tags is None:
        for page in volume.pages[first:]:
            _untag(page)
        return
    root: Tree = volume.Root.StructTreeRoot
    numbers = root.ParentTree.Nums
    offset = _next(numbers)
    for number, passage in tags.passages:
        numbers.extend([number + offset, passage])
    for page in volume.pages[first:]:
        _renumber(page, offset)
    for kid in tags.kids:
        kid.P = root
        root.K.append(kid)
    root.ParentTreeNextKey = _next(numbers)


@dataclass(frozen=True, slots=True)
class _Tags:
    """The tags of one document, copied: by number for its pages, and from the top."""

    passages: list[tuple[int, Tree]]
    kids: list[Tree]


def _tags_of(volume: pikepdf.Pdf, source: pikepdf.Pdf) -> _Tags | None:
    """None for a document without tags, and for one whose tags are not as they should be: its
    pages are bound in all the same."""
    tree: Tree = source.Root.get("/StructTreeRoot")
    try:
        copied: Tree = volume.copy_foreign(tree)
        passages = _pairs(copied.ParentTree, set())
        kids = list(copied.K) if isinstance(copied.K, pikepdf.Array) else [copied.K]
    except (*_BROKEN, pikepdf.PdfError, pikepdf.ForeignObjectError):
        return None
    sound = all(isinstance(kid, pikepdf.Dictionary) for kid in kids)
    return _Tags(passages, kids) if sound else None


def _untag(page: pikepdf.Page) -> None:
    if "/StructParents" in page:
        del page["/StructParents"]


def _renumber(page: pikepdf.Page, offset: int) -> None:
    if isinstance(page.get("/StructParents"), int):
        page.StructParents = page.StructParents + offset
    else:
        _untag(page)
    for note in page.get("/Annots", pikepdf.Array()):
        if isinstance(note.get("/StructParent"), int):
            note.StructParent = note.StructParent + offset


def _pairs(tree: Tree, seen: set[tuple[int, int]]) -> list[tuple[int, Tree]]:
    """The numbers and tags of a tree of numbers, whose branches may have branches; refuses one
    that comes back to itself."""
    if tree.is_indirect and tree.objgen in seen:
        raise ValueError("a tree of numbers comes back to itself")
    seen.add(tree.objgen)
    numbers = list(tree.get("/Nums", pikepdf.Array()))
    here = list(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    return here + [pair for kid in tree.get("/Kids", pikepdf.Array()) for pair in _pairs(kid, seen)]


def _next(numbers: Tree) -> int:
    return max((int(number) for number in list(numbers)[::2]), default=-1) + 1
