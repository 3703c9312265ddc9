"""The parts of an organisation's Word file that no letter changes, written anew: what they are and
what they refer to is said by us, never copied from what the file says of them."""

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from lxml import etree

from letters.rendering.word.archive import Packed, packed, stored
from letters.rendering.word.inspection import DOCUMENT, Inspected
from letters.rendering.word.layout import PARTS, joined
from letters.rendering.word.package import CONTENT_TYPES, Element, Package, Relation

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
HEADER, STYLES, NUMBERING = (f"word/letter{name}.xml" for name in ("Header", "Styles", "Numbering"))
_TYPES = {
    "officeDocument": DOCUMENT,
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "font": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
}
_PICTURE_TYPES = {b"\x89PN": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF": "image/gif"}
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def serialised(root: Element) -> str:
    """As a part of its own."""
    return f"{DECLARED}{etree.tostring(root, encoding='unicode')}"


def relations_of(name: str) -> str:
    """Where the file keeps what a part refers to."""
    folder, _, base = name.rpartition("/")
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


def relations(inspected: Inspected, name: str, prefix: str) -> str:
    """What a part refers to; the document also to what the letter brings."""
    lines = [_relation(each) for each in inspected.kept[name]]
    if name == inspected.main:
        added = {"header": HEADER}
        added |= {} if inspected.named("styles") else {"styles": STYLES}
        added |= {} if inspected.named("numbering") else {"numbering": NUMBERING}
        lines += [
            _relation(
                Relation(
                    id=f"{prefix}{kind.capitalize()}",
                    type=f"{OFFICE}{kind}",
                    target=target,
                    is_outside=False,
                )
            )
            for kind, target in added.items()
        ]
        lines.append("{{ relationships }}")
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{DECLARED}<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def _relation(each: Relation) -> str:
    target = each.target if each.is_outside else f"/{each.target}"
    mode = ' TargetMode="External"' if each.is_outside else ""
    return (
        f"<Relationship Id={quoteattr(each.id)} Type={quoteattr(each.type)} "
        f"Target={quoteattr(target)}{mode}/>"
    )


def fixed(package: Package, inspected: Inspected, filled: set[str]) -> tuple[Packed, ...]:
    """What no letter changes."""
    kept = [_as_is(package, inspected, name) for name in inspected.kept if name not in filled]
    kept += [
        packed(relations_of(name), relations(inspected, name, "").encode())
        for name, referred in inspected.kept.items()
        if referred and name != inspected.main
    ]
    own = {HEADER: "header", STYLES: "styles", NUMBERING: "numbering"}
    kinds = {**inspected.kinds, **{name: own[name] for name in own if name in filled}}
    types = {name: _type_of(package, name, kind) for name, kind in kinds.items()}
    kept.append(packed(CONTENT_TYPES, _list_of_types(types).encode()))
    outer = (PARTS / "_rels/.rels").read_text(encoding="utf-8")
    outer = joined(outer).replace('"word/document.xml"', quoteattr(inspected.main))
    return (*kept, packed("_rels/.rels", outer.encode()))


def _as_is(package: Package, inspected: Inspected, name: str) -> Packed:
    kind = inspected.kinds[name]
    if kind == "image":
        return stored(name, package.data(name))
    if kind == "font":
        return packed(name, package.data(name))
    return packed(name, serialised(package.xml(name)).encode())


def _type_of(package: Package, name: str, kind: str) -> str:
    """By what the part is used as, never by what the file says of it."""
    if kind == "image":
        return _PICTURE_TYPES[package.data(name)[:3]]
    return _TYPES.get(kind, f"{WORD}{kind}+xml")


def _list_of_types(types: Mapping[str, str]) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    lines = [
        f'<Default Extension="{ending}" ContentType="{kind}"/>'
        for ending, kind in (
            ("rels", rels),
            ("xml", "application/xml"),
            ("png", "image/png"),
            ("jpeg", "image/jpeg"),
        )
    ]
    lines += [
        f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>"
        for name, kind in {**types, "docProps/core.xml": core}.items()
    ]
    return f'{DECLARED}<Types xmlns="{space}">{"".join(lines)}</Types>'
