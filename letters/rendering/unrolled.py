"""Tables as labelled lines: columns side by side come apart in a narrow window and in large print,
and a screen reader reads across them."""

from collections.abc import Iterator
from dataclasses import replace

from letters.drafting.content import (
    Block,
    Emphasis,
    ItemList,
    LetterContent,
    Panel,
    Paragraph,
    Row,
    Span,
    Table,
)


def unrolled(content: LetterContent) -> LetterContent:
    """The letter with each row of a table as one paragraph of labelled lines."""
    return replace(content, blocks=tuple(b for block in content.blocks for b in _unrolled(block)))


def rows_of(table: Table) -> tuple[Paragraph, ...]:
    """The caption, then a paragraph for each row: "Room: bedroom", a line for each cell."""
    caption = Span(text=table.caption, emphasis=Emphasis.STRONG)
    return (
        Paragraph(id=table.id, spans=(caption,)),
        *(_lines(table, row) for row in table.rows),
    )


def _unrolled(block: Block) -> Iterator[Block]:
    match block:
        case Panel():
            yield replace(block, blocks=tuple(b for inner in block.blocks for b in _flat(inner)))
        case Table():
            yield from rows_of(block)
        case _:
            yield block


def _flat(block: Paragraph | ItemList | Table) -> tuple[Paragraph | ItemList, ...]:
    return rows_of(block) if isinstance(block, Table) else (block,)


def _lines(table: Table, row: Row) -> Paragraph:
    cells = zip(table.columns, row.cells, strict=True)
    text = "\n".join(f"{column.title}: {cell}" for column, cell in cells)
    return Paragraph(id=row.id, spans=(Span(text=text),))
