"""Asking a patient for photographs, and what they enter who have the link."""

from collections.abc import Sequence
from typing import Any

from typing_extensions import override

from letters.cases.models import Patient
from letters.incoming.asking.models import PhotographRequest
from letters.web.fields import Choice, Day, Email, Look, Text, Uploads
from letters.web.forms.about import about_tick
from letters.web.forms.form import Form

_Way = PhotographRequest.Way


class AskForPhotographsForm(Form):
    """Where the link goes, as the patient says now."""

    way = Choice(
        "How should the link go?",
        missing="Choose how the link should go",
        coerce=_Way,
        look=Look(component="radios", asks={_Way.TEXT: ["mobile"], _Way.EMAIL: ["email"]}),
    )
    mobile = Text(
        "Mobile number",
        hint="Ask for it now, even if a record holds one. UK numbers, like 07700 900123.",
        max_length=30,
        validators=[],
        look=Look(component="input", width="20", inputmode="tel"),
    )
    email = Email("E-mail address", hint="Ask for it now, even if a record holds one.")

    def __init__(
        self, data: Any = None, *, patient: Patient, ways: Sequence[PhotographRequest.Way]
    ) -> None:
        super().__init__(data)
        field = self.fields["way"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = [(way.value, way.label) for way in ways]
        self.fields["is_theirs"] = about_tick(patient)

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        address = given["mobile"] if given["way"] == _Way.TEXT else given["email"]
        return {"way": given["way"], "address": address}


class OpenSendingForm(Form):
    """What shows that the link is theirs."""

    date_of_birth = Day(
        "Date of birth of the patient",
        hint="For example, 4 3 2019. If you send photographs for a child, enter the child's.",
        missing="Enter the date of birth of the patient",
    )


class SendPhotographsForm(Form):
    """Any number of photographs, with one line about all of them."""

    photographs = Uploads(
        "Choose or take photographs",
        hint="You can choose several at once, of up to 25 MB each",
        accept="image/*",
        missing="Choose or take at least one photograph",
    )
    shows = Text(
        "What do they show?",
        hint="Such as 'bedroom, the wall above the bed'. You can leave this empty.",
        validators=[],
    )
