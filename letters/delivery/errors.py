"""Refusals about sending, and the ways in which a channel can fail."""

from datetime import datetime, timedelta


class DeliveryError(Exception):
    """The base of this folder's refusals."""


class LetterNotApproved(DeliveryError):
    def __init__(self) -> None:
        super().__init__("Approve the letter first: only an approved letter can be sent")


class AlreadyQueued(DeliveryError):
    def __init__(self) -> None:
        super().__init__("This letter is on its way already; stop that dispatch first")


class AddresseeHasNoEmail(DeliveryError):
    def __init__(self) -> None:
        super().__init__("Add the addressee's e-mail address, or print and post the letter")


class NotByEmail(DeliveryError):
    """A copy for the patient or for the health record."""

    def __init__(self) -> None:
        super().__init__(
            "Print this copy or file it: the patient gets theirs by a way that is safe for them, "
            "and the record is not a mailbox"
        )


class NotFitForPost(DeliveryError):
    """The letter's PDF would not reach its reader in a window envelope, or show too much in it."""

    def __init__(self) -> None:
        super().__init__(
            "Do not post this letter: look under Files for what to mend, then withdraw it and "
            "draft another"
        )


class MailNotSetUp(DeliveryError):
    def __init__(self) -> None:
        super().__init__("Print and post the letter: this service has no mail server (EMAIL_URL)")


class PostNotSetUp(DeliveryError):
    def __init__(self) -> None:
        super().__init__("Print and post the letter: this service has no printer (NOTIFY_API_KEY)")


class PostageNotDecided(DeliveryError):
    def __init__(self) -> None:
        super().__init__(
            "Ask an administrator to choose a class of post under Sending, or print and post the "
            "letter yourself"
        )


class ChannelNotOffered(DeliveryError):
    """Nobody's address for it is kept."""

    def __init__(self) -> None:
        super().__init__("Choose another way: letters do not go by text message")


class UndoTooLong(DeliveryError):
    field = "undo_seconds"

    def __init__(self, longest: timedelta) -> None:
        minutes = int(longest.total_seconds()) // 60
        super().__init__(
            f"Enter a time in which a letter can be stopped, at most {minutes} minutes"
        )


class NoWayBack(DeliveryError):
    """A way that failed would be tried again, or one failure would lead two ways."""

    def __init__(self) -> None:
        super().__init__(
            "Choose another way for what is refused or comes back: not the same, not from one kind "
            "of post to the other, and one for each"
        )


class NotATrackingNumber(DeliveryError):
    field = "tracking_number"

    def __init__(self) -> None:
        super().__init__(
            "Enter the number as it is on the receipt, like RR 1234 5678 5GB: a digit is wrong or "
            "missing"
        )


class MoveNotAllowed(DeliveryError):
    """The dispatch is not where this step starts from; somebody else moved it first."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__("Look at the dispatch again: it has moved on in the meantime")


class PostedOutOfRange(DeliveryError):
    def __init__(self) -> None:
        super().__init__(
            "Enter the day of posting: not before the letter was made, not after today"
        )


class StillHeld(DeliveryError):
    """A worker has it, and its time is not over."""

    def __init__(self) -> None:
        super().__init__("Wait a few minutes: a worker is sending it now")


class SignedForOutOfRange(DeliveryError):
    field = "signed_on"

    def __init__(self) -> None:
        super().__init__(
            "Enter the day on which somebody signed for it: not before it was posted, and not "
            "after today"
        )


class NothingToSettle(DeliveryError):
    def __init__(self) -> None:
        super().__init__("Look at the dispatch again: nothing of it waits for you now")


class FilesNotMade(DeliveryError):
    """A worker has not rendered the letter yet."""

    def __init__(self) -> None:
        super().__init__("Wait a moment: the letter is still being made")


class ChannelFailure(Exception):
    """What a channel raises; `reason` is a short constant key that a person is shown in words."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class TemporaryFailure(ChannelFailure):
    """Certainly not accepted; worth another try, though none before `not_before` where the carrier
    named a time. `stops_all`: until then nothing else goes by this carrier either."""

    def __init__(
        self, reason: str, *, not_before: datetime | None = None, stops_all: bool = False
    ) -> None:
        self.not_before = not_before
        self.stops_all = stops_all
        super().__init__(reason)


class PermanentFailure(ChannelFailure):
    """Certainly not accepted, and never will be: a person must act."""


class OutcomeUnknown(ChannelFailure):
    """It may have been accepted; nothing goes again until a person has settled it."""
