"""Taking a photograph or a document out of use, and back; its bytes stay either way."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.evidence.models import Enclosure, Photograph

_Kept = TypeVar("_Kept", Photograph, Enclosure)
_COLUMNS = ["removed_by", "removed_at"]


@transaction.atomic
def take_out_of_use(kept: _Kept, *, by: User, at: datetime) -> _Kept:
    """Once; a second time changes nothing."""
    require(by, Right.RECORD_CASE)
    rows = type(kept).objects.select_for_update(of=("self",)).only("case", *_COLUMNS)
    locked: _Kept = rows.get(pk=kept.pk)
    if locked.removed_at is None:
        locked.removed_by, locked.removed_at = by, at
        locked.save(update_fields=_COLUMNS)
        record(f"remove_{kept._meta.model_name}", locked, by=by, case=locked.case_id)
    return locked


def put_back_in_use(kept: _Kept, *, by: User) -> _Kept:
    """Where it had been removed; the caller holds the lock of the case."""
    if kept.removed_at is not None:
        kept.removed_by = kept.removed_at = None
        kept.save(update_fields=_COLUMNS)
        record(f"restore_{kept._meta.model_name}", kept, by=by, case=kept.case_id)
    return kept
