"""Refusals about photographs and documents; each message says what to do and names nobody."""


class EvidenceError(Exception):
    """The base of this folder's refusals. `field` is the field at fault, '' for none."""

    field = ""


class FileTooLarge(EvidenceError):
    field = "file"

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"Choose a smaller file: the most is {most_bytes // 1_000_000} MB")


class TooManyFiles(EvidenceError):
    """The case holds as many photographs, or documents, as one case may."""

    field = "file"

    def __init__(self, most: int) -> None:
        super().__init__(f"Keep to what shows the most: a case holds up to {most} of these")


class AlteredInStore(EvidenceError):
    """The stored bytes are not those that came."""

    def __init__(self) -> None:
        super().__init__(
            "Tell whoever runs the service: a stored file is not the one that was sent in"
        )


class NotDescribed(EvidenceError):
    """Nobody has said yet what the picture shows."""

    field = "shows"

    def __init__(self) -> None:
        super().__init__("Say what the photograph shows and who took it first: letters print both")


class AnotherCase(EvidenceError):
    """The hazard, or the letter, belongs to another case."""

    field = "hazard_report"

    def __init__(self) -> None:
        super().__init__("Choose from this case")


class NothingHidden(EvidenceError):
    field = "cells"

    def __init__(self) -> None:
        super().__init__("Choose at least one part of the picture to hide")


class OutsideThePicture(EvidenceError):
    field = "cells"

    def __init__(self) -> None:
        super().__init__("Choose a part that lies within the picture")


class ReasonMissing(EvidenceError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__("Say why: whoever reads the case later will ask")


class Removed(EvidenceError):
    def __init__(self) -> None:
        super().__init__("Choose another: this one has been removed")


class NameTaken(EvidenceError):
    """Two documents by one name could not be told apart in a letter."""

    field = "name"

    def __init__(self) -> None:
        super().__init__("Give it another name: the case has a document by this name")


class NameMissing(EvidenceError):
    field = "name"

    def __init__(self) -> None:
        super().__init__("Enter a name for the document, as the letter will list it")


class TellsNothing(EvidenceError):
    field = "tells"

    def __init__(self) -> None:
        super().__init__("Tick what the document tells: it goes only to those who may know it")


class DocumentRefused(EvidenceError):
    """A document that cannot be sent with a letter; `says` is what to send instead."""

    field = "file"

    def __init__(self, says: str) -> None:
        super().__init__(says)
