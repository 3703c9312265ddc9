"""What WeasyPrint leaves undone in the tags of a PDF, done before the file is written.

Running heads and page numbers are painted as content that hangs on no tag; a screen reader must be
told to pass them over. Heads of tables lack their scope, without which a reader that follows no
references cannot say which column or row a head is for.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

from letters.rendering import actual_text
from letters.rendering.actual_text import Passage

Element = Any  # pydyf is untyped: a dictionary of the PDF


def complete(document: Any, pdf: Any) -> None:  # WeasyPrint's and pydyf's, before it is written
    """Make artifacts of what no tag holds, say the scope of every head of a table, and write the
    words beside shapes that do not tell them."""
    elements = {each.reference: each for each in _all(pdf, "/StructElem")}
    root = next(_all(pdf, "/StructTreeRoot"))
    for element, above in tuple(_walk(root["K"], elements, above="")):
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Column" if above == "/THead" else "/Row"
        if element["S"] == "/LI":
            _give_body(element, elements, pdf)
    _tell_heads_apart(root, elements)
    owners = next(each for each in pdf.objects if each.reference == root["ParentTree"])["Nums"]
    kept = {element.reference for element, _ in _walk(root["K"], elements, above="")}
    passages = tuple(_passages(root, elements))
    streams = {
        each.reference: each.stream for each in pdf.objects if isinstance(each, pydyf.Stream)
    }
    for page, painted in zip(document.pages, _all(pdf, "/Page"), strict=True):
        stream = streams[painted["Contents"]]
        actual_text.carry_over(stream)
        _pass_over(stream, owners[2 * painted["StructParents"] + 1], kept)
        here = [passage for on, passage in passages if on == painted.reference]
        actual_text.write(page, stream, here)
    actual_text.name_shapes(document, pdf)
    for reference in elements.keys() - kept:
        elements[reference].clear()


def _walk(
    kids: Any, elements: dict[bytes, Element], *, above: str
) -> Iterator[tuple[Element, str]]:
    """Each element below in the order it is read, with the group of rows it stands in."""
    for kid in kids:
        if kid in elements:
            element = elements[kid]
            yield element, above
            here = element["S"] if element["S"] in ("/THead", "/TBody") else above
            yield from _walk(element["K"], elements, above=here)


def _give_body(item: Element, elements: dict[bytes, Element], pdf: Any) -> None:
    """Part an item of a list from its marker, which WeasyPrint does for a marker outside only."""
    marker = [kid for kid in item["K"] if elements[kid]["S"] == "/Lbl"]
    others = [kid for kid in item["K"] if kid not in marker]
    if any(elements[kid]["S"] == "/LBody" for kid in others):
        return
    body = pydyf.Dictionary({**item, "S": "/LBody", "K": pydyf.Array(others), "P": item.reference})
    pdf.add_object(body)
    elements[body.reference] = body
    for kid in others:
        elements[kid]["P"] = body.reference
    item["K"] = pydyf.Array([*marker, body.reference])


def _tell_heads_apart(root: Element, elements: dict[bytes, Element]) -> None:
    """A table that goes on over a page has its heads there again, each with a name of its own."""
    given: set[bytes] = set()
    for number, table in enumerate(_of_kind(root, elements, "/Table")):
        cells = [*_of_kind(table, elements, "/TH"), *_of_kind(table, elements, "/TD")]
        names = {cell["ID"].data: cell["ID"] for cell in cells if "ID" in cell}
        again = {
            data: pydyf.String(f"{name.string}-{number}")
            for data, name in names.items()
            if data in given
        }
        given |= names.keys()
        for cell in cells:
            if "ID" in cell:
                cell["ID"] = again.get(cell["ID"].data, cell["ID"])
            if "Headers" in cell["A"]:
                heads = cell["A"]["Headers"]
                cell["A"]["Headers"] = pydyf.Array(again.get(each.data, each) for each in heads)


def _of_kind(tag: Element, elements: dict[bytes, Element], kind: str) -> Iterator[Element]:
    below = _walk(tag["K"], elements, above="")
    return (element for element, _ in below if element["S"] == kind)


def _passages(
    tag: Element, elements: dict[bytes, Element], on: bytes = b""
) -> Iterator[tuple[bytes, Passage]]:
    """Each marked passage below in the order it is read, with the page it is on."""
    on = tag.get("Pg", on)
    for kid in tag["K"]:
        if isinstance(kid, int):
            yield on, Passage(number=kid, tag=tag)
        elif kid in elements:
            yield from _passages(elements[kid], elements, on)


def _pass_over(stream: list[Any], owners: Any, kept: set[bytes]) -> None:
    """The marked passages that no tag holds become pagination, which is not read aloud."""
    loose = {number for number, owner in enumerate(owners) if owner not in kept}
    for place, operand in enumerate(stream):
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in loose:
            stream[place - 1] = "/Artifact"
            stream[place] = pydyf.Dictionary({"Type": "/Pagination"})
    for number in loose:
        owners[number] = "null"


def _all(pdf: Any, kind: str) -> Iterator[Any]:
    return (
        each
        for each in pdf.objects
        if isinstance(each, pydyf.Dictionary) and each.get("Type") == kind
    )
