"""The words of a letter in reading order: what every format must say."""

from collections.abc import Iterator

from letters.drafting.content import (
    Block,
    Heading,
    ItemList,
    LetterContent,
    ListKind,
    Panel,
    Paragraph,
    Span,
    Table,
)
from letters.rendering.labels import Labels, labels_for
from letters.rendering.printable import printable_tree

BULLET = "•"


def words(content: LetterContent) -> tuple[str, ...]:
    """Each word once, list markers among them, without the line at the foot of each page."""
    return tuple(" ".join(passages(content)).split())


def passages(content: LetterContent) -> tuple[str, ...]:
    """The same, passage by passage: a line of the head, a heading, a paragraph, a list item with
    its marker, the title of a panel, the cell of a table, a caption."""
    content = printable_tree(content)
    labels = labels_for(content.language)
    found = (
        *_opening(content, labels),
        *(passage for block in content.blocks for passage in _block(block)),
        *_ending(content, labels),
    )
    return tuple(passage for passage in found if passage)


def item_markers(item_list: ItemList) -> tuple[str, ...]:
    """What stands before each item of a list."""
    if item_list.kind is ListKind.BULLETED:
        return (BULLET,) * len(item_list.items)
    return tuple(f"{number}." for number in range(1, len(item_list.items) + 1))


def joined(spans: tuple[Span, ...]) -> str:
    """The words of a passage, without its emphasis and links."""
    return "".join(span.text for span in spans)


def contact_lines(content: LetterContent, labels: Labels) -> tuple[str, ...]:
    """How to reach the organisation, as it stands in the letterhead."""
    letterhead = content.letterhead
    ods = (f"{labels.ods_code} {letterhead.ods_code}",) if letterhead.ods_code else ()
    return (
        *letterhead.address,
        f"{labels.telephone} {letterhead.telephone}",
        f"{labels.email} {letterhead.email}",
        *ods,
    )


def sign_off_lines(content: LetterContent, labels: Labels) -> tuple[str, ...]:
    """Who signs, in what role, registered where, and when it was signed."""
    sign_off = content.sign_off
    registration = (sign_off.registration,) if sign_off.registration else ()
    if sign_off.signed_on is None:
        signed = labels.not_signed
    else:
        signed = f"{labels.signed} {labels.day(sign_off.signed_on)}"
    return (sign_off.name, sign_off.role, *registration, signed)


def _opening(content: LetterContent, labels: Labels) -> Iterator[str]:
    yield labels.marks[content.mark]
    yield content.letterhead.organisation
    yield content.letterhead.team
    yield from contact_lines(content, labels)
    yield from content.addressee
    yield f"{labels.written} {labels.day(content.written_on)}"
    yield f"{labels.reference} {content.reference}"
    yield content.heading
    for name, value in content.subject:
        yield f"{name} {value}"
    yield content.salutation


def _ending(content: LetterContent, labels: Labels) -> Iterator[str]:
    yield content.closing
    yield from sign_off_lines(content, labels)
    for label, lines in ((labels.copies, content.copies), (labels.enclosures, content.enclosures)):
        if lines:
            yield label
            yield from lines
    yield from content.small_print
    yield from content.letterhead.style.footer
    for annex in content.annexes:
        yield annex.heading
        yield from (figure.caption for figure in annex.figures)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield text
        case Paragraph(spans=spans):
            yield joined(spans)
        case ItemList(items=items):
            for marker, item in zip(item_markers(block), items, strict=True):
                yield f"{marker} {joined(item.spans)}"
        case Table():
            yield block.caption
            yield from (column.title for column in block.columns)
            yield from (cell for row in block.rows for cell in row.cells)
        case Panel(title=title, blocks=blocks):
            yield title
            for inner in blocks:
                yield from _block(inner)
