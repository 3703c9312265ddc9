"""A letter as a Word document, for those who must edit, sign or file it in Word.

The shell is kept as the parts of a Word file, so that a change to it can be read line by line.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from letters.drafting.content import Block, ItemList, LetterContent, ListKind, Panel
from letters.rendering.labels import labels_for
from letters.rendering.printable import printable_tree
from letters.rendering.shells import FOLDER, environment, refuse_unsafe_links
from letters.rendering.words import contact_lines, sign_off_lines

PARTS = FOLDER / "letter_docx"
FILLED_HERE = ("word/styles.xml", "word/numbering.xml")  # docxtpl fills the others
LONGEST_PROPERTY = 255
FIRST_NUMBERED = 2  # 1 is the bulleted list


def render(content: LetterContent) -> bytes:
    """The same bytes for the same content; no name of this machine or its user in them."""
    content = printable_tree(content)
    refuse_unsafe_links(content)
    labels = labels_for(content.language)
    context = {
        "letter": content,
        "labels": labels,
        "mark": labels.marks[content.mark],
        "contact": contact_lines(content, labels),
        "signed": sign_off_lines(content, labels),
        "numbers": _numbers(content.blocks),
    }
    template = DocxTemplate(_shell(context))
    template.init_docx()
    template.render(context | {"relation": template.build_url_id}, _environment())
    _describe(template.docx.core_properties, content)
    saved = BytesIO()
    template.save(saved)
    return _without_clock(saved)


def _shell(context: Mapping[str, Any]) -> BytesIO:  # as Jinja takes it
    shell = BytesIO()
    with ZipFile(shell, "w") as archive:
        for path in sorted(path for path in PARTS.rglob("*") if path.is_file()):
            name = path.relative_to(PARTS).as_posix()
            text = path.read_text(encoding="utf-8")
            if name in FILLED_HERE:
                text = _environment().from_string(text).render(context)
            archive.writestr(name, text)
    shell.seek(0)
    return shell


def _numbers(blocks: tuple[Block, ...]) -> dict[str, int]:
    """A number for each numbered list, by which Word knows that it starts again at 1."""
    numbered = [each.id for each in _lists(blocks) if each.kind is ListKind.NUMBERED]
    return {list_id: number for number, list_id in enumerate(numbered, start=FIRST_NUMBERED)}


def _lists(blocks: tuple[Block, ...]) -> list[ItemList]:
    members = [inner for b in blocks for inner in (b.blocks if isinstance(b, Panel) else (b,))]
    return [member for member in members if isinstance(member, ItemList)]


def _describe(properties: Any, content: LetterContent) -> None:  # python-docx is untyped here
    written = datetime.combine(content.written_on, datetime.min.time())
    properties.title = content.heading[:LONGEST_PROPERTY]
    properties.author = content.letterhead.organisation[:LONGEST_PROPERTY]
    properties.language = content.language
    properties.created = properties.modified = written


def _without_clock(saved: BytesIO) -> bytes:
    """The same archive, with the day that ZIP counts from in place of the time of packing."""
    packed = BytesIO()
    with ZipFile(saved) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    made = environment()
    made.finalize = _shield
    return made


def _shield(value: object) -> object:
    """docxtpl turns "{_{" into "{{" in what it has filled in; the letter's own must stay."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return Markup(str(escape(value)).replace("_", "&#95;"))  # noqa: S704 escaped just before
