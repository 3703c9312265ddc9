"""The few words that rendering itself adds, in the language of the letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from letters.drafting.content import Mark
from letters.rendering.errors import RenderingFailed

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One language's words; `marks` has the words of each mark, "" for none."""

    telephone: str
    email: str
    ods_code: str
    written: str
    reference: str
    signed: str
    not_signed: str
    copies: str
    enclosures: str
    page: str
    of: str
    months: tuple[str, ...]
    marks: Mapping[Mark, str]

    def day(self, day: date) -> str:
        """The day in words, which no line break splits."""
        return NO_BREAK_SPACE.join((str(day.day), self.months[day.month - 1], str(day.year)))


ENGLISH = Labels(
    telephone="Telephone",
    email="Email",
    ods_code="ODS code",
    written="Date",
    reference="Our reference",
    signed="Signed on",
    not_signed="Not signed yet",
    copies="Copies to",
    enclosures="Enclosures",
    page="Page",
    of="of",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    marks={
        Mark.NONE: "",
        Mark.PREVIEW: "Preview: not reviewed, not for sending",
        Mark.DEMONSTRATION: "Demonstration: invented people, not for sending",
    },
)

LABELS = {"en": ENGLISH, "en-GB": ENGLISH}


def labels_for(language: str) -> Labels:
    """Refuses a language without labels rather than mix two languages in one letter."""
    try:
        return LABELS[language]
    except KeyError:
        raise RenderingFailed(f"There are no labels for letters in {language!r}") from None
