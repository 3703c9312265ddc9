"""Which headers and footers a Word file shows on which pages."""

from collections.abc import Iterator

from letters.rendering.word import faults
from letters.rendering.word.faults import ShellFault
from letters.rendering.word.inspection import Inspected, W
from letters.rendering.word.package import Element

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFF = {"0", "false", "off"}
_LEAST_WIDTH = 6800  # 12 cm, in twentieths of a point
_PAGE, _MARGIN = 11906, 1440


def sections(document: Element) -> list[Element]:
    """In the order of the pages; the last one is the body's own."""
    return list(document.iter(f"{W}sectPr"))


def is_on(parent: Element | None, name: str) -> bool:
    """Whether a switch of Word's is set."""
    switch = None if parent is None else parent.find(f"{W}{name}")
    return switch is not None and switch.get(f"{W}val", "1").lower() not in _OFF


def kinds_needed(document: Element, settings: Element | None) -> tuple[str, ...]:
    """Of the headers: that of any page, of first pages, of even pages."""
    has_first = any(is_on(section, "titlePg") for section in sections(document))
    return (
        "default",
        *(("first",) if has_first else ()),
        *(("even",) if is_on(settings, "evenAndOddHeaders") else ()),
    )


def first_page_parts(document: Element, inspected: Inspected) -> frozenset[str]:
    """The document itself, and the header and footer of its first page."""
    shown = {inspected.main}
    every = sections(document)
    kind = "first" if every and is_on(every[0], "titlePg") else "default"
    targets = {each.id: each.target for each in inspected.kept[inspected.main]}
    for each in references(every[0]) if every else ():
        if each.get(f"{W}type", "default") == kind:
            shown.add(targets.get(each.get(f"{R}id", ""), ""))
    return frozenset(shown)


def references(section: Element) -> Iterator[Element]:
    """To headers and footers."""
    yield from section.iterchildren(f"{W}headerReference", f"{W}footerReference")


def text_width(document: Element) -> int:
    """Between the margins of the last section, in twentieths of a point."""
    section = (sections(document) or [document])[-1]
    page, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    across = number(page, "w", _PAGE)
    return across - number(margins, "left", _MARGIN) - number(margins, "right", _MARGIN)


def page_faults(part: str, document: Element) -> Iterator[ShellFault]:
    """A letter needs one column, wide enough for its tables."""
    if text_width(document) < _LEAST_WIDTH:
        yield ShellFault(part=part, mend=faults.NARROW)
    for section in sections(document):
        if number(section.find(f"{W}cols"), "num", 1) > 1:
            yield ShellFault(part=part, mend=faults.COLUMNS)


def number(element: Element | None, name: str, without: int) -> int:
    """What an attribute of Word's says, or `without` where it says nothing that Word would take."""
    said = "" if element is None else element.get(f"{W}{name}", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else without
