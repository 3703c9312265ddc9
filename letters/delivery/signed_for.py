"""Somebody signed for a letter, as the post's own pages say, which a person has read."""

from datetime import date, datetime, time

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.delivery.errors import SignedForOutOfRange
from letters.delivery.models import Dispatch, Says, Source
from letters.delivery.receipts import record_receipt
from letters.law.periods import LONDON


def record_signed_for(*, dispatch: Dispatch, signed_on: date, by: User, at: datetime) -> Dispatch:
    """From that day the letter is known to have come, and what runs from it is counted anew."""
    require(by, Right.SEND_LETTER)
    today = at.astimezone(LONDON).date()
    if dispatch.sent_at is None:
        raise SignedForOutOfRange
    if not dispatch.sent_at.astimezone(LONDON).date() <= signed_on <= today:
        raise SignedForOutOfRange
    return record_receipt(
        dispatch_id=dispatch.pk,
        says=Says.SIGNED_FOR,
        source=Source.PERSON,
        happened_at=min(datetime.combine(signed_on, time(12), tzinfo=LONDON), at),
        reason="",
        at=at,
        by=by,
    )
