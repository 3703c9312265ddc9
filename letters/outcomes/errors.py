"""Refusals about outcomes."""


class OutcomeError(Exception):
    """The base of this folder's refusals."""


class DayOfCompletionMissing(OutcomeError):
    def __init__(self) -> None:
        super().__init__("Enter the day on which the work was finished")


class NotYetHappened(OutcomeError):
    def __init__(self) -> None:
        super().__init__("Enter a day or time that is not in the future")
