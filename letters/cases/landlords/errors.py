"""Refusals about the directory of landlords."""

from letters.cases.errors import CaseError


class LandlordMerged(CaseError):
    """Somebody merged this entry into another meanwhile."""

    def __init__(self) -> None:
        super().__init__("Open the directory again: this entry was merged into another")


class KindInUse(CaseError):
    """Cases name this landlord, and their law turns on its kind."""

    field = "kind"

    def __init__(self) -> None:
        super().__init__(
            "Enter the landlord of the other kind anew and name it on each case: cases that name "
            "this one rest on its kind"
        )


class ContactOutOfReach(CaseError):
    """A contact says how to reach it."""

    field = "address"

    def __init__(self) -> None:
        super().__init__("Enter an address, an e-mail address or a telephone number")


class ManagerUnclear(CaseError):
    """Whoever acts for a landlord has a name and an address of their own."""

    field = "name"

    def __init__(self) -> None:
        super().__init__("Enter the name and the address of whoever acts for the landlord")


class NotDuplicates(CaseError):
    """They cannot be one landlord."""

    def __init__(self) -> None:
        super().__init__("Choose two entries of the same kind in the same partnership")


class RegisterUnreadable(CaseError):
    """A file that is no register, whatever its lines say."""

    def __init__(self, says: str) -> None:
        super().__init__(f"The file cannot be taken: {says}")


class LinesNotDecided(CaseError):
    """Some lines cannot be taken, and nobody has said to do without them."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"Mend the {count} lines told of, or say --without-bad-lines to take the others alone"
        )
