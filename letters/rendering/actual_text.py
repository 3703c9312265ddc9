"""Words beside their shapes: in scripts whose letters change form and place, a program cannot read
the words back from the shapes that are painted, so the words are written beside them.

WeasyPrint keeps no record of which painted passage holds which words. Both stand in the same order,
that of the boxes, so they are matched by it; a page where their numbers differ is refused. From
right to left the words stand in the tag alone: PDFium turns round what it finds beside the shapes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from letters.rendering import fonts
from letters.rendering.errors import RenderingFailed

RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
SOUTH_ASIAN = re.compile(r"[\u0900-\u0dff]")
GAP = re.compile(rb"<([0-9a-f]{4})> <>$")
WORD_JOINER = "\u2060"
# Families in which one letter may take several shapes, or several letters one.
SHAPED = {family.name: family for family in fonts.families() if family.is_shaped}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One marked passage of a page: its number there, and its tag, a dictionary of the PDF."""

    number: int
    tag: Any


def write(page: Any, stream: list[Any], passages: list[Passage]) -> None:
    """`page` is WeasyPrint's, `stream` its painted form, `passages` in the order they are read."""
    said = [_words(box) for box in _leaves(page._page_box)]  # noqa: SLF001 there is no public way
    if all(map(str.isascii, said)):
        return
    if len(passages) != len(said):
        raise RenderingFailed("The words of a page cannot be told from its shapes")
    beside = {}
    for passage, words in zip(passages, said, strict=True):
        if RIGHT_TO_LEFT.search(words) or SOUTH_ASIAN.search(words):
            passage.tag["ActualText"] = pydyf.String(words)
        if SOUTH_ASIAN.search(words):
            beside[passage.number] = pydyf.String(words)
    for operand in stream:
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in beside:
            operand["ActualText"] = beside[operand["MCID"]]


def name_shapes(document: Any, pdf: Any) -> None:  # WeasyPrint's and pydyf's
    """Say of each shape that stands for nothing of its own which letter it draws, or else that it
    is nothing: PDF/A allows no gap."""
    objects = {each.reference: each for each in pdf.objects}
    for font in document.fonts.values():
        if font.family not in SHAPED:
            continue
        letters = fonts.letters_of(SHAPED[font.family])
        dictionary = next(
            each
            for each in pdf.objects
            if isinstance(each, pydyf.Dictionary)
            and each.get("BaseFont") == font.name
            and "ToUnicode" in each
        )
        table = objects[dictionary["ToUnicode"]]
        table.stream = [_named(line, letters) for line in table.stream]


def _named(line: bytes, letters: Mapping[int, str]) -> bytes:
    gap = GAP.match(line)
    if gap is None:
        return line
    letter = letters.get(int(gap[1], 16), WORD_JOINER)
    return b"<%s> <%s>" % (gap[1], letter.encode("utf-16-be").hex().encode())


def _leaves(box: Any) -> Iterator[Any]:
    """What paints words or a picture, in the order of the tags; nothing in the margins."""
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
        yield box
    elif isinstance(box, AbsolutePlaceholder):
        yield from _leaves(box._box)  # noqa: SLF001 there is no public way
    elif isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.MarginBox):
        for child in box.children:
            yield from _leaves(child)


def _words(box: Any) -> str:
    return box.text if isinstance(box, boxes.TextBox) else ""
