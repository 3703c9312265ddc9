"""Reads the reviewers' wording: named passages of plain text with named places.

What a letter says is laid in four layers: words for every letter of every nation, for every letter
of one nation, for one kind in every nation, and for one kind in one nation. A passage stands in one
layer; `@instead name` replaces one that a lower layer has.

A file is a list of passages. A line `@name` begins one; blank lines part its paragraphs; lines that
begin with `- ` or `1. ` make a list; `**words**` are strong; `{{ place }}` is filled in; lines that
begin with `#` are notes for the reviewers and are not printed. Nothing else has a meaning, and the
words that fill a place are never read as markup.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from letters.drafting.content import (
    Emphasis,
    Item,
    ItemList,
    ListKind,
    Paragraph,
    Span,
)
from letters.drafting.errors import BlankPlace, UnknownPassage, WordingFileError
from letters.drafting.evidence import Evidence, read_evidence
from letters.drafting.kinds import KindHere, LetterKind, read_kinds, read_kinds_here
from letters.drafting.phrases import says_something
from letters.drafting.restraint import Restraint, read_restraints
from letters.drafting.stages import Stage
from letters.drafting.urgency import TierRule, read_tier_rules
from letters.law import strict_yaml
from letters.law.jurisdictions import Jurisdiction
from letters.law.ladder import Ladder, read_ladder
from letters.law.library import Library
from letters.law.periods import Unit
from letters.law.receipt import ReceiptRules, read_receipt_rules
from letters.law.tenures import Agreement, Tenure

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
# Parts of a letter that are made by code from the case; any other part is a passage.
WRITTEN_FROM_THE_CASE = frozenset(
    {
        "access",
        "adjustment",
        "authority",
        "conditions",
        "danger",
        "dates",
        "done",
        "earliest",
        "guidance",
        "health",
        "history",
        "homes",
        "law",
        "law_to_come",
        "limits",
        "missed",
        "narrative",
        "next_steps",
        "notice",
        "occupants",
        "opening",
        "parties",
        "protections",
        "requests",
    }
)
_PASSAGE = re.compile(r"@(?P<instead>instead )?(?P<name>[a-z][a-z0-9_]*)")
_PLACE = re.compile(r"\{\{ (?P<name>[a-z_]+) \}\}")


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
            Span(text=_JINJA.from_string(text).render(values), emphasis=emphasis)
            for text, emphasis in self.runs
        )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Everything reviewers keep for one jurisdiction besides its law; `digest` is of all of it.
    `parts` holds a digest for each part of it that reviewers can sign by itself."""

    jurisdiction: Jurisdiction
    kinds: Mapping[Stage, LetterKind]
    here: Mapping[Stage, KindHere]
    letters: Mapping[Stage, LetterWording]
    holdings: Mapping[str, str]
    order: tuple[str, ...]
    not_printed: frozenset[str]
    protections: tuple[str, ...]
    units: Mapping[Unit, tuple[str, str]]
    ladder: Ladder
    receipt: ReceiptRules
    evidence: Evidence
    restraints: tuple[Restraint, ...]
    tier_rules: tuple[TierRule, ...]
    digest: str
    parts: Mapping[str, str]

    def rank(self, provision_id: str) -> int:
        """Where the reviewers put the provision; those they do not name come last."""
        return self.order.index(provision_id) if provision_id in self.order else len(self.order)

    def holding(self, tenure: Tenure, agreement: Agreement) -> str:
        """How the home is held, in the jurisdiction's words; '' where it has none for that."""
        exact = f"{tenure.value}_{agreement.value}"
        return self.holdings.get(exact, self.holdings.get(tenure.value, ""))

    def cited(self) -> frozenset[str]:
        """Every provision that some list of this nation names, for a check against its law."""
        lists = (here.cites or () for here in self.here.values())
        named = {provision_id for cites in lists for provision_id in cites}
        return frozenset({*named, *self.order, *self.not_printed, *self.protections})


_Numbered = list[tuple[int, str]]
_TERMS = ("nation", "law", "tenant", "tenancy", "council", "ombudsman", "advice")


