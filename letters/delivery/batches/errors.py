"""Refusals about batches of letters to print."""

from letters.delivery.errors import DeliveryError


class NothingToPrint(DeliveryError):
    def __init__(self) -> None:
        super().__init__("There is nothing to print: no letter waits to be printed and posted here")


class BatchNotMade(DeliveryError):
    def __init__(self) -> None:
        super().__init__("Wait a moment: the letters are still being put together")


class NotToBeSeen(DeliveryError):
    """It shows photographs or documents that the patient keeps from this person."""

    def __init__(self) -> None:
        super().__init__(
            "Ask somebody of the clinic to print this batch: it shows photographs or documents "
            "that you may not see"
        )


class NothingTicked(DeliveryError):
    field = "items"

    def __init__(self) -> None:
        super().__init__("Tick at least one letter that is in the post")
