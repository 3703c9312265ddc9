"""Words about how letters are carried, without rows: who carries them, in which class of post, and
when another way is tried."""

from enum import StrEnum
from typing import Final


class CarrierName(StrEnum):
    """Who takes a letter from us; a dispatch keeps the name, so that no other is asked about it."""

    SMTP = "smtp"
    NOTIFY = "notify"
    OUTBOX = "outbox"

    @property
    def label(self) -> str:
        return _CARRIERS[self]


_CARRIERS: Final = {
    CarrierName.SMTP: "Our mail server",
    CarrierName.NOTIFY: "GOV.UK Notify",
    CarrierName.OUTBOX: "A folder here, for the demonstration",
}


class Postage(StrEnum):
    """The class of post."""

    FIRST = "first"
    SECOND = "second"
    ECONOMY = "economy"
    SIGNED_FOR = "signed_for"
    SPECIAL_DELIVERY = "special_delivery"

    @property
    def label(self) -> str:
        return _POSTAGES[self]

    @property
    def is_tracked(self) -> bool:
        """Whether the post keeps a number for it."""
        return self in (Postage.SIGNED_FOR, Postage.SPECIAL_DELIVERY)


_POSTAGES: Final = {
    Postage.FIRST: "First class",
    Postage.SECOND: "Second class",
    Postage.ECONOMY: "Economy",
    Postage.SIGNED_FOR: "Signed for",
    Postage.SPECIAL_DELIVERY: "Special delivery",
}
# What the provider that prints for us sells, and what people buy at the counter.
PRINTED_FOR_US: Final = (Postage.FIRST, Postage.SECOND, Postage.ECONOMY)
AT_THE_COUNTER: Final = (
    Postage.FIRST,
    Postage.SECOND,
    Postage.SIGNED_FOR,
    Postage.SPECIAL_DELIVERY,
)


class When(StrEnum):
    """What has to happen to a letter before it goes another way."""

    REFUSED = "refused"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        return "it is refused" if self is When.REFUSED else "it comes back"
