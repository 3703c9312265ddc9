"""Refusals about questions between the two sides of a case."""

from letters.cases.errors import CaseError


class AsksOwnSide(CaseError):
    """A question goes from one side of the case to the other."""

    field = "asked_of"

    def __init__(self) -> None:
        super().__init__("Ask the other team of the case: you work in this one")


class NobodyToAnswer(CaseError):
    """The patient has not agreed that an adviser sees the case."""

    def __init__(self) -> None:
        super().__init__("Record consent first: no adviser can see this case, nor the question")


class NotYoursToAnswer(CaseError):
    """Somebody of the side that was asked answers."""

    def __init__(self) -> None:
        super().__init__("Leave this to the team that was asked")


class NotYoursToDrop(CaseError):
    """Somebody of the side that asked says that it is no longer needed."""

    def __init__(self) -> None:
        super().__init__("Answer the question, or leave it: the team that asked can take it back")


class QuestionDropped(CaseError):
    """Whoever asked needs no answer any more."""

    def __init__(self) -> None:
        super().__init__("Nothing to answer: this question is no longer needed")


class QuestionAnswered(CaseError):
    """It cannot be taken back once somebody has answered."""

    def __init__(self) -> None:
        super().__init__("Read the answer: this question has been answered")
