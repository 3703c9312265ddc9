"""Tells one event to one subscription: claimed, posted, and what came of it written down.

A worker that is killed leaves the row where it was; when its lease has run out it is told again. A
program may so hear of an event twice, under the same id, and never misses one.
"""

import json
import logging
import random
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from letters.announcing.addresses import looked_up
from letters.announcing.errors import NotTold, NotWanted
from letters.announcing.models import Announcement, AnnouncementStatus, Event, Subscription
from letters.announcing.posting import post
from letters.announcing.queries import keys_of
from letters.announcing.signatures import headers_of

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=2)  # longer than looking a name up and posting together
# Between one try and the next, about a day in all; after the last it is given up.
WAITS: Final = tuple(
    timedelta(minutes=minutes) for minutes in (0.5, 5, 30, 2 * 60, 4 * 60, 8 * 60, 10 * 60)
)
# Both: a burst of events must not pause a program that was out of reach for a minute.
MOST_FAILURES_IN_A_ROW: Final = 20
LONGEST_FAILING: Final = timedelta(hours=1)


def tell(*, announcement_id: UUID, at: datetime) -> Announcement:
    """Try once; called twice, or late, it tells once. What went wrong is in the row that comes
    back. Not one transaction: nothing is locked while the other side thinks."""
    if _claim(announcement_id, at):
        announcement = Announcement.objects.select_related("event", "subscription").get(
            pk=announcement_id
        )
        try:
            _post(announcement, at)
        except NotTold as failure:
            _note_failure(announcement, failure, at)
        else:
            _note_told(announcement, at)
    return Announcement.objects.get(pk=announcement_id)


@transaction.atomic
def _claim(announcement_id: UUID, at: datetime) -> bool:
    """Whether this worker, and no other, has it now; who finds it locked leaves it."""
    free = Announcement.objects.filter(
        Q(lease_until__isnull=True) | Q(lease_until__lt=at),
        pk=announcement_id,
        status=AnnouncementStatus.WAITING,
        next_try_at__lte=at,
        subscription__paused_at__isnull=True,
        subscription__ended_at__isnull=True,
    )
    row = free.select_for_update(of=("self",), skip_locked=True).first()
    if row is None:
        return False
    row.lease_until, row.attempts = at + LEASE, row.attempts + 1
    row.save(update_fields=["lease_until", "attempts"])
    return True


def _post(announcement: Announcement, at: datetime) -> None:
    subscription, event = announcement.subscription, announcement.event
    body = body_of(event)
    headers = headers_of(body, message_id=event.public_id, at=at, keys=keys_of(subscription, at))
    post(looked_up(subscription.url), body, headers)


def body_of(event: Event) -> bytes:
    """Ids and a kind: whoever is told asks the API for the rest, as far as they may see it."""
    told = {
        "id": str(event.public_id),
        "kind": event.kind,
        "at": event.at.isoformat(),
        "subject": str(event.subject_id),
        "case": None if event.case_id is None else str(event.case_id),
        "partnership": str(event.partnership_id),
    }
    return json.dumps(told, separators=(",", ":")).encode()


@transaction.atomic
def _note_told(announcement: Announcement, at: datetime) -> None:
    """Told is told, even where another worker took it over meanwhile."""
    waiting = Announcement.objects.filter(pk=announcement.pk, status=AnnouncementStatus.WAITING)
    waiting.update(status=AnnouncementStatus.SENT, sent_at=at, lease_until=None, reason="")
    failing = Subscription.objects.filter(pk=announcement.subscription_id, failures_in_a_row__gt=0)
    failing.update(failures_in_a_row=0, failing_since=None)


@transaction.atomic
def _note_failure(announcement: Announcement, failure: NotTold, at: datetime) -> None:
    """Another try later, or an end that a person sees; and a pause for who fails always."""
    logger.info(
        "announcement not taken",
        extra={"announcement_id": announcement.pk, "reason": failure.reason},
    )
    mine = Announcement.objects.filter(
        pk=announcement.pk,
        status=AnnouncementStatus.WAITING,
        lease_until=announcement.lease_until,
    )
    is_last = announcement.attempts > len(WAITS)
    if is_last:
        mine.update(status=AnnouncementStatus.FAILED, lease_until=None, reason=failure.reason)
    else:
        mine.update(
            next_try_at=at + _wait(announcement.attempts),
            lease_until=None,
            reason=failure.reason,
        )
    _count_failure(announcement.subscription_id, failure, at)


def _wait(attempts: int) -> timedelta:
    """Spread, so that what failed together does not come back together."""
    return WAITS[attempts - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - not a secret


def _count_failure(subscription_id: UUID, failure: NotTold, at: datetime) -> None:
    rows = Subscription.objects.filter(pk=subscription_id)
    rows.update(
        failures_in_a_row=F("failures_in_a_row") + 1,
        failing_since=Coalesce("failing_since", Value(at)),
    )
    running = rows.filter(paused_at__isnull=True)
    if not isinstance(failure, NotWanted):
        running = running.filter(
            failures_in_a_row__gte=MOST_FAILURES_IN_A_ROW, failing_since__lte=at - LONGEST_FAILING
        )
    if running.update(paused_at=at):
        logger.warning("subscription paused", extra={"subscription_id": subscription_id})
