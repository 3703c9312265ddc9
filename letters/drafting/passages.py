"""Reads the reviewers' letters: named passages of plain text with named places.

What a letter says is laid in four layers: words for every letter of every nation, for every letter
of one nation, for one kind in every nation, and for one kind in one nation. A passage stands in one
layer; `@instead name` replaces one that a lower layer has.

A file is a list of passages. A line `@name` begins one; blank lines part its paragraphs; lines that
begin with `- ` or `1. ` make a list; `**words**` are strong; `{{ place }}` is filled in; lines that
begin with `#` are notes for the reviewers and are not printed. Nothing else has a meaning, and the
words that fill a place are never read as markup.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from letters.drafting.content import Emphasis, Item, ItemList, ListKind, Paragraph, Span
from letters.drafting.errors import BlankPlace, UnknownPassage, WordingFileError
from letters.drafting.phrases import says_something
from letters.drafting.stages import Stage
from letters.law.jurisdictions import Jurisdiction

# Values are plain text here; each format escapes them when it prints them.
_JINJA = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_ITEM = re.compile(r"(?P<mark>- |\d+\. )(?P<words>.+)")
_EVERY_LETTER = "every_letter.md"
# Everything that a passage may name: what any letter says, and what the code adds where it writes.
PLACES = frozenset(
    {
        "access",
        "addressee",
        "adjustment",
        "age",
        "basis",
        "caption",
        "citation",
        "citations",
        "condition",
        "consented_on",
        "count",
        "counts",
        "day",
        "duty",
        "earlier_by",
        "earlier_kind",
        "earlier_on",
        "earlier_to",
        "email",
        "first_day",
        "has_illness",
        "hazard",
        "hazards",
        "holding",
        "home",
        "landlord",
        "least",
        "months",
        "organisation",
        "others",
        "patient",
        "reference",
        "reply_by",
        "required",
        "response",
        "severity",
        "since",
        "source",
        "statement",
        "steps",
        "team",
        "telephone",
        "tenant",
        "told_on",
        "treatment",
        "until",
        "why",
        "writer",
    }
)
_PASSAGE = re.compile(r"@(?P<instead>instead )?(?P<name>[a-z][a-z0-9_]*)")
_PLACE = re.compile(r"\{\{ (?P<name>[a-z_]+) \}\}")
_Numbered = list[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph or list item as the reviewer wrote it, cut into plain and strong runs."""

    runs: tuple[tuple[str, Emphasis], ...]
    places: tuple[str, ...]

    def fill(self, values: Mapping[str, str], passage: str) -> tuple[Span, ...]:
        """The words, with every place filled; a place with nothing to say is refused."""
        for place in self.places:
            if not says_something(values.get(place, "")):
                raise BlankPlace(passage, place)
        return tuple(
            Span(text=_template(text).render(values), emphasis=emphasis)
            for text, emphasis in self.runs
        )


