"""Makes a shell of an organisation's Word file: our styles, lists and relations beside its own, the
mark at the top of every page, and its places filled by Jinja in a sandbox."""

import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError, nodes
from lxml import etree

from letters.rendering.docx_archive import Packed, packed, stored
from letters.rendering.docx_shell import PARTS, Shell, joined, piece, sandbox, template
from letters.rendering.word_faults import ShellFault
from letters.rendering.word_inspection import DOCUMENT, MAIN, Inspected, W
from letters.rendering.word_package import CONTENT_TYPES, Element, Package, Relation
from letters.rendering.word_pages import R, kinds_needed, number, references, sections, text_width
from letters.rendering.word_places import PLACES, is_free_of_braces

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
HEADER, STYLES, NUMBERING = (f"word/letter{name}.xml" for name in ("Header", "Styles", "Numbering"))
_INSERTED = frozenset(
    {"marked", "letter_styles", "kinds_of_list", "lists", "relationships", *PLACES}
)
_TYPES = {
    "officeDocument": DOCUMENT,
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "font": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
}
_PICTURE_TYPES = {b"\x89PN": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF": "image/gif"}
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = f'<w:{{0}} xmlns:w="{MAIN}"></w:{{0}}>'
_PANEL_EDGE, _PANEL_MARGIN = 4, 250  # of a table in a panel and of its cells, as in letter.xml
_STYLE_ID = re.compile(r'styleId="(Letter\w*)"')


class NotFree(Exception):
    """A part holds what could be taken for an instruction; `fault` says which part."""

    def __init__(self, part: str, mend: str) -> None:
        super().__init__(mend)
        self.fault = ShellFault(part=part, mend=mend)


def merged(package: Package, inspected: Inspected) -> Shell:
    """The shell, ready to be filled; refuses what inspection should have found."""
    document = package.xml(inspected.main)
    settings = _only(package, inspected, "settings")
    prefix = _free_prefix(inspected)
    _add_headers(document, settings, prefix)
    filled = {
        name: _marked(_serialised(package.xml(name)))
        for name in (inspected.main, *inspected.named("header", "footer"))
    }
    styles, numbering = _styles(package, inspected), _numbering(package, inspected)
    templates = {
        **{name: _patched(name, text) for name, text in filled.items()},
        HEADER: _compiled(HEADER, _empty_header()),
        numbering[0]: _compiled(*numbering),
        _relations_of(inspected.main): _compiled(
            "relations", _relations(inspected, inspected.main, prefix)
        ),
        "docProps/core.xml": template((PARTS / "docProps/core.xml").read_text(encoding="utf-8")),
    }
    fixed = _fixed(package, inspected, {*templates, styles[0]})
    highest_kind, highest_list = _highest(package, inspected)
    style_ids = _default_styles(package, inspected)
    return Shell(
        kept=fixed,
        filled=tuple(templates.items()),
        styles=(styles[0], _compiled(*styles)),
        width=text_width(document),
        panel_indent=_panel_indent(settings),
        prefix=prefix,
        first_kind=highest_kind + 1,
        first_list=highest_list + 1,
        base=style_ids["paragraph"],
        table_base=style_ids["table"],
    )


def _only(package: Package, inspected: Inspected, kind: str) -> Element | None:
    names = inspected.named(kind)
    return package.xml(names[0]) if names else None


def _free_prefix(inspected: Inspected) -> str:
    """By which no relation and no picture of the file begins; they may if it was a letter once."""
    relations = [each for kept in inspected.kept.values() for each in kept]
    prefix = "letter"
    while any(
        each.id.startswith(prefix) or each.target.startswith(f"word/media/{prefix}")
        for each in relations
    ):
        prefix += "x"
    return prefix


def _add_headers(document: Element, settings: Element | None, prefix: str) -> None:
    """A header for every kind of page that lacks one: the mark must stand on all of them."""
    every = sections(document)
    if not every:
        body = document.find(f"{W}body")
        every = [etree.SubElement(document if body is None else body, f"{W}sectPr")]
    there = {
        each.get(f"{W}type", "default")
        for each in references(every[0])
        if each.tag == f"{W}headerReference"
    }
    for kind in kinds_needed(document, settings):
        if kind not in there:
            reference = etree.Element(
                f"{W}headerReference", {f"{W}type": kind, f"{R}id": f"{prefix}Header"}
            )
            every[0].insert(0, reference)


def _marked(part: str) -> str:
    """With room for the mark before everything else: in the body, or in the header itself."""
    return re.sub(r"<w:(?:body|hdr)(?: [^>]*)?>", r"\g<0>{{ marked }}", part, count=1)


def _patched(name: str, part: str) -> Template:
    """docxtpl takes away the paragraph around {{p letter }}."""
    return _compiled(name, DocxTemplate("").patch_xml(part))


def _compiled(name: str, source: str) -> Template:
    """Refuses any instruction but the insertion of a place, whatever inspection has missed."""
    if not is_free_of_braces(source):
        raise NotFree(name, "Remove the curly brackets that belong to no placeholder")
    tree = _parsed(name, source)
    for node in tree.iter_child_nodes():
        kinds = (nodes.TemplateData, nodes.Name)
        if not isinstance(node, nodes.Output) or not all(isinstance(n, kinds) for n in node.nodes):
            raise NotFree(name, "Remove what is neither words nor the name of a place")
    if not {each.name for each in tree.find_all(nodes.Name)} <= _INSERTED:
        raise NotFree(name, "Remove the placeholders that are no places of a letter")
    return sandbox().from_string(source)


def _parsed(name: str, source: str) -> nodes.Template:
    try:
        return sandbox().parse(source)
    except TemplateSyntaxError:
        raise NotFree(name, "Remove what is neither words nor the name of a place") from None


def _serialised(root: Element) -> str:
    return f"{_DECLARED}{etree.tostring(root, encoding='unicode')}"


def _empty_header() -> str:
    return joined(f'{_DECLARED}<w:hdr xmlns:w="{MAIN}">{{{{ marked }}}}<w:p/></w:hdr>')


def _styles(package: Package, inspected: Inspected) -> tuple[str, str]:
    """Ours at the end of theirs; a style of theirs with one of our names gives way."""
    ours = set(_STYLE_ID.findall(piece("styles.xml").render(_SAMPLE)))
    names = inspected.named("styles")
    if not names:
        return STYLES, _DECLARED + _EMPTY.format("styles").replace("><", ">{{ letter_styles }}<")
    root = package.xml(names[0])
    for each in list(root.iterchildren(f"{W}style")):
        if each.get(f"{W}styleId") in ours:
            root.remove(each)
    etree.SubElement(root, f"{W}letterStyles")
    return names[0], _serialised(root).replace("<w:letterStyles/>", "{{ letter_styles }}")


_SAMPLE: Mapping[str, object] = {
    "colour": "000000",
    "language": "",
    "is_own": False,
    "base": None,
    "table_base": None,
}


def _numbering(package: Package, inspected: Inspected) -> tuple[str, str]:
    """Word wants all kinds of list before all lists."""
    names = inspected.named("numbering")
    if not names:
        both = ">{{ kinds_of_list }}{{ lists }}<"
        return NUMBERING, _DECLARED + _EMPTY.format("numbering").replace("><", both)
    root = package.xml(names[0])
    lists = root.findall(f"{W}num")
    end = root.find(f"{W}numIdMacAtCleanup")
    after = len(root) if end is None else root.index(end)
    root.insert(after, etree.Element(f"{W}letterLists"))
    before = root.index(lists[0]) if lists else after
    root.insert(before, etree.Element(f"{W}letterKinds"))
    text = _serialised(root).replace("<w:letterKinds/>", "{{ kinds_of_list }}")
    return names[0], text.replace("<w:letterLists/>", "{{ lists }}")


def _highest(package: Package, inspected: Inspected) -> tuple[int, int]:
    """The highest number of a kind of list and of a list that the file has."""
    root = _only(package, inspected, "numbering")
    if root is None:
        return -1, 0
    kinds = [number(each, "abstractNumId", 0) for each in root.iter(f"{W}abstractNum")]
    lists = [number(each, "numId", 0) for each in root.iter(f"{W}num")]
    return max(kinds, default=-1), max(lists, default=0)


def _default_styles(package: Package, inspected: Inspected) -> dict[str, str | None]:
    root = _only(package, inspected, "styles")
    found: dict[str, str | None] = {"paragraph": None, "table": None}
    for each in () if root is None else root.iterchildren(f"{W}style"):
        if each.get(f"{W}default") in ("1", "true", "on"):
            found[each.get(f"{W}type", "")] = each.get(f"{W}styleId")
    return found


def _panel_indent(settings: Element | None) -> int:
    """Up to Word 2010, and where nothing is said, a table is set in from the words of its cells."""
    for each in () if settings is None else settings.iter(f"{W}compatSetting"):
        if each.get(f"{W}name") == "compatibilityMode" and each.get(f"{W}val") == "15":
            return _PANEL_EDGE
    return _PANEL_EDGE + _PANEL_MARGIN


def _relations_of(name: str) -> str:
    folder, _, base = name.rpartition("/")
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


def _relations(inspected: Inspected, name: str, prefix: str) -> str:
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
    return f'{_DECLARED}<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def _relation(each: Relation) -> str:
    target, mode = (
        (each.target, ' TargetMode="External"')
        if each.is_outside
        else (
            f"/{each.target}",
            "",
        )
    )
    return (
        f"<Relationship Id={quoteattr(each.id)} Type={quoteattr(each.type)} "
        f"Target={quoteattr(target)}{mode}/>"
    )


def _fixed(package: Package, inspected: Inspected, filled: set[str]) -> tuple[Packed, ...]:
    """What no letter changes."""
    kept = [_as_is(package, inspected, name) for name in inspected.kept if name not in filled]
    kept += [
        packed(_relations_of(name), _relations(inspected, name, "").encode())
        for name, relations in inspected.kept.items()
        if relations and name != inspected.main
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
    return packed(name, _serialised(package.xml(name)).encode())


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
    return f'{_DECLARED}<Types xmlns="{space}">{"".join(lines)}</Types>'
