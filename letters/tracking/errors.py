"""Refusals about clocks, deadlines and the steps of a ladder."""

from datetime import date


class TrackingError(Exception):
    """The base of this folder's refusals."""


class StepsMissing(TrackingError):
    """Letters that go before this one have not been sent."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        super().__init__(f"Send this first: {'; '.join(steps)}")


class NothingSent(TrackingError):
    """The letter tells of the one before it, and none has left."""

    def __init__(self) -> None:
        super().__init__("Send a letter about the home first: this one says what went before")


class NothingMissed(TrackingError):
    """The letter says which dates have passed, and none has."""

    def __init__(self) -> None:
        super().__init__("Wait: no date of the latest letter has passed without an answer")


class DraftWaits(TrackingError):
    """A letter of this kind is being written already."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"Finish or withdraw the one that waits in this case already: {kind}")


class ExtensionTooLong(TrackingError):
    """The law says how far this time may be put off, and it would be put off further."""

    field = "until"

    def __init__(self, latest: date, says: str) -> None:
        super().__init__(f"Enter a day up to {latest.day} {latest:%B %Y}. {says}")


class LetterNotSent(TrackingError):
    def __init__(self) -> None:
        super().__init__("Send the letter first: no clock runs from a letter that has not gone")


class DeadlineEnded(TrackingError):
    def __init__(self) -> None:
        super().__init__("Nothing to change: this deadline has ended")


class NotPaused(TrackingError):
    def __init__(self) -> None:
        super().__init__("Nothing to resume: this deadline is not paused")


class NotLater(TrackingError):
    def __init__(self) -> None:
        super().__init__("Enter a day after the one it is due now; a deadline is never shortened")


class ReasonMissing(TrackingError):
    def __init__(self) -> None:
        super().__init__("Give the reason; it stands in the history of the case")


class MomentNotYetCome(TrackingError):
    def __init__(self) -> None:
        super().__init__("Enter a moment that is not in the future")


class PromiseTooFar(TrackingError):
    def __init__(self) -> None:
        super().__init__(
            "Check the year of the day that was promised: it is more than two years on"
        )


class PromiseEnded(TrackingError):
    def __init__(self) -> None:
        super().__init__("Nothing to change: this promise was kept, or taken back")


class PromiseNotMoved(TrackingError):
    def __init__(self) -> None:
        super().__init__("Enter another day than the one it is promised for now")
