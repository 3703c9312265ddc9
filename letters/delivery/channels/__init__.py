"""Ways in which a letter leaves the house, each behind one small interface."""

from collections.abc import Callable
from typing import Protocol

from letters.delivery.channels.parcel import Parcel


class Carrier(Protocol):
    """Hands a parcel over. `committing` is called once, just before the step after which it can no
    longer be known that nothing was accepted; whoever dies before it may safely try again."""

    def hand_over(self, parcel: Parcel, *, committing: Callable[[], None]) -> str:
        """The provider's reference. Raises TemporaryFailure or PermanentFailure when it is certain
        that nothing was accepted, OutcomeUnknown when it is not."""
