"""Letting another program be told, and looking after how it is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from letters import jobs
from letters.access.errors import NotAllowed
from letters.access.models import User
from letters.access.queries import partnerships_with, require
from letters.access.roles import Right
from letters.announcing.addresses import host_of
from letters.announcing.errors import (
    DemonstrationTellsNobody,
    NotGivenUp,
    NothingChosen,
    SubscriptionEnded,
)
from letters.announcing.kinds import EventKind
from letters.announcing.models import Announcement, AnnouncementStatus, Subscription
from letters.announcing.queries import chosen_partnership
from letters.announcing.signatures import new_secret
from letters.audit.record import record

# Long enough to put the new secret in on the other side; both sign until then.
OVERLAP: Final = timedelta(days=1)


@transaction.atomic
def subscribe(
    *,
    url: str,
    kinds: Sequence[EventKind],
    by: User,
    at: datetime,
    partnership: UUID | None = None,
) -> Subscription:
    """Tell another program of these kinds of events from now on; the partnership need not be named
    by somebody who has only one. What happened before is in the log."""
    require(by, Right.SUBSCRIBE)
    chosen = chosen_partnership(by, partnership)
    if chosen.is_demonstration:
        raise DemonstrationTellsNobody
    if not kinds:
        raise NothingChosen
    subscription = Subscription.objects.create(
        partnership=chosen,
        url=url,
        host=host_of(url),
        kinds=sorted({kind.value for kind in kinds}),
        secret=new_secret(),
        made_by=by,
        made_at=at,
    )
    record("subscribe", subscription, by=by, partnership=chosen.pk)
    return subscription


@transaction.atomic
def change_secret(*, subscription: Subscription, by: User, at: datetime) -> Subscription:
    """Sign with a new secret, and for a day with the old one too."""
    locked = _running(subscription, by=by)
    locked.previous_secret, locked.previous_until = locked.secret, at + OVERLAP
    locked.secret = new_secret()
    locked.save(update_fields=["secret", "previous_secret", "previous_until"])
    record("change_secret", locked, by=by)
    return locked


@transaction.atomic
def resume(*, subscription: Subscription, by: User, at: datetime) -> Subscription:
    """Go on telling a program that was paused, and tell it at once what has waited. One that is not
    paused stays as it is."""
    locked = _running(subscription, by=by)
    if locked.paused_at is None:
        return locked
    locked.paused_at, locked.failing_since, locked.failures_in_a_row = None, None, 0
    locked.save(update_fields=["paused_at", "failing_since", "failures_in_a_row"])
    waiting = Announcement.objects.filter(subscription=locked, status=AnnouncementStatus.WAITING)
    waiting.update(next_try_at=at)
    record("resume_subscription", locked, by=by)
    return locked


@transaction.atomic
def end_subscription(*, subscription: Subscription, by: User, at: datetime) -> Subscription:
    """Tell it nothing more, of what has waited neither. A second time changes nothing."""
    _require_in(subscription, by)
    locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if locked.ended_at is None:
        locked.ended_at = at
        locked.save(update_fields=["ended_at"])
        record("end_subscription", locked, by=by)
    return locked


@transaction.atomic
def tell_again(*, announcement: Announcement, by: User, at: datetime) -> Announcement:
    """Start anew with one that was given up. The other side knows it by its id, if it came."""
    _running(announcement.subscription, by=by)
    moved = Announcement.objects.filter(
        pk=announcement.pk, status=AnnouncementStatus.FAILED
    ).update(status=AnnouncementStatus.WAITING, attempts=0, next_try_at=at, reason="")
    if not moved:
        raise NotGivenUp
    record("tell_again", announcement, by=by)
    jobs.enqueue(jobs.DELIVER_ANNOUNCEMENT, announcement.pk)
    announcement.refresh_from_db()
    return announcement


def _running(subscription: Subscription, *, by: User) -> Subscription:
    _require_in(subscription, by)
    locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if locked.ended_at is not None:
        raise SubscriptionEnded
    return locked


def _require_in(subscription: Subscription, by: User) -> None:
    """A role of theirs in that very partnership must hold the right."""
    require(by, Right.SUBSCRIBE)
    theirs = partnerships_with(by, Right.SUBSCRIBE)
    if not theirs.filter(pk=subscription.partnership_id).exists():
        raise NotAllowed(Right.SUBSCRIBE)