def read_wording(root: Path, jurisdiction: Jurisdiction) -> Wording:
    """Read the jurisdiction's letters, words, ladder and rules of receipt, and the evidence."""
    folder = root / jurisdiction.value
    words = strict_yaml.read(folder / "words.yaml")
    words.allow(("holdings", "order", "units", "not_printed", "protections", "terms"))
    terms = words.entry("terms")
    terms.allow(_TERMS)
    kinds, here = read_kinds(root), read_kinds_here(root, jurisdiction)
    told = {f"term_{name}": terms.text(name) for name in _TERMS}
    letters = {stage: read_letter_wording(root, jurisdiction, stage, told) for stage in here}
    for stage, wording in letters.items():
        _refuse_missing_parts(folder / "letters.yaml", kinds[stage], wording)
    if Stage.PATIENT_COPY in letters:
        plain = folder / "letters" / f"{Stage.PATIENT_COPY.value}.md"
        _refuse_unsaid_protections(plain, _ids(words, "protections"), letters[Stage.PATIENT_COPY])
    holdings, units = words.entry("holdings"), words.entry("units")
    evidence = read_evidence(root)
    parts = {
        **{f"letters/{stage.value}": wording.digest for stage, wording in letters.items()},
        "words": _digest_of(words.plain()),
        "kinds": _digest_of(strict_yaml.read(folder / "letters.yaml").plain()),
        "ladder": _digest_of(strict_yaml.read(folder / "ladder.yaml").plain()),
        "receipt": _digest_of(strict_yaml.read(folder / "receipt.yaml").plain()),
        **{f"evidence/{s.id}": _digest_of(s.lines) for s in evidence.statements},
    }
    return Wording(
        jurisdiction=jurisdiction,
        kinds=kinds,
        here=here,
        letters=letters,
        holdings={key: holdings.text(key) for key in holdings.names()},
        order=words.texts("order"),
        not_printed=frozenset(_ids(words, "not_printed")),
        protections=_ids(words, "protections"),
        units={Unit(key): _one_and_many(units, key) for key in units.names()},
        ladder=read_ladder(root, jurisdiction),
        receipt=read_receipt_rules(root, jurisdiction),
        evidence=evidence,
        restraints=read_restraints(root),
        tier_rules=read_tier_rules(root),
        digest=_digest_of(parts),
        parts=parts,
    )


def _digest_of(plain: object) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _ids(entry: strict_yaml.Entry, key: str) -> tuple[str, ...]:
    """A list, or the word none."""
    if entry.is_text(key) and entry.text(key) == "none":
        return ()
    return entry.texts(key)


def refuse_unknown_citations(wording: Wording, library: Library, root: Path) -> None:
    """WordingFileError where a list names a provision that the nation's law does not have."""
    known = {provision.id for provision in library.of(wording.jurisdiction)}
    for name in ("letters.yaml", "words.yaml"):
        path = root / wording.jurisdiction.value / name
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for provision_id in sorted(wording.cited() - known):
                if provision_id in line:
                    says = f"{provision_id} is not in the law of {wording.jurisdiction.label}"
                    raise WordingFileError(path, number, says)


def _refuse_unsaid_protections(
    path: Path, protections: tuple[str, ...], wording: LetterWording
) -> None:
    for provision_id in protections:
        if not wording.has(plain_name(provision_id)):
            says = f"say {provision_id} in plain words: passage {plain_name(provision_id)}"
            raise WordingFileError(path, 1, says)


def plain_name(provision_id: str) -> str:
    """The passage that says in plain words what a protection is."""
    return f"protects_{provision_id.replace('/', '_')}"


def _refuse_missing_parts(path: Path, kind: LetterKind, wording: LetterWording) -> None:
    """A part that the service does not write from the case must be a passage."""
    for part in kind.parts:
        is_there = part.name in WRITTEN_FROM_THE_CASE or wording.has(part.name)
        if not is_there and not part.is_optional:
            says = f"{kind.stage.value} has a part {part.name}, and no passage of that name"
            raise WordingFileError(path, 1, says)


def _one_and_many(units: strict_yaml.Entry, key: str) -> tuple[str, str]:
    texts = units.texts(key)
    if len(texts) != 2 or key not in list(Unit):
        units.refuse("a unit has two forms, for one and for more", units.line_of(key))
    return texts[0], texts[1]


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
