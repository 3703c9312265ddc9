"""Refusals about bundles; each message says what to do and names nobody."""


class BundlingError(Exception):
    """The base of this folder's refusals. `field` is the field at fault, '' for none."""

    field = ""


class NotForThisReader(BundlingError):
    """A bundle is for who decides, inspects or lets the home."""

    def __init__(self) -> None:
        super().__init__("Choose who the bundle is for: an ombudsman or tribunal, or one of these")


class NotAgreed(BundlingError):
    """The patient has not agreed that this reader may be told even what is wrong with the home."""

    def __init__(self) -> None:
        super().__init__(
            "Ask the patient first: they have not agreed that this reader may be told anything "
            "in a later letter"
        )


class NothingChosen(BundlingError):
    field = "parts"

    def __init__(self) -> None:
        super().__init__("Tick at least one document")


class PartGone(BundlingError):
    """Something chosen is not there any more, or may no longer be told."""

    field = "parts"

    def __init__(self) -> None:
        super().__init__("Look at the list again: something you ticked changed in the meantime")


class TitleMissing(BundlingError):
    field = "title"

    def __init__(self) -> None:
        super().__init__("Enter a title, as the first page will show it")


class PagesOutOfRange(BundlingError):
    field = "most_pages"

    def __init__(self, fewest: int, most: int) -> None:
        super().__init__(f"Enter a number of pages from {fewest} to {most}")


class SizeOutOfRange(BundlingError):
    field = "most_megabytes"

    def __init__(self, fewest: int, most: int) -> None:
        super().__init__(f"Enter a size from {fewest} to {most} megabytes")


class NotToBeTold(BundlingError):
    """The patient took back, after the bundle was made, what it rests on."""

    def __init__(self) -> None:
        super().__init__(
            "Do not send this bundle: the patient no longer agrees that its reader may be told all "
            "that it tells. Make another"
        )


class NotMadeYet(BundlingError):
    def __init__(self) -> None:
        super().__init__("Wait a moment: the bundle is still being made")


class NotMade(Exception):
    """A bundle that cannot be made; `reason` is a key that a person is shown in words."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
