"""What the law engine refuses, each refusal named for the fact."""

from datetime import date
from pathlib import Path


class LawError(Exception):
    """Any refusal of this folder."""


class LawFileError(LawError):
    """A law file that cannot be read without guessing; start-up stops at the line named."""

    def __init__(self, path: Path, line: int, says: str) -> None:
        super().__init__(f"{path}:{line}: {says}")
        self.path = path
        self.line = line
        self.says = says


class NotInForce(LawError):
    """The provision is not the law on that day; `says` is fit to show to an adviser."""

    def __init__(self, provision_id: str, day: date, says: str) -> None:
        super().__init__(f"{provision_id} is {says}")
        self.provision_id = provision_id
        self.day = day
        self.says = says


class UnknownProvision(LawError):
    """No file has this id; the nearest ids are named."""


class CalendarRunsOut(LawError):
    """The day lies outside the published bank holidays, so no answer would be sure."""


class NaiveMoment(LawError):
    """A moment without a time zone starts no clock."""


class MomentNeeded(LawError):
    """A period in hours needs the time of its event, not only the day."""


class NoFixedLength(LawError):
    """The law gives this period no number, so no day can be worked out."""
