"""Nothing is cut off: on every page each sign of a letter stands within the margins, even of words
that nobody could break."""

from dataclasses import replace

import pypdfium2
import pytest

from letters.drafting.content import (
    Column,
    Heading,
    LetterContent,
    ListKind,
    Panel,
    Row,
    Table,
    Typeface,
)
from letters.rendering import pdf
from tests.rendering import samples
from tests.rendering.readers import pages_of_pdf

POINTS = 72 / 25.4  # in a millimetre
NAME = "Wolfeschlegelsteinhausenbergerdorff" * 4  # without a place to break it
LONG = NAME[:120]
LINES = tuple(f"{number} {LONG[:80]} Placeholder Court" for number in range(1, 8))
NARRATIVE = "The wall was wet & black <again>; {{ it }} {% was %} C:\\cold \u202e. 😀 " * 280


def with_long_words() -> LetterContent:
    return replace(
        samples.LETTER,
        letterhead=replace(
            samples.LETTERHEAD, organisation=LONG, team=LONG, email=f"{LONG[:60]}@home.example"
        ),
        heading=LONG,
        subject=((LONG[:60], LONG), ("Home", LONG)),
        salutation=LONG,
        blocks=(
            Heading(id="h2", text=LONG, level=2),
            Heading(id="h3", text=LONG, level=3),
            samples.paragraph("p", f"{LONG} ", samples.strong(LONG), f" {LONG}."),
            samples.item_list("l", ListKind.NUMBERED, LONG, LONG),
            _table("t"),
            replace(
                next(each for each in samples.BLOCKS if isinstance(each, Panel)),
                title=LONG,
                blocks=(samples.paragraph("q", LONG), _table("u")),
            ),
        ),
        sign_off=replace(samples.LETTER.sign_off, name=LONG, role=LONG, registration=LONG),
        copies=(LONG,),
        enclosures=(LONG,),
        small_print=(LONG,),
    )


def _table(name: str) -> Table:
    return Table(
        id=name,
        caption=LONG,
        columns=(Column(title=LONG, width=20),) * 5,
        rows=tuple(Row(id=f"{name}{row}", cells=(LONG,) * 5) for row in range(4)),
    )


AWKWARD = {
    "long words": with_long_words(),
    "a long address": replace(samples.LETTER, addressee=(LONG, *LINES)),
    "a long head": replace(samples.LETTER, letterhead=replace(samples.LETTERHEAD, address=LINES)),
    "a long narrative": replace(samples.LETTER, blocks=(samples.paragraph("p", NARRATIVE),)),
    "an empty letter": replace(samples.LETTER, blocks=(), subject=(), copies=(), enclosures=()),
}


def outside(document: bytes, *, margin: float = 14.5) -> list[str]:
    """The signs that stand nearer to the edge of their page than the margin, in millimetres, or
    beyond it."""
    return [
        f"page {number}: {sign!r}"
        for number, page in enumerate(pypdfium2.PdfDocument(document), start=1)
        for sign in _outside(page, margin * POINTS)
    ]


def _outside(page: pypdfium2.PdfPage, margin: float) -> list[str]:
    width, height = page.get_size()
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        sign = text.get_text_range(index, 1)
        within = left >= margin and right <= width - margin and bottom >= 0 and top <= height
        if sign.strip() and not within:
            found.append(sign)
    return found


@pytest.mark.parametrize("typeface", Typeface)
@pytest.mark.parametrize("name", AWKWARD)
def test_every_sign_stands_within_the_margins(name: str, typeface: Typeface) -> None:
    content = AWKWARD[name]
    style = replace(content.letterhead.style, typeface=typeface)
    styled = replace(content, letterhead=replace(content.letterhead, style=style))

    assert outside(pdf.render(styled)) == []


@pytest.mark.parametrize("name", AWKWARD)
def test_large_print_stands_within_the_margins(name: str) -> None:
    assert outside(pdf.render_large(AWKWARD[name])) == []


def test_a_narrative_is_printed_to_its_end() -> None:
    printed = " ".join(pages_of_pdf(pdf.render(AWKWARD["a long narrative"])))

    assert len(NARRATIVE) >= 18_000
    assert printed.count("<again>") == NARRATIVE.count("<again>")
    assert printed.count("{{ it }}") == NARRATIVE.count("{{ it }}")
    assert printed.count("[U+202E]") == NARRATIVE.count("\u202e")


def test_what_stands_outside_is_seen() -> None:
    press_out = '<html lang="en-GB"><title>A page</title><body><p>Words that go on'
    style = "@page { size: 100mm 50mm; margin: 5mm } * { font-family: Arimo; white-space: pre }"

    assert outside(pdf.print_page(press_out, style=style))
