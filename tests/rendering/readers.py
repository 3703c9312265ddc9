"""What a reader of each format takes in, word by word, markers of lists included."""

import ctypes
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
from lxml import etree, html
from pypdfium2 import raw

from letters.drafting.content import Block, LetterContent, Panel, Paragraph, Span, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RULE = re.compile(r"([!=-])\1*")


def words_of_text(text: str) -> tuple[str, ...]:
    lines = (line for line in text.splitlines() if not RULE.fullmatch(line))
    return tuple(" ".join(lines).split())


def unrolled(content: LetterContent) -> LetterContent:
    """Each row of a table as the labelled lines that the text has in its place."""
    return replace(content, blocks=tuple(b for each in content.blocks for b in _unrolled(each)))


def _unrolled(block: Block) -> Iterator[Block]:
    match block:
        case Panel():
            inner = tuple(line for each in block.blocks for line in _unrolled(each))
            yield replace(block, blocks=inner)  # type: ignore[arg-type]  # no panel in a panel
        case Table():
            yield _paragraph(block.caption)
            for row in block.rows:
                for column, cell in zip(block.columns, row.cells, strict=True):
                    yield _paragraph(f"{column.title}: {cell}")
        case _:
            yield block


def _paragraph(text: str) -> Paragraph:
    return Paragraph(id="", spans=(Span(text=text),))


def words_of_html(page: str) -> tuple[str, ...]:
    return tuple("".join(_texts(html.document_fromstring(page))).split())


def _texts(element: etree._Element) -> Iterator[str]:
    """With the marker that a browser puts before each item of a list."""
    if element.tag == "li":
        parent = element.getparent()
        yield " • " if parent.tag == "ul" else f" {parent.index(element) + 1}. "
    elif element.tag not in ("a", "bdi", "span", "strong"):
        yield " "
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def parts_of_docx(document: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(document)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def words_of_docx(document: bytes) -> tuple[str, ...]:
    return tuple(" ".join(blocks_of_docx(document)).split())


def blocks_of_docx(document: bytes) -> tuple[str, ...]:
    """The body, paragraph by paragraph in the order in which it is read, each cell of a table and
    each label of a list of lines by itself; items of lists with their markers."""
    parts = parts_of_docx(document)
    kinds = _kinds_of_list(parts.get("word/numbering.xml"))
    counts: dict[str, int] = {}
    body = etree.fromstring(parts["word/document.xml"])
    texts = (_paragraph_of_docx(each, kinds, counts) for each in body.iter(f"{W}p"))
    return tuple(block for text in texts for block in text if block)


def _kinds_of_list(numbering: bytes | None) -> dict[str, str]:
    """ "bullet" or "decimal", by the number of the list."""
    if numbering is None:
        return {}
    root = etree.fromstring(numbering)
    kinds = {
        each.get(f"{W}abstractNumId"): each.find(f"{W}lvl/{W}numFmt").get(f"{W}val")
        for each in root.iter(f"{W}abstractNum")
    }
    return {
        each.get(f"{W}numId", ""): kinds[each.find(f"{W}abstractNumId").get(f"{W}val")]
        for each in root.iter(f"{W}num")
    }


def _paragraph_of_docx(
    paragraph: etree._Element, kinds: dict[str, str], counts: dict[str, int]
) -> tuple[str, ...]:
    marker = ""
    number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
    if number is not None:
        key = number.get(f"{W}val", "")
        counts[key] = counts.get(key, 0) + 1
        marker = "• " if kinds[key] == "bullet" else f"{counts[key]}. "
    inner = (_said_by(each) for each in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab"))
    text = marker + "".join(inner)
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    is_label = style is not None and style.get(f"{W}val") == "LetterWith"
    pieces = text.split("\t") if is_label else [text]
    return tuple(" ".join(piece.split()) for piece in pieces)


def _said_by(element: etree._Element) -> str:
    """Left out is the sign after words from right to left, which no letter has of its own."""
    if element.tag == f"{W}tab":
        return "\t" if element.getparent().tag == f"{W}r" else ""
    return (element.text or "").replace("\u200e", "") if element.tag == f"{W}t" else " "


@dataclass(frozen=True, kw_only=True)
class Tagged:
    """A leaf of the structure of a PDF: its tags from the document down, and its text."""

    tags: tuple[str, ...]
    text: str


def inflated(document: bytes) -> bytes:
    """The objects of a PDF in plain sight: dictionaries and metadata are packed in streams."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, flags=re.DOTALL)
    return b"\n".join(zlib.decompressobj().decompress(each) for each in streams)


def pages_of_pdf(document: bytes) -> tuple[str, ...]:
    """All that is painted on each page, running lines included."""
    pages = pypdfium2.PdfDocument(document)
    return tuple(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def tagged_text(document: bytes) -> tuple[Tagged, ...]:
    """The words in the order in which a screen reader reads them; artifacts are left out, and so
    are the heads that a table has again where it goes on over a page."""
    pages = pypdfium2.PdfDocument(document)
    return tuple(leaf for page in pages for leaf in _tagged_page(page))


def _tagged_page(page: pypdfium2.PdfPage) -> Iterator[Tagged]:
    texts = _marked_texts(page)
    tree = raw.FPDF_StructTree_GetForPage(page)
    for index in range(raw.FPDF_StructTree_CountChildren(tree)):
        yield from _leaves(raw.FPDF_StructTree_GetChildAtIndex(tree, index), texts, ())
    raw.FPDF_StructTree_Close(tree)


def _leaves(element: object, texts: dict[int, str], above: tuple[str, ...]) -> Iterator[Tagged]:
    tags = (*above, _utf16(raw.FPDF_StructElement_GetType, element))
    words = _utf16(raw.FPDF_StructElement_GetActualText, element)
    if words:  # what stands beside the shapes is what is read aloud
        yield Tagged(tags=tags, text=words)
        return
    leaves = list(_children(element, texts, tags))
    goes_on = tags[-1] == "Table" and not any("Caption" in leaf.tags for leaf in leaves)
    yield from (leaf for leaf in leaves if not (goes_on and "THead" in leaf.tags))


def _children(element: object, texts: dict[int, str], tags: tuple[str, ...]) -> Iterator[Tagged]:
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            yield from _leaves(child, texts, tags)
        else:
            marked = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if marked >= 0:  # else a link, whose words stand beside it
                yield Tagged(tags=tags, text=texts.get(marked, ""))


def _marked_texts(page: pypdfium2.PdfPage) -> dict[int, str]:
    texts: dict[int, str] = {}
    textpage = page.get_textpage()
    for index in range(raw.FPDFPage_CountObjects(page)):
        painted = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(painted) == raw.FPDF_PAGEOBJ_TEXT:
            marked = raw.FPDFPageObj_GetMarkedContentID(painted)
            text = _utf16(lambda p, b, n: raw.FPDFTextObj_GetText(p, textpage, b, n), painted)
            texts[marked] = texts.get(marked, "") + text
    return {number: _whole(text) for number, text in texts.items()}


def _whole(text: str) -> str:
    """PDFium may hand out the two halves of a sign beyond U+FFFF apart."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _utf16(read, thing) -> str:  # type: ignore[no-untyped-def]  # a C function and its pointer
    size = read(thing, None, 0)
    buffer = ctypes.create_string_buffer(size)
    read(thing, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    text = buffer.raw.decode("utf-16-le", "surrogatepass").rstrip("\0")
    return text.replace("\x02", "-")  # how PDFium reports a hyphen at the end of a line
