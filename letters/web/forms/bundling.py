"""What goes into a bundle, and how large its volumes may be."""

from typing import Any

from letters.bundling.limits import (
    MOST_MEGABYTES,
    MOST_PAGES,
    USUAL_MEGABYTES,
    USUAL_PAGES,
)
from letters.bundling.offering import Offer, Offered
from letters.web.fields import Choices, Look, Text, Whole
from letters.web.forms.form import Form
from letters.web.words import day


class MakeBundleForm(Form):
    """Everything that is offered is ticked, but for what somebody should think about first."""

    title = Text(
        "Title",
        hint="It stands on the first page. Name nobody who need not be named.",
        missing="Enter a title, as the first page will show it",
        max_length=120,
    )
    parts = Choices("What goes in", missing="Tick at least one document")
    most_pages = Whole(
        "Most pages in one volume",
        hint="What is longer is split, and the page numbers run on.",
        missing="Enter how many pages a volume may have",
        most=MOST_PAGES,
    )
    most_megabytes = Whole(
        "Most megabytes in one volume",
        hint="Ask the reader what they take: these are our numbers, not theirs.",
        missing="Enter how many megabytes a volume may have",
        most=MOST_MEGABYTES,
    )

    def __init__(self, data: Any = None, *, offer: Offer, title: str) -> None:
        ticked = [part.key for part in offer.parts if not part.hesitation]
        initial = {
            "title": title,
            "parts": ticked,
            "most_pages": USUAL_PAGES,
            "most_megabytes": USUAL_MEGABYTES,
        }
        super().__init__(data, initial=initial)
        field = self.fields["parts"]
        assert isinstance(field, Choices)  # noqa: S101 - as declared above
        field.choices = [(part.key, part.title) for part in offer.parts]
        hints = {part.key: _hint(part) for part in offer.parts}
        field.look = Look(component="checkboxes", size="m", hints=hints)


def _hint(part: Offered) -> str:
    known = f"{part.kind.label}, {day(part.on)}." if part.on else f"{part.kind.label}."
    return f"{known} {part.hesitation}".strip()
