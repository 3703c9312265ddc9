"""A letter as a Word document, for those who must edit, sign or file it in Word."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from letters.drafting.content import (
    Block,
    HouseStyle,
    ItemList,
    LetterContent,
    ListKind,
    Panel,
)
from letters.rendering import fonts
from letters.rendering.addresses import linked
from letters.rendering.contrast import WRITTEN
from letters.rendering.errors import RenderingFailed
from letters.rendering.labels import labels_for
from letters.rendering.pictures import NO_PICTURES, Pictures
from letters.rendering.printable import printable_tree
from letters.rendering.shells import HREF, refuse_unsafe_links
from letters.rendering.word import head, layout
from letters.rendering.word.archive import Packed, archive, packed
from letters.rendering.word.filling import places
from letters.rendering.word.gathered import Gathered
from letters.rendering.word.layout import Shell, piece
from letters.rendering.word.runs import one_line, runs
from letters.rendering.words import contact_lines, sign_off_lines

LONGEST_PROPERTY = 255
CONTENT_TYPES = "[Content_Types].xml"
MOST_STYLES = 64


def render(
    content: LetterContent, pictures: Pictures = NO_PICTURES, shell: Shell | None = None
) -> bytes:
    """The same bytes for the same content and shell; no name of this machine or its user in them.
    `shell` is an organisation's, None for our own."""
    content = linked(printable_tree(content))
    refuse_unsafe_links(content)
    shell = shell or layout.own()
    gathered = Gathered(pictures, prefix=shell.prefix)
    context = _context_of(content, shell, gathered)
    context["body"] = _piece("letter.xml", context)
    if not shell.is_own:
        context |= places(context)
    style = content.letterhead.style
    parts = [
        *shell.kept,
        _styles(shell, style.colour, fonts.CHOSEN[style.typeface].name, content.language),
        *_filled(shell, context, gathered),
        *gathered.parts(),
    ]
    # Readers that stream want the list of types first; otherwise any order that stays the same.
    return archive(sorted(parts, key=lambda part: (part.name != CONTENT_TYPES, part.name)))


def _filled(shell: Shell, context: dict[str, Any], gathered: Gathered) -> list[Packed]:
    """The document first, as it is what refers to addresses and pictures."""
    made = []
    for name, template in sorted(shell.filled, key=lambda each: each[0].endswith(".rels")):
        if name.endswith(".rels"):
            context["links"], context["media"] = gathered.links, gathered.media
            context["relationships"] = _piece("relationships.xml", context)
        made.append(packed(name, template.render(context).encode()))
    return made


def _context_of(content: LetterContent, shell: Shell, gathered: Gathered) -> dict[str, Any]:
    labels = labels_for(content.language)
    mark, contact = labels.marks[content.mark], contact_lines(content, labels)
    mailto = f"mailto:{content.letterhead.email}"
    context = {
        "letter": content,
        "labels": labels,
        "language": content.language,
        "mark": mark,
        "contact": contact,
        "mailbox": f"{labels.email} {content.letterhead.email}",
        "mailto": mailto if HREF.fullmatch(mailto) else None,
        "signed": sign_off_lines(content, labels),
        "colour": _colour(content.letterhead.style),
        "width": shell.width,
        "panel_indent": shell.panel_indent,
        "frames": head.frames(contact, mark=mark),
        "head_height": head.head_height(content, contact),
        "title": content.heading[:LONGEST_PROPERTY],
        "author": content.letterhead.organisation[:LONGEST_PROPERTY],
        "written": f"{content.written_on.isoformat()}T00:00:00Z",
        "runs": runs,
        "one_line": one_line,
        "relation": gathered.relation,
        "drawing": gathered.drawing,
        "kind": shell.first_kind,
        "bullets": shell.first_list,
        "numbers": _numbers(content.blocks, first=shell.first_list + 1),
    }
    return context | {
        "marked": _piece("mark.xml", context) if mark else "",
        "kinds_of_list": _piece("kinds_of_list.xml", context),
        "lists": _piece("lists.xml", context),
    }


@lru_cache(maxsize=MOST_STYLES)
def _styles(shell: Shell, colour: str, typeface: str, language: str) -> Packed:
    """The few ways in which house styles differ, packed once each."""
    context = {
        "colour": _colour(HouseStyle(colour=colour)),
        "typeface": typeface,
        "language": language,
        "is_own": shell.is_own,
        "base": shell.base,
        "table_base": shell.table_base,
    }
    name, template = shell.styles
    filled = template.render({**context, "letter_styles": _piece("styles.xml", context)})
    return packed(name, filled.encode())


def _piece(name: str, context: Mapping[str, Any]) -> Markup:
    return Markup(piece(name).render(context))  # noqa: S704 the template has escaped it


def _colour(style: HouseStyle) -> str:
    """As Word writes it."""
    if not WRITTEN.fullmatch(style.colour):
        raise RenderingFailed("The colour of the house style is not written as #003d78")
    return style.colour[1:].upper()


def _numbers(blocks: tuple[Block, ...], *, first: int) -> dict[str, int]:
    """A number for each numbered list, by which Word knows that it starts again at 1."""
    numbered = [each.id for each in _lists(blocks) if each.kind is ListKind.NUMBERED]
    return {list_id: number for number, list_id in enumerate(numbered, start=first)}


def _lists(blocks: tuple[Block, ...]) -> list[ItemList]:
    members = [inner for b in blocks for inner in (b.blocks if isinstance(b, Panel) else (b,))]
    return [member for member in members if isinstance(member, ItemList)]
