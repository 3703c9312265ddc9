"""The layout shells in templates_legal/layout, which hold no legal word."""

import re
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from letters.drafting.content import Block, ItemList, LetterContent, Panel, Paragraph, Span
from letters.rendering.errors import RenderingFailed

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
    return made


def lines(text: str) -> Markup:
    """The line breaks of the text as line breaks of the page."""
    return Markup("<br>").join(text.split("\n"))


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
