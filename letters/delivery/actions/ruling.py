"""Deciding how a partnership sends."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from letters.access.errors import NotAllowed
from letters.access.models import Partnership, User
from letters.access.queries import partnerships_with, require
from letters.access.roles import Right
from letters.audit.record import record
from letters.delivery.errors import NoWayBack, UndoTooLong
from letters.delivery.models import BY_POST, Channel
from letters.delivery.rules import LONGEST_UNDO, Fallback, SendingRules, as_kept
from letters.delivery.vocabulary import CarrierName, Postage


@transaction.atomic
def change_sending_rules(
    *,
    partnership: Partnership,
    email_carrier: CarrierName | None,
    postage: Postage | None,
    undo: timedelta | None,
    fallbacks: Sequence[Fallback],
    by: User,
    at: datetime,
) -> SendingRules:
    """Letters sent from now on follow it; what waits already goes as it was sent."""
    require(by, Right.SET_SENDING)
    if not partnerships_with(by, Right.SET_SENDING).filter(pk=partnership.pk).exists():
        raise NotAllowed(Right.SET_SENDING)
    if undo is not None and not timedelta(0) <= undo <= LONGEST_UNDO:
        raise UndoTooLong(LONGEST_UNDO)
    _refuse_circles(fallbacks)
    rules, _ = SendingRules.objects.update_or_create(
        partnership=partnership,
        defaults={
            "email_carrier": email_carrier or "",
            "postage": postage or "",
            "undo_seconds": None if undo is None else int(undo.total_seconds()),
            "fallbacks": as_kept(fallbacks),
            "changed_by": by,
            "changed_at": at,
        },
    )
    record("change_sending_rules", rules, by=by, email=rules.email_carrier, post=rules.postage)
    return rules


def _refuse_circles(fallbacks: Sequence[Fallback]) -> None:
    """A letter never goes back to a way that failed, nor from one post to the other: an address
    that is wrong for one printer is wrong for the next."""
    for way in fallbacks:
        is_post_again = way.channel in BY_POST and way.to in BY_POST
        if way.to in (way.channel, Channel.TEXT) or is_post_again:
            raise NoWayBack
    starts = [(way.channel, way.when) for way in fallbacks]
    if len(starts) != len(set(starts)):
        raise NoWayBack
