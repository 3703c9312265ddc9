"""What a Word letter is poured into: the parts that never change, and those to be filled."""

from dataclasses import dataclass
from functools import cache

from jinja2 import Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.rendering.shells import FOLDER, environment
from letters.rendering.word.archive import Packed, packed

PARTS = FOLDER / "letter_docx"
PIECES = PARTS / "pieces"
STYLES = "word/styles.xml"
_WIDTH = 9524  # of what stands between the margins of our own, in twentieths of a point


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shell:
    """Prepared once, and filled for every letter.

    The letter brings styles, lists and relations of its own; `first_list`, `first_kind` and
    `prefix` keep them apart from those that the shell has. `base` and `table_base` are the styles
    that ours build on, None where the shell has none; `panel_indent` is where a table in a panel
    begins, which older modes of Word count from its words and not from its edge."""

    kept: tuple[Packed, ...]
    filled: tuple[tuple[str, Template], ...]
    styles: tuple[str, Template]
    width: int
    panel_indent: int = 4
    is_own: bool = False
    prefix: str = "letter"
    first_list: int = 1
    first_kind: int = 0
    base: str | None = "Normal"
    table_base: str | None = "TableNormal"


@cache
def own() -> Shell:
    """Our own layout, kept as the parts of a Word file, so that a change can be read by line."""
    sources = {
        path.relative_to(PARTS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(PARTS.rglob("*"))
        if path.is_file() and PIECES not in path.parents
    }
    filled = {name: text for name, text in sources.items() if "{{" in text and name != STYLES}
    return Shell(
        kept=tuple(
            packed(name, joined(text).encode())
            for name, text in sources.items()
            if name not in filled and name != STYLES
        ),
        filled=tuple((name, template(text)) for name, text in filled.items()),
        styles=(STYLES, template(sources[STYLES])),
        width=_WIDTH,
        is_own=True,
    )


@cache
def piece(name: str) -> Template:
    """A part of the letter itself, the same in every shell."""
    return template((PIECES / name).read_text(encoding="utf-8"))


def template(source: str) -> Template:
    """Of a part that is laid out in lines for its readers."""
    return sandbox().from_string(joined(source))


def joined(source: str) -> str:
    """Without the line breaks and the spaces at both ends of lines: Word needs none of them."""
    first, rest = source.split("?>", 1) if source.startswith("<?xml") else ("", source)
    declaration = f"{first}?>\n" if first else ""
    return declaration + "".join(line.strip() for line in rest.splitlines())


@cache
def sandbox() -> ImmutableSandboxedEnvironment:
    """Every value is escaped, a name that nobody defined raises, and nothing can be called that
    was not handed in."""
    return environment()
