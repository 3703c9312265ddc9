"""Addresses of mail and of pages in running text: what looks like a link is one."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from letters.drafting.content import Block, Item, ItemList, LetterContent, Panel, Paragraph, Span

Linkable = TypeVar("Linkable", bound=Block | Item)

MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
PAGE = r"(?:https://|www\.)[^\s<>\"'()\\]*[\w/]"
ADDRESS = re.compile(rf"({MAIL}|{PAGE})", re.ASCII)


def linked(content: LetterContent) -> LetterContent:
    """The letter with each address in a paragraph or an item as a link of its own."""
    return replace(content, blocks=tuple(_linked(block) for block in content.blocks))


def _linked(block: Linkable) -> Linkable:
    made: object = block
    match block:
        case Paragraph() | Item():
            made = replace(block, spans=tuple(p for span in block.spans for p in _pieces(span)))
        case ItemList():
            made = replace(block, items=tuple(_linked(item) for item in block.items))
        case Panel():
            made = replace(block, blocks=tuple(_linked(inner) for inner in block.blocks))
    return made  # type: ignore[return-value]  # each branch makes what it was given


def _pieces(span: Span) -> Iterator[Span]:
    if span.href is not None or not ADDRESS.search(span.text):
        yield span
        return
    for number, text in enumerate(ADDRESS.split(span.text)):
        is_address = number % 2 == 1
        if text:
            yield replace(span, text=text, href=_address(text) if is_address else None)


def _address(text: str) -> str:
    if "@" in text and not text.startswith("https://"):
        return f"mailto:{text}"
    return text if text.startswith("https://") else f"https://{text}"
