"""Refusals about intakes."""

from letters.cases.errors import CaseError


class IntakeFinished(CaseError):
    """The answers have become a case; they can be added to there."""

    def __init__(self) -> None:
        super().__init__("Open the case: these answers have been recorded in it")
