"""The layout shells in templates_legal/layout, which hold no legal word."""

import re
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from letters.drafting.content import Block, ItemList, LetterContent, Panel, Paragraph, Span
from letters.rendering.errors import RenderingFailed
from letters.rendering.scripts import runs_right_to_left, split_runs

FOLDER = Path(__file__).parents[2] / "templates_legal" / "layout"
HREF = re.compile(r"(https://|mailto:)[^\s\"'<>\\]+")


def environment() -> ImmutableSandboxedEnvironment:
    """Every value is escaped, and a name that nobody defined raises."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["lines"] = lines
    made.filters["direction"] = direction
    return made


def lines(text: str) -> Markup:
    """The line breaks of the text as line breaks of the page, and each run of words from right to
    left set off from what stands around it."""
    return Markup("<br>").join(_isolated(line) for line in text.split("\n"))


def direction(spans: tuple[Span, ...]) -> str:
    """Which way a passage runs as a whole: "rtl" when all of it is in such languages."""
    is_rtl = all(span.language and runs_right_to_left(span.language) for span in spans)
    return "rtl" if spans and is_rtl else "ltr"


def _isolated(line: str) -> str | Markup:
    if line.isascii():  # nearly every line
        return line
    return Markup("").join(
        Markup('<bdi dir="rtl">{}</bdi>').format(piece) if is_run else piece
        for piece, is_run in split_runs(line)
    )


def refuse_unsafe_links(content: LetterContent) -> None:
    """Refuses an address that is neither https: nor mailto:, as a browser might run it."""
    for block in content.blocks:
        for span in _spans(block):
            if span.href is not None and not HREF.fullmatch(span.href):
                raise RenderingFailed("A link is neither https: nor mailto:")


def _spans(block: Block) -> tuple[Span, ...]:
    match block:
        case Paragraph(spans=spans):
            return spans
        case ItemList(items=items):
            return tuple(span for item in items for span in item.spans)
        case Panel(blocks=blocks):
            return tuple(span for inner in blocks for span in _spans(inner))
        case _:
            return ()
