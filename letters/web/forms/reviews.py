"""A reviewer's signature under units that were ticked, its confirmation, and taking it back."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from typing_extensions import override

from letters.issuing.reviewing import SigningStatus
from letters.law.units import UnitKind
from letters.web.fields import Choice, Day, LongText, Look, boxes, options
from letters.web.forms.form import Form

_ANY = Look(component="select", nothing="Any")


class StatusForm(Form):
    """Which units to list."""

    status = Choice("Where it stands", options(SigningStatus), look=_ANY, coerce=SigningStatus)
    kind = Choice("What it is", options(UnitKind), look=_ANY, coerce=UnitKind)


class TickedForm(Form):
    """Units that were ticked, each with the digest of what was read of it."""

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.ticked = data.getlist("unit") if isinstance(data, QueryDict) else []

    @property
    def seen(self) -> dict[str, str]:
        """Digest by unit."""
        pairs = (each.rpartition(" ") for each in self.ticked)
        return {unit: digest for unit, _, digest in pairs}

    @override
    def clean(self) -> dict[str, Any]:
        if not self.ticked:
            raise ValidationError("Tick at least one, after reading what it says")
        return super().clean() or self.cleaned_data

    @override
    def values(self) -> dict[str, Any]:
        return {**super().values(), "seen": self.seen}


class SignForm(TickedForm):
    """By when law and wording must be looked at again."""

    review_by = Day(
        "Look at it again by",
        hint="At most a year from today. After that day no letter that rests on it can go.",
        missing="Enter the day by which it must be looked at again",
    )

    def __init__(self, data: Any = None, *, suggested: date | None = None) -> None:
        super().__init__(data, initial={"review_by": boxes(suggested)})


class WithdrawForm(Form):
    """Why a signature is taken back."""

    reason = LongText(
        "Why do you take it back?",
        hint="Letters that rest on it stop at once. Others in your partnership read the reason.",
        missing="Say why; others rely on what you signed",
        look=Look(component="textarea", rows=3),
        max_length=500,
    )
