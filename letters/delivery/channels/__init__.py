"""Ways in which a letter leaves the house, each behind one small interface."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from letters.delivery.channels.parcel import Parcel


class Has(StrEnum):
    """Whether a carrier has a letter that it was offered before."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a carrier answered; `reference` is its own name for what it has."""

    has: Has
    reference: str = ""


class Carrier(Protocol):
    """Hands a parcel over. `committing` is called once, just before the step after which it can no
    longer be known that nothing was accepted; whoever dies before it may safely try again."""

    @property
    def can_tell(self) -> bool:
        """Whether `find` ever answers yes or no."""

    def find(self, dispatch_id: UUID) -> Found:
        """Whether it has the parcel of an earlier try. Raises TemporaryFailure when it cannot be
        asked just now."""

    def hand_over(self, parcel: Parcel, *, committing: Callable[[], None]) -> str:
        """The provider's reference. Raises TemporaryFailure or PermanentFailure when it is certain
        that nothing was accepted, OutcomeUnknown when it is not."""
