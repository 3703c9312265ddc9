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
MAPPING = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>$")
RUN = re.compile(rb"\[(.*>)(-?[\d.]+)?\] TJ$", re.DOTALL)
WORD_JOINER = "\u2060"  # for a shape that is part of a letter, as PDF/A allows no gap


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
    is_mixed = any(map(RIGHT_TO_LEFT.search, said))
    beside = {}
    for passage, words in zip(passages, said, strict=True):
        if SOUTH_ASIAN.search(words):
            beside[passage.number] = pydyf.String(words)
        # a reader may turn round what stands beside words from right to left
        if (is_mixed or SOUTH_ASIAN.search(words)) and _holds_words_alone(passage.tag):
            before = passage.tag.get("ActualText")
            passage.tag["ActualText"] = pydyf.String(before.string + words if before else words)
    for operand in stream:
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in beside:
            operand["ActualText"] = beside[operand["MCID"]]


def carry_over(stream: list[Any]) -> None:
    """Put a step back at the end of a run of shapes at the start of the next: PDFium forgets one
    that comes last, and would paint a comma over the Bengali letter before it."""
    step = b""
    for place, operand in enumerate(stream):
        if operand == b"ET":
            step = b""
        elif isinstance(operand, bytes) and (run := RUN.match(operand)):
            stream[place] = b"[%s %s] TJ" % (step, run[1])
            step = run[2] or b""


def _holds_words_alone(tag: Any) -> bool:
    """Whether no other tag is below, whose words would be replaced with this one's; a link has the
    object of the link beside its words."""
    others = sum(not isinstance(kid, int) for kid in tag["K"])
    return others == 0 or (others == 1 and bool(tag["S"] == "/Link"))


def name_shapes(document: Any, pdf: Any) -> None:  # WeasyPrint's and pydyf's
    """Say of each shape which letter it draws. WeasyPrint says what a shape stood for where it was
    first seen: of "i" in a font that draws the dot below "ị" apart, that it is "ị", and every later
    "i" would be read so."""
    objects = {each.reference: each for each in pdf.objects}
    tables = {
        each["BaseFont"]: objects[each["ToUnicode"]]
        for each in pdf.objects
        if isinstance(each, pydyf.Dictionary) and "ToUnicode" in each
    }
    families = {family.name: family for family in fonts.families()}
    for font in document.fonts.values():
        letters = fonts.letters_of(families[font.family])
        table = tables[font.name]
        table.stream = [_named(line, letters) for line in table.stream]


def _named(line: bytes, letters: Mapping[int, frozenset[str]]) -> bytes:
    mapping = MAPPING.match(line)
    if mapping is None:
        return line
    said = bytes.fromhex(mapping[2].decode()).decode("utf-16-be")
    own = letters.get(int(mapping[1], 16), frozenset())
    if said in own or (said and not own):
        return line
    letter = min(own, default=WORD_JOINER)
    return b"<%s> <%s>" % (mapping[1], letter.encode("utf-16-be").hex().encode())


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
