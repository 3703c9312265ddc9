"""What hinders a letter from being printed and posted, and what to mend; post.py finds it."""

from dataclasses import dataclass
from enum import StrEnum

MOST_PAGES = 10  # five sheets, printed on both sides
FEWEST_LINES, MOST_LINES = 3, 7


class Hindrance(StrEnum):
    """What is wrong; the label says what to mend."""

    UNREADABLE = "unreadable"
    TOO_MANY_PAGES = "too_many_pages"
    NOT_A4 = "not_a4"
    OUTSIDE_PRINTED_AREA = "outside_printed_area"
    ADDRESS_LINES = "address_lines"
    ADDRESS_POSTCODE = "address_postcode"
    ADDRESS_SIGNS = "address_signs"
    FONT_NOT_EMBEDDED = "font_not_embedded"
    NOTIFY_TAG = "notify_tag"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Hindrance.UNREADABLE: "The file cannot be opened. Make the letter again.",
    Hindrance.TOO_MANY_PAGES: f"It has more than {MOST_PAGES} pages, the most that go into one "
    "envelope. Leave out enclosures or photographs.",
    Hindrance.NOT_A4: "A page is not A4 and upright. Turn it or scale it.",
    Hindrance.OUTSIDE_PRINTED_AREA: "Something stands in a margin, or beside the window of the "
    "envelope. Shorten what stands at the head of the letter, or make an enclosure smaller.",
    Hindrance.ADDRESS_LINES: f"The address in the window has not {FEWEST_LINES} to {MOST_LINES} "
    "lines. Shorten or complete it.",
    Hindrance.ADDRESS_POSTCODE: "The last line in the window is no UK postcode. Complete the "
    "address.",
    Hindrance.ADDRESS_SIGNS: "A line of the address begins with a sign that sorting machines "
    "cannot read. Begin it with a letter or a number.",
    Hindrance.FONT_NOT_EMBEDDED: "An enclosure lacks its fonts, and would be printed in others. "
    "Save it as PDF again, with its fonts.",
    Hindrance.NOTIFY_TAG: "A page comes from a letter that was posted before: it bears the mark by "
    "which the printer knows a first page. Leave it out.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFault:
    """One thing that is wrong, on the first page where it is so; page 0 is the file as a whole."""

    what: Hindrance
    page: int

    @property
    def stops_by_hand(self) -> bool:
        """Whether it should not even go from a desk in a window envelope: it would reach nobody,
        or show through the window what is nobody's business."""
        return self.what in _STOPS_ANYWHERE or self.page == 1


_STOPS_ANYWHERE = (Hindrance.UNREADABLE,)
