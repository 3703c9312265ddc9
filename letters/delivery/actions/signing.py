"""Approving a letter and asking for it to be sent, in one go."""

from datetime import datetime

from django.db import transaction

from letters.access.models import User
from letters.delivery.actions.queueing import queue_dispatch
from letters.delivery.models import OVER, Channel, Dispatch
from letters.delivery.queries import dispatches_of
from letters.issuing import actions as issuing
from letters.issuing.models import Letter


@transaction.atomic
def sign_and_send(
    *, letter: Letter, seen: str, channel: Channel, by: User, at: datetime
) -> Dispatch:
    """Approve what was read (`seen`) and queue it, both or neither; pressed twice, one dispatch."""
    approved = issuing.approve_letter(letter=letter, seen=seen, by=by, at=at)
    there = dispatches_of(approved).exclude(status__in=OVER).filter(channel=channel).first()
    return there or queue_dispatch(letter=approved, channel=channel, by=by, at=at)
