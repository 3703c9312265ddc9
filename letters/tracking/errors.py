"""Refusals about clocks and deadlines."""


class TrackingError(Exception):
    """The base of this folder's refusals."""


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
