"""What WeasyPrint leaves undone in the tags of a PDF, done before the file is written.

Running heads and page numbers are painted as content that hangs on no tag; a screen reader must be
told to pass them over. Heads of tables lack their scope, without which a reader that follows no
references cannot say which column or row a head is for.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

Element = Any  # pydyf is untyped: a dictionary of the PDF


def complete(pdf: Any) -> None:  # a pydyf.PDF, before it is written
    """Make artifacts of what no tag holds, and say the scope of every head of a table."""
    elements = {each.reference: each for each in pdf.objects if _type_of(each) == "/StructElem"}
    root = next(each for each in pdf.objects if _type_of(each) == "/StructTreeRoot")
    reachable = dict(_walk(root["K"], elements, above=""))
    for reference, above in reachable.items():
        if elements[reference]["S"] == "/TH":
            elements[reference]["A"]["Scope"] = "/Column" if above == "/THead" else "/Row"
    parents = next(each for each in pdf.objects if each.reference == root["ParentTree"])
    pages = [each for each in pdf.objects if _type_of(each) == "/Page"]
    streams = {each.reference: each for each in pdf.objects if isinstance(each, pydyf.Stream)}
    for page in pages:
        content = streams[page["Contents"]]
        owners = parents["Nums"][2 * page["StructParents"] + 1]
        loose = [number for number, owner in enumerate(owners) if owner not in reachable]
        _pass_over(content.stream, frozenset(loose))
        for number in loose:
            owners[number] = "null"
    for reference, element in elements.items():
        if reference not in reachable:
            element.free = "f"


def _walk(kids: Any, elements: dict[bytes, Element], *, above: str) -> Iterator[tuple[bytes, str]]:
    """Each element below, with the group of rows it stands in."""
    for kid in kids:
        if kid in elements:
            element = elements[kid]
            yield kid, above
            here = element["S"] if element["S"] in ("/THead", "/TBody") else above
            yield from _walk(element["K"], elements, above=here)


def _pass_over(stream: list[Any], numbers: frozenset[int]) -> None:
    """The marked passages with these numbers become pagination, which is not read aloud."""
    for place, operand in enumerate(stream):
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in numbers:
            stream[place - 1] = "/Artifact"
            stream[place] = pydyf.Dictionary({"Type": "/Pagination"})


def _type_of(thing: Any) -> object:
    return thing.get("Type") if isinstance(thing, pydyf.Dictionary) else None
