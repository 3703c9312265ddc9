"""Refusals about links to letters."""

from letters.delivery.errors import DeliveryError


class LinkNotOffered(DeliveryError):
    """A copy for the patient or the record, or a dispatch that was stopped."""

    def __init__(self) -> None:
        super().__init__("Send the letter another way: this one has no page to open it on")
