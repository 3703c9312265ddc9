"""What an organisation's Word file may hold: words, pictures, styles, and nothing that acts.

Parts and fields are taken only if they are known to be harmless; whatever else is there is either
left behind, where Word adds it by itself, or refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from letters.rendering.shells import HREF
from letters.rendering.word import faults
from letters.rendering.word.faults import ShellFault
from letters.rendering.word.package import Element, Package, Relation, Unreadable

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
_VML = "{urn:schemas-microsoft-com:vml}"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STRICT = "http://purl.oclc.org/ooxml/"

AS_THEY_ARE = frozenset({"image", "font"})  # not XML, and never read by us
_KEPT = AS_THEY_ARE | {
    *("styles", "numbering", "settings", "fontTable", "theme"),
    *("header", "footer", "footnotes", "endnotes", "hyperlink"),
}
# What Word and its neighbours add by themselves; the letter goes without.
_LEFT_BEHIND = {
    *("webSettings", "stylesWithEffects", "customXml", "customXmlProps", "glossaryDocument"),
    *("core-properties", "extended-properties", "custom-properties", "thumbnail", "people"),
    *("classificationlabels", "printerSettings", "origin"),
}
_MENDS_BY_KIND = {
    **dict.fromkeys(
        ("comments", "commentsExtended", "commentsIds", "commentsExtensible"), faults.COMMENTS
    ),
    **dict.fromkeys(
        ("vbaProject", "wordVbaData", "keyMapCustomizations", "attachedToolbars"), faults.MACROS
    ),
    **dict.fromkeys(("attachedTemplate", "subDocument", "mailMergeSource"), faults.OUTSIDE),
}
_MENDS_BY_ELEMENT = {
    **dict.fromkeys(
        (
            *("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart"),
            *("cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange", "sectPrChange"),
            *("tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange"),
            *("numberingChange", "delText", "delInstrText"),
            *("customXmlInsRangeStart", "customXmlDelRangeStart"),
        ),
        faults.TRACKED,
    ),
    **dict.fromkeys(("commentRangeStart", "commentRangeEnd", "commentReference"), faults.COMMENTS),
    **dict.fromkeys(
        ("object", "control", "altChunk", "movie", "OLEObject", "contentPart"), faults.EMBEDDED
    ),
    "subDoc": faults.OUTSIDE,
    "mailMerge": faults.MERGE,
    "dataBinding": faults.BOUND,
    **dict.fromkeys(("vanish", "specVanish", "webHidden"), faults.HIDDEN),
}
_OFF = {"0", "false", "off"}
_FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"}
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_MACRO_TYPES = ("vbaproject", "macroenabled", "activex")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """The parts that a letter keeps, each with what it refers to; `main` is the document itself."""

    main: str
    kept: Mapping[str, tuple[Relation, ...]]
    kinds: Mapping[str, str]

    def named(self, *kinds: str) -> tuple[str, ...]:
        """The parts of these kinds."""
        return tuple(name for name, kind in self.kinds.items() if kind in kinds)


def inspect(package: Package) -> tuple[Inspected, tuple[ShellFault, ...]]:
    """Everything that the document reaches, and what is amiss in it."""
    main = _main(package)
    found: list[ShellFault] = [*_types(package), *_outer(package)]
    kept: dict[str, tuple[Relation, ...]] = {}
    kinds, waiting = {main: "officeDocument"}, [main]
    while waiting:
        name = waiting.pop(0)
        if name in kept:
            continue
        relations = package.relations(name)
        found.extend(fault for each in relations for fault in _relation_faults(name, each))
        kept[name] = tuple(each for each in relations if each.kind in _KEPT)
        for each in kept[name]:
            if not each.is_outside:
                # One part under two names might be read as one and used as the other.
                if kinds.setdefault(each.target, each.kind) != each.kind:
                    raise Unreadable(faults.DAMAGED, each.target[:80])
                waiting.append(each.target)
        found.extend(_part_faults(package, name, kinds[name]))
    return Inspected(main=main, kept=kept, kinds=kinds), tuple(dict.fromkeys(found))


def _main(package: Package) -> str:
    """The part that is the document; refuses other kinds of file before looking further."""
    relations = package.relations("")
    if any(each.type.startswith(_STRICT) for each in relations):
        raise Unreadable(faults.STRICT)
    mains = [each.target for each in relations if each.kind == "officeDocument"]
    if len(mains) != 1 or package.xml(mains[0]).tag != f"{W}document":
        raise Unreadable(faults.NOT_WORD)
    declared = package.content_type(mains[0])
    if "macroenabled" in declared.lower():
        raise Unreadable(faults.MACROS)
    if declared != DOCUMENT:
        raise Unreadable(faults.TEMPLATE if "template" in declared else faults.NOT_WORD)
    return mains[0]


def _types(package: Package) -> Iterator[ShellFault]:
    """Macros show in the list of types, whatever their parts are called."""
    for name in package.parts:
        declared = package.content_type(name).lower() + name.lower()
        if any(macro in declared for macro in _MACRO_TYPES):
            yield ShellFault(part=name, mend=faults.MACROS)


def _outer(package: Package) -> Iterator[ShellFault]:
    for each in package.relations(""):
        if each.kind != "officeDocument":
            yield from _relation_faults("", each)


def _relation_faults(name: str, each: Relation) -> Iterator[ShellFault]:
    if each.kind in _MENDS_BY_KIND:
        yield ShellFault(part=name, mend=_MENDS_BY_KIND[each.kind])
    elif each.kind not in _KEPT | _LEFT_BEHIND:
        yield ShellFault(part=name, mend=faults.EMBEDDED)
    elif each.kind == "hyperlink":
        if not (each.is_outside and HREF.fullmatch(each.target)):
            yield ShellFault(part=name, mend=faults.LINK)
    elif each.is_outside and each.kind not in _LEFT_BEHIND:
        yield ShellFault(part=name, mend=faults.OUTSIDE)


def _part_faults(package: Package, name: str, kind: str) -> Iterator[ShellFault]:
    if kind == "image":
        if not package.data(name).startswith(_PICTURES):
            yield ShellFault(part=name, mend=faults.PICTURE)
        return
    if kind == "font":
        package.data(name)
        return
    root = package.xml(name)
    # What fills the places goes by the names of elements as they are written.
    if any((each.prefix == "w") != each.tag.startswith(W) for each in root.iter("*")):
        yield ShellFault(part=name, mend=faults.DAMAGED)
    yield from _element_faults(name, root)
    yield from _field_faults(name, root)


def _element_faults(name: str, root: Element) -> Iterator[ShellFault]:
    paragraph = 0
    for each in root.iter("*"):
        if each.tag == f"{W}p":
            paragraph += 1
        mend = _MENDS_BY_ELEMENT.get(each.tag.rsplit("}", 1)[-1])
        if each.tag.startswith(_VML) and each.get("src") is not None:
            mend = faults.OUTSIDE
        if mend and each.get(f"{W}val", "").lower() not in _OFF:
            yield ShellFault(part=name, paragraph=paragraph or None, mend=mend)


def _field_faults(name: str, root: Element) -> Iterator[ShellFault]:
    for paragraph, instruction in _instructions(root):
        if _first_word(instruction) not in _FIELDS:
            yield ShellFault(part=name, paragraph=paragraph or None, mend=faults.FIELD)


def _instructions(root: Element) -> Iterator[tuple[int, str]]:
    """What each field is told to do: it may be spread over many runs, and hold other fields."""
    paragraph, open_fields = 0, [""]
    for each in root.iter(f"{W}p", f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"):
        kind = each.get(f"{W}fldCharType")
        if each.tag == f"{W}p":
            paragraph += 1
        elif each.tag == f"{W}fldSimple":
            yield paragraph, each.get(f"{W}instr", "")
        elif each.tag == f"{W}instrText":
            open_fields[-1] += each.text or ""
        elif kind == "begin":
            open_fields.append("")
        elif kind == "end" and len(open_fields) > 1:
            yield paragraph, open_fields.pop()
    yield from ((paragraph, left) for left in open_fields if left.strip())


def _first_word(instruction: str) -> str:
    return next(iter(instruction.upper().split()), "")
