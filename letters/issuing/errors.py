"""Refusals about letters; each message says what to do and names nobody."""


class IssuingError(Exception):
    """The base of this folder's refusals."""


class LandlordNotKnown(IssuingError):
    def __init__(self) -> None:
        super().__init__("Find out who the landlord is first: a letter needs a name and an address")


class NoHazardReported(IssuingError):
    def __init__(self) -> None:
        super().__init__("Report at least one hazard first")


class NotADraft(IssuingError):
    """The letter has been approved or withdrawn in the meantime."""

    def __init__(self) -> None:
        super().__init__("Look at the letter again: it is no draft any more")


class DraftChanged(IssuingError):
    """What would be approved is not what the person has read."""

    def __init__(self) -> None:
        super().__init__("Read the letter again: it has changed since you opened it")


class AdviserNeeded(IssuingError):
    """The law turns on something that nobody knows yet."""

    def __init__(self) -> None:
        super().__init__("Pass this letter to the adviser: how the home is held is not clear")


class ClinicianNeeded(IssuingError):
    """The letter gives medical information in the first person."""

    def __init__(self) -> None:
        super().__init__("Ask the clinician to approve this letter: it speaks of a patient in care")


class NotSignedOff(IssuingError):
    """Nobody in this partnership stands for the law and wording as they are now."""

    def __init__(self) -> None:
        super().__init__(
            "Ask your legal reviewers to sign the law and wording as they are now; until two of "
            "them have, letters can be drafted and read but not approved"
        )


class ReprisalNotDiscussed(IssuingError):
    def __init__(self) -> None:
        super().__init__("Talk about fear of eviction or reprisal first, and record it")


class SignedAlready(IssuingError):
    def __init__(self) -> None:
        super().__init__("Nothing to do: this has been signed for your partnership")


class SecondPersonNeeded(IssuingError):
    def __init__(self) -> None:
        super().__init__("Ask a second reviewer: the one who signed cannot confirm")


class ReviewDayPassed(IssuingError):
    def __init__(self) -> None:
        super().__init__("Enter a review day after today, within a year")


class AlreadyWithdrawn(IssuingError):
    def __init__(self) -> None:
        super().__init__("Nothing to do: this letter has been withdrawn")
