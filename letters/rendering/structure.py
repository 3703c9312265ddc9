"""The tags of one PDF carried over into another, so that a bundle can be read aloud throughout.

Each page keeps the numbers of its passages; the number under which the tree finds a page is given
anew, since every document begins at 0.
"""

from typing import Any

import pikepdf

# pikepdf's types know objects of a PDF, not what each holds.
Tree = Any


def take_over(volume: pikepdf.Pdf, source: pikepdf.Pdf, first: int) -> None:
    """Join the tags of `source` to those of `volume`, whose pages from `first` on came from it. A
    source without tags leaves its pages without: nothing is made up."""
    tree = source.Root.get("/StructTreeRoot")
    if tree is None:
        for page in volume.pages[first:]:
            if "/StructParents" in page:
                del page["/StructParents"]
        return
    copied: Tree = volume.copy_foreign(tree)
    root: Tree = volume.Root.StructTreeRoot
    numbers = root.ParentTree.Nums
    offset = _next(numbers)
    for number, tags in _pairs(copied.ParentTree):
        numbers.extend([number + offset, tags])
    for page in volume.pages[first:]:
        _renumber(page, offset)
    kids = copied.K if isinstance(copied.K, pikepdf.Array) else pikepdf.Array([copied.K])
    for kid in kids:
        kid.P = root
        root.K.append(kid)
    root.ParentTreeNextKey = _next(numbers)


def _renumber(page: pikepdf.Page, offset: int) -> None:
    if "/StructParents" in page:
        page.StructParents = int(page.StructParents) + offset
    for note in page.get("/Annots", pikepdf.Array()):
        if "/StructParent" in note:
            note.StructParent = int(note.StructParent) + offset


def _pairs(tree: Tree) -> list[tuple[int, Tree]]:
    """The numbers and tags of a tree of numbers, whose branches may have branches."""
    numbers = list(tree.get("/Nums", pikepdf.Array()))
    here = list(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    return here + [pair for kid in tree.get("/Kids", pikepdf.Array()) for pair in _pairs(kid)]


def _next(numbers: Tree) -> int:
    return max((int(number) for number in list(numbers)[::2]), default=-1) + 1
