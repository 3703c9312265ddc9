"""The third screen of the short path: the home, how it is held and from whom."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from typing_extensions import override

from letters.access.models import Team, User
from letters.cases.intakes.actions import Boxes
from letters.cases.models import Case, Patient
from letters.drafting.identifiers import NotAPostcode, normal_postcode
from letters.issuing.sources import library
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Tenure
from letters.web.fields import Choice
from letters.web.forms.holdings import LET_BY_PUBLIC_BODY
from letters.web.forms.opening import (
    ASKED,
    COUNCIL,
    LANDLORD_NOT_KNOWN,
    NOT_IN_DIRECTORY,
    OTHER,
    PATIENTS_OWN,
    SOMEBODY_ELSES,
    OpenCaseForm,
)


class IntakeHomeForm(OpenCaseForm):
    """As a case is opened, but that a postcode tells the nation where it lies in one, and that a
    landlord who is not named is not known."""

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Any = None,
        patient: Patient,
        user: User,
        team: Team,
        nations: tuple[Jurisdiction, ...],
    ) -> None:
        super().__init__(data, patient=patient, user=user, nations=nations)
        self._team = team
        self.fields.pop("team", None)  # asked for with the patient
        self._leave_open("landlord", "Not known: the adviser will find out")
        self._leave_open("jurisdiction", "")
        self.fields["jurisdiction"].help_text = "Only if the postcode does not tell."
        if len(self._advice_teams) == 1:
            del self.fields["advice_team"]
        self.initial = {**self.initial, **(initial or {})}

    def _leave_open(self, name: str, nothing: str) -> None:
        field = self.fields[name]
        assert isinstance(field, Choice)  # noqa: S101 - as declared by the parent
        field.required = False
        field.choices = [
            each for each in field.offered if each[0] not in (NOT_IN_DIRECTORY, LANDLORD_NOT_KNOWN)
        ]
        field.look = replace(field.look, nothing=nothing)

    def clean_postcode(self) -> str:
        """Its shape is said at once, four screens before the case is opened with it."""
        try:
            return normal_postcode(self.cleaned_data["postcode"])
        except NotAPostcode as refusal:
            raise ValidationError(str(refusal)) from None

    def clean_jurisdiction(self) -> Jurisdiction:
        """As said; else as the postcode says."""
        said = self.cleaned_data["jurisdiction"]
        found = said or library().nation_of(self.cleaned_data.get("postcode", ""))
        if found is None:
            raise ValidationError("Choose the nation: this postcode does not tell")
        return Jurisdiction(found)

    @override
    def clean(self) -> dict[str, Any]:
        self.cleaned_data.setdefault("advice_team", next(iter(self._advice_teams), ""))
        return super().clean()

    @override
    def values(self) -> dict[str, Any]:
        return super().values() | {"team": self._team}


def boxes_of(case: Case) -> Boxes:
    """The home of an earlier case as this screen's boxes hold it."""
    tenancy, home = case.tenancy, case.tenancy.home
    button = _button(Tenure(tenancy.tenure))
    agreement, kind = ASKED[button]
    is_patients = tenancy.tenant_name == case.patient.name
    boxes = {
        "address": "\n".join(home.address),
        "postcode": home.postcode,
        "jurisdiction": home.jurisdiction,
        "tenure": button,
        "other_tenure": tenancy.tenure if button == OTHER else "",
        "landlord": str(tenancy.landlord.pk) if tenancy.landlord else "",
        "tenant": PATIENTS_OWN if is_patients else SOMEBODY_ELSES,
        "tenant_name": "" if is_patients else tenancy.tenant_name,
        "tenancy_reference": tenancy.tenancy_reference,
        "tenant_gives_notice": tenancy.tenant_gives_notice,
        agreement: tenancy.agreement,
        kind: tenancy.landlord_kind,
    }
    return {name: [value] for name, value in boxes.items() if name and value}


def _button(tenure: Tenure) -> str:
    if tenure in LET_BY_PUBLIC_BODY:
        return COUNCIL
    return tenure.value if tenure.value in ASKED else OTHER
