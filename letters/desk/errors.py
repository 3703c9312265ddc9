"""Refusals about who works on what."""


class DeskError(Exception):
    """The base of this folder's refusals. `field` is the field at fault, '' for none."""

    field = ""


class NotInTheTeam(DeskError):
    """Only an adviser of the case's advice team can see it, and so work on it."""

    field = "person"

    def __init__(self) -> None:
        super().__init__("Choose an adviser of the case's own advice team")


class NotColleagues(DeskError):
    """Who covers and who is covered are advisers of one team; else the cover would see nothing."""

    field = "covered_by"

    def __init__(self) -> None:
        super().__init__("Choose two advisers of the same team")


class CoverEndsTooSoon(DeskError):
    """The last day comes before the first, or has passed."""

    field = "last_day"

    def __init__(self) -> None:
        super().__init__("Enter a last day that is not before the first, nor before today")


class CoveredAlready(DeskError):
    """Somebody covers for them on one of those days."""

    field = "first_day"

    def __init__(self) -> None:
        super().__init__("Choose other days, or end the cover there is: it overlaps with these")


class ListNameMissing(DeskError):
    """A list is found again by its name."""

    field = "name"

    def __init__(self) -> None:
        super().__init__("Enter a name for this list")


class TooManyLists(DeskError):
    """More lists than anybody looks through."""

    field = "name"

    def __init__(self, most: int) -> None:
        super().__init__(f"Remove a list first: you keep {most}")


class GoneFromTheList(DeskError):
    """Somebody else has dealt with it, or it is not the person's to see."""

    def __init__(self) -> None:
        super().__init__("Look at the worklist: this does not stand there any more")


class NotTogether(DeskError):
    """It takes a reason, or an answer, of its own."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
