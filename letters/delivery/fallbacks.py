"""A letter that did not arrive goes another way, where the partnership's rules say so.

Never twice for one dispatch, never back to a way that was tried, never where consent, the addressee
or a signature has changed: then a person must act, as without a rule.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from letters.delivery.actions.carrying import why_not
from letters.delivery.actions.queueing import put_in_queue
from letters.delivery.errors import DeliveryError
from letters.delivery.models import BY_POST, Channel, Dispatch, DispatchStatus
from letters.delivery.queries import goes_by_hand_alone
from letters.delivery.rules import SendingRules, way_on
from letters.delivery.vocabulary import When
from letters.issuing.models import Letter
from letters.issuing.queries import may_be_posted, partnership_of

logger = logging.getLogger(__name__)

_WHEN = {DispatchStatus.FAILED.value: When.REFUSED, DispatchStatus.RETURNED.value: When.RETURNED}
# The letter is at fault, or this service: another way would fail as well, or hide it.
_NOT_THE_WAY = (
    *("not_rendered", "enclosure_altered", "message_unusable", "not_fit_for_post"),
    *("virus_found", "refused_by_reader", "cancelled_at_notify"),
)
_AT_ONCE = 200


def fall_back(*, dispatch: Dispatch, at: datetime) -> Dispatch | None:
    """The dispatch that takes its place, in the name of who sent the first; None where there is no
    rule, or one that may not be followed. Of a letter that is well it asks nothing."""
    return _follow_rule(dispatch, at) if dispatch.status in _WHEN else None


@transaction.atomic
def _follow_rule(dispatch: Dispatch, at: datetime) -> Dispatch | None:
    Letter.objects.select_for_update(of=("self",)).get(pk=dispatch.letter_id)
    failed = Dispatch.objects.select_related("letter__case").get(pk=dispatch.pk)
    to = _way_on(failed)
    if to is None or why_not(failed, at):
        return None
    try:
        return put_in_queue(
            failed.letter,
            to,
            by=failed.queued_by,
            at=at,
            instead_of=failed,
            reason="fallback",
        )
    except DeliveryError as refusal:
        told = {"dispatch_id": failed.pk, "refusal": type(refusal).__name__}
        logger.info("no other way for a letter", extra=told)
        return None


def _way_on(failed: Dispatch) -> Channel | None:
    when, letter = _WHEN.get(failed.status), failed.letter
    if when is None or failed.settled_at is not None or failed.reason in _NOT_THE_WAY:
        return None
    if goes_by_hand_alone(letter) or not failed.queued_by.is_active:
        return None
    to = way_on(partnership_of(letter), Channel(failed.channel), when)
    if to is None or (to in BY_POST and not may_be_posted(letter)):
        return None
    others = Dispatch.objects.filter(letter=letter).exclude(pk=failed.pk)
    was_tried = others.filter(channel=to).exists()
    is_followed = others.filter(queued_at__gte=failed.queued_at).exists()
    return None if was_tried or is_followed else to


def fall_back_missed(*, at: datetime) -> int:
    """Follow the rules for what a crash left lying; how many went another way."""
    newer = Dispatch.objects.filter(letter=OuterRef("letter"), queued_at__gt=OuterRef("queued_at"))
    rules = SendingRules.objects.exclude(fallbacks=[]).values("partnership")
    lying = Dispatch.objects.filter(
        ~Exists(newer),
        status__in=list(_WHEN),
        settled_at=None,
        letter__case__team__organisation__partnership__in=rules,
    )
    found = lying.order_by("queued_at")[:_AT_ONCE]
    return sum(fall_back(dispatch=each, at=at) is not None for each in found)
