"""The same letter for Typst: what its fastest peer would be given, written by hand for it.

As near as plain Typst comes without a template of its own: the same words, headings, lists, tables
and frames, tagged; the letterhead is simpler.
"""

from collections.abc import Iterable

import typst

from letters.drafting.content import (
    Block,
    Emphasis,
    Heading,
    ItemList,
    LetterContent,
    ListKind,
    Panel,
    Paragraph,
    Span,
    Table,
)
from letters.rendering import fonts
from letters.rendering.labels import labels_for
from letters.rendering.words import contact_lines, sign_off_lines

SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "\\#*_`$<>@[]~=-+/"})
PAGE = """\
#set document(title: [{title}], date: none)
#set page(paper: "a4", margin: (x: 21mm, y: 17mm), footer: context [#counter(page).display()])
#set text(font: "Arimo", size: 11pt, lang: "en", region: "GB")
"""


def source_of(content: LetterContent) -> str:
    """The letter in Typst's own language."""
    labels = labels_for(content.language)
    head = (content.letterhead.organisation, content.letterhead.team)
    parts = [
        PAGE.format(title=_text(content.heading)),
        _lines((*head, *contact_lines(content, labels))),
        _lines(content.addressee),
        _lines((labels.day(content.written_on), content.reference)),
        f"= {_text(content.heading)}",
        _lines(f"{name} {value}" for name, value in content.subject),
        _text(content.salutation),
        *map(_block, content.blocks),
        _text(content.closing),
        _lines(sign_off_lines(content, labels)),
        _lines((*content.copies, *content.enclosures, *content.small_print)),
    ]
    return "\n\n".join(parts)


def compiler() -> typst.Compiler:
    """A warm one: it has read the fonts of the letters, and none of the machine."""
    return typst.Compiler(font_paths=[fonts.FOLDER / "arimo"], ignore_system_fonts=True)


def printed(warm: typst.Compiler, source: str) -> bytes:
    """Tagged, as ours is."""
    made = warm.compile(source.encode(), format="pdf", pdf_standards=["ua-1"])
    if not isinstance(made, bytes):
        raise TypeError("Typst made no PDF of one file")
    return made


def _text(text: str) -> str:
    return text.translate(SPECIAL).replace("\n", " \\\n")


def _lines(lines: Iterable[str]) -> str:
    return " \\\n".join(map(_text, lines))


def _spans(spans: Iterable[Span]) -> str:
    strong = (f"#strong[{_text(s.text)}]" for s in spans)
    plain = (_text(s.text) for s in spans)
    return "".join(
        bold if span.emphasis is Emphasis.STRONG else text
        for span, bold, text in zip(spans, strong, plain, strict=True)
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'=' * block.level} {_text(block.text)}"
        case Paragraph():
            return _spans(block.spans)
        case ItemList():
            call = "enum" if block.kind is ListKind.NUMBERED else "list"
            return f"#{call}({', '.join(f'[{_spans(item.spans)}]' for item in block.items)})"
        case Table():
            return _table(block)
        case Panel():
            inner = "\n\n".join(map(_block, block.blocks))
            title = f"#strong[{_text(block.title)}]"
            return f"#block(stroke: 0.3mm, inset: 3mm, width: 100%)[\n{title}\n\n{inner}\n]"


def _table(table: Table) -> str:
    widths = ", ".join(f"{column.width}fr" for column in table.columns)
    heads = ", ".join(f"[{_text(column.title)}]" for column in table.columns)
    cells = ", ".join(f"[{_text(cell)}]" for row in table.rows for cell in row.cells)
    return (
        f"#strong[{_text(table.caption)}]\n\n"
        f"#table(columns: ({widths},), stroke: 0.2mm, table.header({heads}), {cells})"
    )
