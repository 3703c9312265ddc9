"""LetterContent: the frozen tree of typed blocks that every format is made from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """What a letter is, besides a letter, shown on every page; NONE only when law and wording
    are signed for the partnership."""

    NONE = "none"
    PREVIEW = "preview"
    DEMONSTRATION = "demonstration"


class Emphasis(StrEnum):
    PLAIN = "plain"
    STRONG = "strong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of words; `href`, when given, is https: or mailto:."""

    text: str
    emphasis: Emphasis = Emphasis.PLAIN
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """`level` is 2 or 3; the letter's own heading is level 1."""

    id: str
    text: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    id: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    id: str
    spans: tuple[Span, ...]


class ListKind(StrEnum):
    NUMBERED = "numbered"
    BULLETED = "bulleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    id: str
    kind: ListKind
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`width` is a share of the table, in per cent; the widths of a table add up to 100."""

    title: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The first cell heads the row."""

    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Force(StrEnum):
    """Whether a panel tells of danger, of what the law requires, or of what is merely asked."""

    EMERGENCY = "emergency"
    LAW = "law"
    REQUEST = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A framed passage that looks different according to its force."""

    id: str
    force: Force
    title: str
    blocks: tuple[Paragraph | ItemList | Table, ...]


Block = Heading | Paragraph | ItemList | Table | Panel


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The organisation that writes; `ods_code` is None for one without."""

    organisation: str
    team: str
    address: tuple[str, ...]
    telephone: str
    email: str
    ods_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Who signs, in what role; `registration` as "GMC 7000000", None where there is none."""

    name: str
    role: str
    registration: str | None
    signed_on: date | None  # None: not signed yet


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """One letter to one addressee, exactly as it is printed, in the order it is printed."""

    language: str  # BCP 47, "en-GB"
    mark: Mark
    letterhead: Letterhead
    addressee: tuple[str, ...]  # name, then address lines
    written_on: date
    reference: str
    heading: str  # level 1, also the title of the document
    subject: tuple[tuple[str, str], ...]  # ("Home", "1 Example Street, ..."), below the heading
    salutation: str
    blocks: tuple[Block, ...]
    closing: str  # "Yours faithfully"
    sign_off: SignOff
    copies: tuple[str, ...]
    enclosures: tuple[str, ...]
    small_print: tuple[str, ...]  # date of the law, limits of the service; last on the last page