@lru_cache(maxsize=20_000)  # more than there are lines in all nations' wording
def _template(text: str) -> Template:
    """Reading one takes longer than filling it, and letters are filled again and again."""
    return _JINJA.from_string(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A named passage: paragraphs, and lists as tuples of lines with their kind."""

    name: str
    parts: tuple[Line | tuple[ListKind, tuple[Line, ...]], ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Every place named in it, in alphabetical order."""
        lines = [line for part in self.parts for line in _lines_of(part)]
        return tuple(sorted({place for line in lines for place in line.places}))

    def fill(self, values: Mapping[str, str], *, block_id: str) -> tuple[Paragraph | ItemList, ...]:
        """The passage as blocks, numbered below `block_id`."""
        return tuple(
            self._block(part, values, f"{block_id}.{number}")
            for number, part in enumerate(self.parts, start=1)
        )

    def _block(
        self,
        part: Line | tuple[ListKind, tuple[Line, ...]],
        values: Mapping[str, str],
        block_id: str,
    ) -> Paragraph | ItemList:
        if isinstance(part, Line):
            return Paragraph(id=block_id, spans=part.fill(values, self.name))
        kind, lines = part
        items = tuple(
            Item(id=f"{block_id}.{number}", spans=line.fill(values, self.name))
            for number, line in enumerate(lines, start=1)
        )
        return ItemList(id=block_id, kind=kind, items=items)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWording:
    """The wording of one letter kind in one jurisdiction; `terms` are the nation's own words, which
    every passage may use as places; `digest` is of the text of all four layers."""

    jurisdiction: Jurisdiction
    stage: Stage
    digest: str
    passages: Mapping[str, Passage]
    terms: Mapping[str, str]

    def has(self, name: str) -> bool:
        return name in self.passages

    def passage(self, name: str) -> Passage:
        if name not in self.passages:
            raise UnknownPassage(f"{self.jurisdiction}/{self.stage}", name)
        return self.passages[name]

    def fill(
        self, name: str, values: Mapping[str, str], *, block_id: str
    ) -> tuple[Paragraph | ItemList, ...]:
        """The blocks of a passage, with its places filled from the values and the terms."""
        return self.passage(name).fill({**self.terms, **values}, block_id=block_id)

    def line(self, name: str, values: Mapping[str, str]) -> str:
        """A passage of one plain line: a heading, a title, a caption."""
        match self.fill(name, values, block_id=name):
            case (Paragraph(spans=spans),):
                return "".join(span.text for span in spans)
        raise UnknownPassage(f"{self.jurisdiction}/{self.stage}", f"{name} as one line")


def read_letter_wording(
    root: Path, jurisdiction: Jurisdiction, stage: Stage, terms: Mapping[str, str]
) -> LetterWording:
    """Read the four layers of one letter kind. WordingFileError names file and line."""
    passages: dict[str, Passage] = {}
    digest = hashlib.sha256()
    for path in _layers(root, jurisdiction, stage):
        text = _read_text(path)
        digest.update(text.encode())
        for name, is_instead, line_number, lines in _cut(path, text):
            if (name in passages) != is_instead:
                says = f"passage {name} is there already; write @instead {name} to replace it"
                if is_instead:
                    says = f"there is no passage {name} to replace"
                raise WordingFileError(path, line_number, says)
            passages[name] = Passage(name=name, parts=_parts(path, lines))
            _refuse_unknown_places(path, lines, terms)
    return LetterWording(
        jurisdiction=jurisdiction,
        stage=stage,
        digest=digest.hexdigest(),
        passages=passages,
        terms=terms,
    )


def _refuse_unknown_places(path: Path, lines: _Numbered, terms: Mapping[str, str]) -> None:
    for number, line in lines:
        for match in _PLACE.finditer(line):
            if match["name"] not in PLACES and match["name"] not in terms:
                raise WordingFileError(path, number, f"no place is called {match['name']}")


def _layers(root: Path, jurisdiction: Jurisdiction, stage: Stage) -> list[Path]:
    """Files for every nation come first; of the files of a nation, either may be missing."""
    shared, own = root / "letters", root / jurisdiction.value / "letters"
    paths = [
        shared / _EVERY_LETTER,
        own / _EVERY_LETTER,
        shared / f"{stage.value}.md",
        own / f"{stage.value}.md",
    ]
    there = [path for path in paths if path.is_file()]
    if not {paths[2], paths[3]} & set(there):
        raise WordingFileError(paths[3], 1, "there are no words for this letter")
    return there


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WordingFileError(path, 1, "cannot be read; it must be a UTF-8 text") from error


def _cut(path: Path, text: str) -> list[tuple[str, bool, int, _Numbered]]:
    passages: list[tuple[str, bool, int, _Numbered]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("@"):
            passages.append((*_name(path, number, line), number, []))
        elif passages and not line.startswith("#"):
            passages[-1][3].append((number, line.strip()))
        elif line.strip() and not line.startswith("#"):
            raise WordingFileError(path, number, "words before the first @passage")
    for name, _, number, lines in passages:
        if not any(line for _, line in lines):
            raise WordingFileError(path, number, f"passage {name} is empty")
    return passages


def _name(path: Path, number: int, line: str) -> tuple[str, bool]:
    match = _PASSAGE.fullmatch(line.strip())
    if not match:
        raise WordingFileError(path, number, "a passage is named in small letters: @name")
    return match["name"], match["instead"] is not None


def _parts(path: Path, lines: _Numbered) -> tuple[Line | tuple[ListKind, tuple[Line, ...]], ...]:
    parts: list[Line | tuple[ListKind, tuple[Line, ...]]] = []
    for group in _groups(lines):
        items = [_ITEM.fullmatch(words) for _, words in group]
        if all(items):
            marks = [item["mark"] for item in items if item]
            kind = ListKind.BULLETED if marks[0] == "- " else ListKind.NUMBERED
            if len({mark == "- " for mark in marks}) > 1:
                raise WordingFileError(path, group[0][0], "a list is numbered or not, never both")
            texts = [
                _line(path, number, item["words"])
                for (number, _), item in zip(group, items, strict=True)
                if item
            ]
            parts.append((kind, tuple(texts)))
        elif any(items):
            raise WordingFileError(path, group[0][0], "part the list from the paragraph by a line")
        else:
            parts.append(_line(path, group[0][0], " ".join(words for _, words in group)))
    return tuple(parts)


def _groups(lines: _Numbered) -> list[_Numbered]:
    groups: list[_Numbered] = [[]]
    for number, line in lines:
        if line:
            groups[-1].append((number, line))
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _line(path: Path, number: int, text: str) -> Line:
    _refuse_logic(path, number, text)
    runs: list[tuple[str, Emphasis]] = []
    for index, piece in enumerate(_STRONG.split(text)):
        if piece:
            runs.append((piece, Emphasis.STRONG if index % 2 else Emphasis.PLAIN))
    if "**" in "".join(piece for piece, _ in runs):
        raise WordingFileError(path, number, "a ** has no partner")
    return Line(runs=tuple(runs), places=tuple(match["name"] for match in _PLACE.finditer(text)))


def _refuse_logic(path: Path, number: int, text: str) -> None:
    """Only `{{ place }}` is allowed: no filter, no attribute, no statement, no comment."""
    try:
        tree = _JINJA.parse(text)
    except TemplateSyntaxError as error:
        raise WordingFileError(path, number, f"not a named place: {error.message}") from error
    named = {match["name"] for match in _PLACE.finditer(text)}
    allowed = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
    odd = [node for node in _all_nodes(tree) if not isinstance(node, allowed)]
    without_places = _PLACE.sub("", text)
    if odd or any(mark in without_places for mark in ("{{", "{%", "{#", "}}", "%}", "#}")):
        raise WordingFileError(path, number, f"only named places like {{{{ home }}}}: {named}")


def _all_nodes(node: nodes.Node) -> list[nodes.Node]:
    return [node, *(deeper for child in node.iter_child_nodes() for deeper in _all_nodes(child))]


def _lines_of(part: Line | tuple[ListKind, tuple[Line, ...]]) -> tuple[Line, ...]:
    return (part,) if isinstance(part, Line) else part[1]
