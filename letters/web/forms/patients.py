"""Finding a patient, and entering one."""

from typing import Any

from typing_extensions import override

from letters.access.models import User
from letters.access.queries import partnerships_of
from letters.access.roles import Role
from letters.web.fields import Choice, Day, Look, Text
from letters.web.forms.form import Form


class FindPatientForm(Form):
    """By NHS number, or by name and date of birth."""

    nhs_number = Text(
        "NHS number",
        hint="10 digits, such as 999 000 0018. Leave empty to search by name.",
        look=Look(component="input", size="m", width="20", inputmode="numeric"),
    )
    name = Text("Full name", hint="If you do not have the NHS number")
    date_of_birth = Day("Date of birth", hint="For example, 4 3 2019")

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("nhs_number") and not self.errors:
            if not given.get("name"):
                self.add_error("nhs_number", "Enter an NHS number, or a name and date of birth")
            elif not given.get("date_of_birth"):
                self.add_error("date_of_birth", "Enter the date of birth as well as the name")
        return given


class NewPatientForm(Form):
    """Who somebody is whom a search did not find."""

    name = Text("Full name", missing="Enter the patient's full name")
    date_of_birth = Day(
        "Date of birth", hint="For example, 4 3 2019", missing="Enter the patient's date of birth"
    )
    nhs_number = Text(
        "NHS number",
        hint="10 digits. Leave empty if there is none or it is not known.",
        look=Look(component="input", width="20", inputmode="numeric"),
    )


class RegisterPatientForm(NewPatientForm):
    """Entered before any case is opened; the short path enters them together with one."""

    partnership = Choice("For which partnership?", missing="Choose the partnership")

    def __init__(self, data: Any = None, *, user: User, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        there = partnerships_of(user, Role.CLINICIAN).order_by("name")
        self._partnerships = {str(each.pk): each for each in there}
        field = self.fields["partnership"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = [(pk, each.name) for pk, each in self._partnerships.items()]
        if len(self._partnerships) == 1:
            del self.fields["partnership"]

    @override
    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        chosen = given.pop("partnership", next(iter(self._partnerships), ""))
        return given | {"partnership": self._partnerships[chosen]}
