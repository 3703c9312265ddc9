"""Refusals about asking a patient for photographs; each message says what to do."""

from letters.incoming.errors import IncomingError


class NotSafeToWrite(IncomingError):
    """What was recorded of safety does not say that the patient may be reached any way."""

    def __init__(self, what_to_do: str) -> None:
        super().__init__(what_to_do)


class ConsentTakenBack(IncomingError):
    def __init__(self) -> None:
        super().__init__("Ask the patient, and record consent anew first: it was taken back")


class WayNotOffered(IncomingError):
    field = "way"

    def __init__(self) -> None:
        super().__init__("Choose another way: this service cannot send by this one")


class AddressMissing(IncomingError):
    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__("Enter where the link goes to")


class RequestOver(IncomingError):
    """The link was ended, or ran out, while somebody was sending."""

    def __init__(self) -> None:
        super().__init__("Telephone whoever asked you: the link no longer takes photographs")


class TooManySent(IncomingError):
    field = "photographs"

    def __init__(self, most: int) -> None:
        super().__init__(f"Keep to what shows the most: a link takes up to {most} photographs")
