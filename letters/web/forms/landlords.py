"""Landlords: finding one in the directory, and adding one."""

from typing import Any

from typing_extensions import override

from letters.access.models import Partnership
from letters.cases.models import Landlord
from letters.cases.queries import landlords_of
from letters.law.tenures import LandlordKind
from letters.web.fields import Choice, Email, Lines, Look, Text, named
from letters.web.forms.form import Form
from letters.web.forms.holdings import LANDLORD_KINDS


def landlord_in_words(landlord: Landlord) -> str:
    """Name, department and postcode, to tell one from another."""
    return ", ".join(
        part for part in (landlord.name, landlord.department, *landlord.address[-1:]) if part
    )


class NameLandlordForm(Form):
    """The landlord of an open case, from the directory."""

    landlord = Choice("Landlord", missing="Choose the landlord", look=Look(component="select"))

    def __init__(self, data: Any = None, *, partnership: Partnership) -> None:
        super().__init__(data)
        self._landlords = {str(each.pk): each for each in landlords_of(partnership)}
        field = self.fields["landlord"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = [(pk, landlord_in_words(each)) for pk, each in self._landlords.items()]

    @override
    def values(self) -> dict[str, Any]:
        return {"landlord": self._landlords[self.cleaned_data["landlord"]]}


class AddLandlordForm(Form):
    """A landlord who is not in the directory yet."""

    kind = Choice(
        "What kind of landlord is it?",
        [option for option in named(LANDLORD_KINDS) if option[0] != LandlordKind.NOT_KNOWN],
        missing="Choose the kind of landlord: the law turns on it",
        coerce=LandlordKind,
    )
    name = Text("Name", hint="The person or body itself", missing="Enter the landlord's name")
    department = Text("Department", hint="Such as 'Repairs team', if known")
    address = Lines(
        "Address for letters",
        hint="One line for each part, postcode last",
        missing="Enter the address for letters",
        max_length=400,
        look=Look(component="textarea", rows=4),
    )
    email = Email("E-mail address for letters", hint="Leave empty to print and post letters")
