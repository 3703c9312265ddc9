"""LetterContent: the frozen tree of typed blocks that every format is made from."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# Marks a field that came after letters were first frozen: it is left out of their JSON while it
# holds its default, so that a letter approved before it keeps its digest.
LATER = {"later": True}


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
    """A run of words; `href`, when given, is https: or mailto:; `language` (BCP 47) where it is not
    the letter's."""

    text: str
    emphasis: Emphasis = Emphasis.PLAIN
    href: str | None = None
    language: str | None = field(default=None, metadata=LATER)


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
class Picture:
    """A picture by what it is: `digest` is the SHA-256 of its bytes, in hexadecimal, which are kept
    apart; `media_type` is image/jpeg or image/png; sizes in pixels; `alt` says what it shows."""

    digest: str
    media_type: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture with the words printed below it: number, what, when taken and by whom."""

    id: str
    picture: Picture
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """What follows the signature, on a page of its own."""

    id: str
    heading: str  # level 2
    figures: tuple[Figure, ...]


class Typeface(StrEnum):
    """The families that come with the service; each is bundled, and known to hold Welsh."""

    ARIMO = "arimo"
    ATKINSON_HYPERLEGIBLE = "atkinson_hyperlegible"
    NOTO_SANS = "noto_sans"

    @property
    def label(self) -> str:
        return _TYPEFACE_LABELS[self]


_TYPEFACE_LABELS = {
    Typeface.ARIMO: "Arimo",
    Typeface.ATKINSON_HYPERLEGIBLE: "Atkinson Hyperlegible Next",
    Typeface.NOTO_SANS: "Noto Sans",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """How an organisation's letters look; `colour` as "#003d78", dark enough to be read on white.
    The lines of `footer` stand once, below the small print."""

    typeface: Typeface = Typeface.ARIMO
    colour: str = "#003d78"
    logo: Picture | None = None
    footer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The organisation that writes; `ods_code` is None for one without."""

    organisation: str
    team: str
    address: tuple[str, ...]
    telephone: str
    email: str
    ods_code: str | None
    style: HouseStyle = field(default=HouseStyle(), metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Who signs, in what role; `registration` as "GMC 7000000", None where there is none."""

    name: str
    role: str
    registration: str | None
    signed_on: date | None  # None: not signed yet
    signature: Picture | None = field(default=None, metadata=LATER)  # as their hand writes it


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
    annexes: tuple[Annex, ...] = field(default=(), metadata=LATER)


def pictures_in(content: LetterContent) -> tuple[Picture, ...]:
    """Every picture that the letter prints, in the order it prints them."""
    found = (
        content.letterhead.style.logo,
        content.sign_off.signature,
        *(figure.picture for annex in content.annexes for figure in annex.figures),
    )
    return tuple(picture for picture in found if picture is not None)
