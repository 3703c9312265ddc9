"""Makes a shell of an organisation's Word file: our styles, lists and relations beside its own, the
mark at the top of every page, and its places filled by Jinja in a sandbox."""

import re
from collections.abc import Mapping

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError, nodes
from lxml import etree

from letters.rendering.word.faults import ShellFault
from letters.rendering.word.inspection import MAIN, Inspected, W
from letters.rendering.word.layout import PARTS, Shell, joined, piece, sandbox, template
from letters.rendering.word.package import Element, Package
from letters.rendering.word.pages import R, kinds_needed, number, references, sections, text_width
from letters.rendering.word.parts import (
    DECLARED,
    HEADER,
    NUMBERING,
    STYLES,
    fixed,
    relations,
    relations_of,
    serialised,
)
from letters.rendering.word.places import PLACES, is_free_of_braces

_INSERTED = frozenset(
    {"marked", "letter_styles", "kinds_of_list", "lists", "relationships", *PLACES}
)
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
        name: _marked(package.xml(name))
        for name in (inspected.main, *inspected.named("header", "footer"))
    }
    styles, numbering = _styles(package, inspected), _numbering(package, inspected)
    templates = {
        **{name: _patched(name, text) for name, text in filled.items()},
        HEADER: _compiled(HEADER, _empty_header()),
        numbering[0]: _compiled(*numbering),
        relations_of(inspected.main): _compiled(
            "relations", relations(inspected, inspected.main, prefix)
        ),
        "docProps/core.xml": template((PARTS / "docProps/core.xml").read_text(encoding="utf-8")),
    }
    kept = fixed(package, inspected, {*templates, styles[0]})
    highest_kind, highest_list = _highest(package, inspected)
    style_ids = _default_styles(package, inspected)
    return Shell(
        kept=kept,
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


def _marked(root: Element) -> str:
    """With room for the mark before everything else: in the body, or in the header itself."""
    for each in root.iter(f"{W}body", f"{W}hdr"):
        each.insert(0, etree.Element(f"{W}letterMark"))
    return serialised(root).replace("<w:letterMark/>", "{{ marked }}")


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


def _empty_header() -> str:
    return joined(f'{DECLARED}<w:hdr xmlns:w="{MAIN}">{{{{ marked }}}}<w:p/></w:hdr>')


def _styles(package: Package, inspected: Inspected) -> tuple[str, str]:
    """Ours at the end of theirs; a style of theirs with one of our names gives way."""
    ours = set(_STYLE_ID.findall(piece("styles.xml").render(_SAMPLE)))
    names = inspected.named("styles")
    if not names:
        return STYLES, DECLARED + _EMPTY.format("styles").replace("><", ">{{ letter_styles }}<")
    root = package.xml(names[0])
    for each in list(root.iterchildren(f"{W}style")):
        if each.get(f"{W}styleId") in ours:
            root.remove(each)
    etree.SubElement(root, f"{W}letterStyles")
    return names[0], serialised(root).replace("<w:letterStyles/>", "{{ letter_styles }}")


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
        return NUMBERING, DECLARED + _EMPTY.format("numbering").replace("><", both)
    root = package.xml(names[0])
    lists = root.findall(f"{W}num")
    end = root.find(f"{W}numIdMacAtCleanup")
    after = len(root) if end is None else root.index(end)
    root.insert(after, etree.Element(f"{W}letterLists"))
    before = root.index(lists[0]) if lists else after
    root.insert(before, etree.Element(f"{W}letterKinds"))
    text = serialised(root).replace("<w:letterKinds/>", "{{ kinds_of_list }}")
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
