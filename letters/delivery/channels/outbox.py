"""The demonstration's carrier: a folder on this machine. It can reach nobody."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from letters.delivery.channels import Found, Has
from letters.delivery.channels.parcel import Parcel, message_id, message_of


@dataclass(frozen=True, slots=True)
class OutboxCarrier:
    """Writes each message to `<folder>/<dispatch id>.eml`; the same one twice is one file."""

    folder: Path

    @property
    def can_tell(self) -> bool:
        """The folder is there to be looked at."""
        return True

    def find(self, dispatch_id: UUID) -> Found:
        is_there = (self.folder / f"{dispatch_id}.eml").is_file()
        return Found(has=Has.YES if is_there else Has.NO)

    def hand_over(self, parcel: Parcel, *, committing: Callable[[], None]) -> str:
        """Always accepted."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = self.folder / f"{parcel.dispatch_id}.part"
        unfinished.write_bytes(message_of(parcel).as_bytes())
        committing()
        os.replace(unfinished, self.folder / f"{parcel.dispatch_id}.eml")  # noqa: PTH105
        return message_id(parcel)
