"""Refusals about what came in."""


class IncomingError(Exception):
    """The base of this folder's refusals. `field` is the field at fault, '' for none."""

    field = ""


class TooLargeToKeep(IncomingError):
    def __init__(self) -> None:
        super().__init__("Send less at once: a message may have 26 MB")


class NothingGiven(IncomingError):
    field = "text"

    def __init__(self) -> None:
        super().__init__("Paste the message, or enter what it says")


class NoSuchCase(IncomingError):
    field = "reference"

    def __init__(self) -> None:
        super().__init__("Check the reference: no case of your partnership has it")


class NoSuchLetter(IncomingError):
    field = "code"

    def __init__(self) -> None:
        super().__init__("Check the reference: no letter that you can see was posted under it")


class SeveralLetters(IncomingError):
    field = "code"

    def __init__(self) -> None:
        super().__init__("Open the case and choose the letter: several were sent under this one")


class AnotherPartnership(IncomingError):
    def __init__(self) -> None:
        super().__init__("Choose a case of the partnership that the message is for")


class NotSortedYet(IncomingError):
    def __init__(self) -> None:
        super().__init__("Wait a moment: the message is still being sorted")


class LinkEnded(IncomingError):
    def __init__(self) -> None:
        super().__init__("Look again: the message was taken out of this case")


class NothingSaid(IncomingError):
    def __init__(self) -> None:
        super().__init__("Choose what was said, or write it in a few words")


class NoLetterSent(IncomingError):
    field = "kind"

    def __init__(self) -> None:
        super().__init__("Choose 'Nothing to record': no letter of this case has left yet")


class NotLookedThrough(IncomingError):
    def __init__(self) -> None:
        super().__init__("Wait until the file has been looked through for viruses")


class Harmful(IncomingError):
    def __init__(self) -> None:
        super().__init__("Ask the sender for the file anew: this one is harmful and stays shut")


class TooLongAgo(IncomingError):
    field = "called_at"

    def __init__(self) -> None:
        super().__init__("Check the year: that is more than two years ago")


class NotFromTheFuture(IncomingError):
    field = "called_at"

    def __init__(self) -> None:
        super().__init__("Enter a day or time that is not in the future")
