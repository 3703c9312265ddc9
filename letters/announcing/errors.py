"""Refusals about telling other programs."""


class AnnouncingError(Exception):
    """The base of this folder's refusals. `field` is the field at fault, '' for none."""

    field = ""


class AddressNotAllowed(AnnouncingError):
    """Not an address on the open internet that can be reached under an encrypted connection."""

    field = "url"

    def __init__(self) -> None:
        super().__init__(
            "Enter an address that starts with https://, without a user name or password before "
            "the host, and whose host is reached over the internet"
        )


class NothingChosen(AnnouncingError):
    field = "kinds"

    def __init__(self) -> None:
        super().__init__("Choose what the other program is told")


class DemonstrationTellsNobody(AnnouncingError):
    """A demonstration has no way to the outside."""

    def __init__(self) -> None:
        super().__init__("Use a partnership that is no demonstration: this one tells nobody")


class PartnershipNotClear(AnnouncingError):
    """There is not exactly one partnership to take, or the one named is not the person's."""

    field = "partnership"

    def __init__(self) -> None:
        super().__init__("Name one of your partnerships by its id")


class SubscriptionEnded(AnnouncingError):
    def __init__(self) -> None:
        super().__init__("Make a new subscription: this one has ended")


class NotGivenUp(AnnouncingError):
    """It is on its way, or was told already."""

    def __init__(self) -> None:
        super().__init__("Wait for it: only what was given up can be told again")


class CursorNotKnown(AnnouncingError):
    """Not a cursor of this log."""

    field = "after"

    def __init__(self) -> None:
        super().__init__("Use the cursor that came with the last events, or none to begin")


class NotTold(Exception):
    """A try that failed; `reason` is a short constant key that a person is shown in words."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class NotWanted(NotTold):
    """The other side says that it wants no more: 410 Gone."""

    def __init__(self) -> None:
        super().__init__("gone")
