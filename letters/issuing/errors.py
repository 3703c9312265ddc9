"""Refusals about letters; each message says what to do and names nobody."""

from letters.drafting.gates import Effect


class IssuingError(Exception):
    """The base of this folder's refusals."""


_HELD = {
    Effect.STOPS: "Stop here: this letter could harm somebody. Read on its page what to do first",
    Effect.ADVISER: "Leave this with the adviser: it is on their worklist until they have looked "
    "at it",
    Effect.RECORD: "Record the household's safety first: nobody has said yet whether a letter "
    "could harm somebody",
}


class HeldAtGate(IssuingError):
    """The letter may not be approved or sent yet, since it could harm somebody. It does not say by
    what: the page of the letter does."""

    def __init__(self, effect: Effect) -> None:
        self.effect = effect
        super().__init__(_HELD[effect])


class NotAtGate(IssuingError):
    def __init__(self) -> None:
        super().__init__("Look at the letter again: it is not held by this any more")


class SafetyChanged(IssuingError):
    """Other answers were recorded since the page was shown."""

    def __init__(self) -> None:
        super().__init__("Read the answers about safety again: they have changed meanwhile")


class GateReasonMissing(IssuingError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__("Say why this letter may go")


class AdviceNotFollowed(IssuingError):
    field = "advice_followed"

    def __init__(self) -> None:
        super().__init__("Follow the advice first, then tick the box to say so")


class LandlordNotKnown(IssuingError):
    def __init__(self) -> None:
        super().__init__("Find out who the landlord is first: a letter needs a name and an address")


class ReaderNotKnown(IssuingError):
    """The letter goes to a council, an ombudsman or a tribunal, and nobody has said which."""

    def __init__(self, reader: str) -> None:
        super().__init__(f"Choose who reads this letter first: {reader[:1].lower()}{reader[1:]}")


class ReservedLetter(IssuingError):
    """The letter has legal effect, and is not a clinician's to write."""

    def __init__(self) -> None:
        super().__init__(
            "Pass this on to the adviser: a letter with legal effect takes two "
            "signatures, and neither is a clinician's"
        )


class TenantNotAsked(IssuingError):
    """The letter goes in the tenant's name, and nobody has said that the tenant wants it."""

    field = "tenant_asked"

    def __init__(self) -> None:
        super().__init__("Read the letter with the tenant first, and ask whether to send it")


class SecondSignatureNeeded(IssuingError):
    def __init__(self) -> None:
        super().__init__("Ask a second adviser to sign: whoever signed first cannot sign again")


class SignedOnAnotherDay(IssuingError):
    """The letter bears the day of its first signature, and states the law of that day."""

    def __init__(self) -> None:
        super().__init__("Ask whoever signed first to sign again: the letter bears an earlier day")


class NoHazardReported(IssuingError):
    def __init__(self) -> None:
        super().__init__("Report at least one hazard first")


class ChosenIsGone(IssuingError):
    """A photograph or document of the letter has been removed, or is another case's."""

    field = "photographs"

    def __init__(self) -> None:
        super().__init__("Choose photographs and enclosures again: one of them has been removed")


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


class AdviserSigns(IssuingError):
    """The letter is sent in the tenant's name, or is an adviser's."""

    def __init__(self) -> None:
        super().__init__(
            "Ask the adviser to approve this letter: the tenant's word goes through them"
        )


class NotSignedOff(IssuingError):
    """Two reviewers of this partnership do not stand for all that the letter rests on."""

    def __init__(self, *, unsigned: int, overdue: int) -> None:
        lacking = [
            f"{count} {what}"
            for count, what in ((unsigned, "not signed"), (overdue, "past the review day"))
            if count
        ]
        super().__init__(
            "Ask your legal reviewers to look under Sign-off: of the law and wording that this "
            f"letter rests on, {' and '.join(lacking)}. It can be read, but not approved or sent"
        )


class ReprisalNotDiscussed(IssuingError):
    def __init__(self) -> None:
        super().__init__("Talk about fear of eviction or reprisal first, and record it")


class SignedAlready(IssuingError):
    def __init__(self) -> None:
        super().__init__("Nothing to do: this has been signed for your partnership")


class NothingTicked(IssuingError):
    def __init__(self) -> None:
        super().__init__("Tick at least one, after reading what it says")


class UnitChanged(IssuingError):
    """What would be signed is not what the person has read, or is there no more."""

    def __init__(self) -> None:
        super().__init__("Read it again: what it says has changed since you opened it")


class CaseFails(IssuingError):
    """The engine answers a worked case otherwise than it is written."""

    def __init__(self, title: str, case: str) -> None:
        super().__init__(
            f"Have this mended first: {title}. The service says otherwise than its worked case "
            f'"{case}"'
        )


class CasesUnreadable(IssuingError):
    """The worked cases cannot be read without guessing; the message names file and line."""

    def __init__(self, title: str, says: str) -> None:
        super().__init__(
            f"Have this mended first: {title}. Its worked cases cannot be read: {says}"
        )


class WithdrawalNeedsReason(IssuingError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__("Say why; others rely on what you signed")


class SecondPersonNeeded(IssuingError):
    def __init__(self) -> None:
        super().__init__("Ask a second reviewer: the one who signed cannot confirm")


class ReviewDayPassed(IssuingError):
    field = "review_by"

    def __init__(self) -> None:
        super().__init__("Enter a review day after today, within a year")


class AlreadyWithdrawn(IssuingError):
    def __init__(self) -> None:
        super().__init__("Nothing to do: this letter has been withdrawn")


class NotAColour(IssuingError):
    field = "colour"

    def __init__(self) -> None:
        super().__init__("Enter the colour as # and six digits or letters a to f, like #003d78")


class ColourTooLight(IssuingError):
    """Words in it could not be read by everybody, on paper or on a tinted panel."""

    field = "colour"

    def __init__(self, *, ratio: float, needed: float, nearest: str) -> None:
        # rounded down: a ratio that just fails must not be shown as one that passes
        super().__init__(
            f"Choose a darker colour: its contrast is {int(ratio * 10) / 10} to 1, and words need "
            f"{needed} to 1. The nearest one that can be read is {nearest}"
        )


class FooterTooLong(IssuingError):
    field = "footer"

    def __init__(self, *, lines: int, characters: int) -> None:
        super().__init__(f"Use at most {lines} lines of at most {characters} characters each")


class NoSignature(IssuingError):
    def __init__(self) -> None:
        super().__init__("Nothing to do: you have no signature picture here")


class ShellHasFaults(IssuingError):
    """The Word file cannot be filled; `faults` says line by line what to mend."""

    field = "file"

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("Mend the Word file and choose it again: what is wrong stands below")


_MOST_SIGNS = 8


class NotPrintable(IssuingError):
    """Words with signs that no typeface of the letters has; `field` is where they were typed."""

    def __init__(self, signs: tuple[str, ...], *, field: str = "") -> None:
        self.field = field
        named = [f"U+{ord(sign):04X} ({sign})" for sign in signs[:_MOST_SIGNS]]
        more = len(signs) - len(named)
        said = ", ".join((*named, f"{more} more") if more else named)
        super().__init__(
            f"Take out or spell out: {said}. Letters have no typeface with "
            f"{'these signs' if len(signs) > 1 else 'this sign'}"
        )


class ClauseReasonMissing(IssuingError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__("Say why it does not belong in this letter")


class ClauseLocked(IssuingError):
    """The facts bring the provision in."""

    def __init__(self) -> None:
        super().__init__(
            "This stays: it applies by the facts of the case. Correct them where they are wrong"
        )


class ClauseNotTold(IssuingError):
    """The letter says nothing of the provision."""

    def __init__(self) -> None:
        super().__init__("Nothing to leave out: the letter does not tell of this")
