"""Refusals about cases; each message says what to do and names nobody."""


class CaseError(Exception):
    """The base of this folder's refusals. `field` is the field at fault, '' for none."""

    field = ""


class PatientExists(CaseError):
    """This partnership has a patient with that NHS number already."""

    field = "nhs_number"

    def __init__(self) -> None:
        super().__init__("Find this patient first: somebody with that NHS number is here already")


class PatientDiffers(CaseError):
    """The patient with that NHS number has another name or date of birth here."""

    field = "nhs_number"

    def __init__(self) -> None:
        super().__init__(
            "Check the NHS number, name and date of birth: they do not belong to one patient here"
        )


class OpenCaseExists(CaseError):
    """The patient has an open case for this home."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(f"Add to case {reference}: it is open for this patient and home")


class HomeContradicted(CaseError):
    """Tenure, agreement and landlord cannot all be as they were said to be."""

    field = "landlord"

    def __init__(self, says: str) -> None:
        super().__init__(says)


class NotAResponsibleBody(CaseError):
    """The directory holds councils' teams, ombudsmen and tribunals, and nobody else."""

    field = "reader"

    def __init__(self) -> None:
        super().__init__("Choose a council's team, or an ombudsman or tribunal")


class AdjustmentNotSaid(CaseError):
    """A request for an adjustment says which."""

    field = "adjustment"

    def __init__(self) -> None:
        super().__init__("Say which adjustment is asked for, in the patient's own terms")


class CaseClosed(CaseError):
    """Nothing can be added to a closed case."""

    def __init__(self) -> None:
        super().__init__("Open a new case: this one is closed")


class HazardAlreadyReported(CaseError):
    """The case holds this hazard already."""

    field = "hazard"

    def __init__(self) -> None:
        super().__init__("Correct the report of this hazard: the case has one already")


class DateInTheFuture(CaseError):
    """A thing that has happened cannot have happened after today."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__("Enter a date that is not in the future")


class BasisMissing(CaseError):
    """An opinion of the level 'likely' needs the clinician's reasons."""

    field = "basis"

    def __init__(self) -> None:
        super().__init__("Give the basis of your opinion, or choose 'consistent with'")


class NobodyMayConsent(CaseError):
    """Consent by somebody other than the patient needs the reason why they may give it."""

    field = "capacity_basis"

    def __init__(self) -> None:
        super().__init__("Say why this person may consent for the patient")


class NothingAgreed(CaseError):
    """A consent without a single recipient and item says nothing."""

    field = "grants"

    def __init__(self) -> None:
        super().__init__("Tick what the patient agrees to, for at least one recipient")


class ConsentEndsTooSoon(CaseError):
    """A consent lasts at least until the day after it was given."""

    field = "expires_on"

    def __init__(self) -> None:
        super().__init__("Enter a last day of consent that is after the day it was given")


class ConsentMissing(CaseError):
    """No open consent covers what was about to be told."""

    def __init__(self, recipient: str, items: tuple[str, ...]) -> None:
        self.recipient, self.items = recipient, items
        what = ", ".join(item.replace("_", " ") for item in items) or "anything"
        who = recipient.replace("_", " ")
        super().__init__(f"Ask the patient first: no consent to tell the {who} about {what}")


class ConcernsUnanswered(CaseError):
    """A record of safety answers every question, be it with "not known"."""

    def __init__(self) -> None:
        super().__init__("Answer every question about safety: yes, no or not known")


class NobodyChosen(CaseError):
    """Consent is taken back from somebody."""

    field = "recipients"

    def __init__(self) -> None:
        super().__init__("Choose who may not be told any more")


class EmergencyReasonMissing(CaseError):
    """Another team's cases are opened for a reason that somebody can look at later."""

    field = "reason"

    def __init__(self) -> None:
        super().__init__("Say why you need to see this now: somebody else will read it")


class ReviewedByOneself(CaseError):
    """Nobody says of themselves whether they had a reason to look."""

    def __init__(self) -> None:
        super().__init__("Ask another administrator: nobody reviews what they opened themselves")


class ReviewedAlready(CaseError):
    """Somebody has said whether there was a reason."""

    def __init__(self) -> None:
        super().__init__("Nothing to do: somebody has reviewed this already")


class AddedMeanwhile(CaseError):
    """What somebody says that they have read is not all there is by now."""

    def __init__(self) -> None:
        super().__init__("Read on: something was added since you opened the page")
