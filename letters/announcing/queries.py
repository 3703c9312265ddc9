"""Reads about what happened and who is told of it."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.expressions import RawSQL

from letters.access.models import Partnership, User
from letters.access.queries import partnerships_with
from letters.access.roles import Right
from letters.announcing.errors import CursorNotKnown, PartnershipNotClear
from letters.announcing.models import Announcement, AnnouncementStatus, Event, Subscription

_CURSOR = re.compile(r"1:(\d{1,19}):(\d{1,19})")
_LARGEST = 2**63 - 1
# A transaction that is still under way may yet bring events with a number below this.
_ALL_COMMITTED = RawSQL("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some events in order; `cursor` is where the next page begins, also when this one is empty."""

    events: Sequence[Event]
    cursor: str


def events_visible_to(user: User) -> QuerySet[Event]:
    """What happened in the partnerships whose log the person may follow."""
    followed = partnerships_with(user, Right.FOLLOW_EVENTS).values("pk")
    return Event.objects.filter(partnership_id__in=followed)


def events_after(cursor: str, *, most: int, by: User) -> Page:
    """The events that follow a cursor ('' for the beginning). None is ever skipped: those are shown
    whose transaction, and every one that began before it, has ended; the others come later, behind
    every cursor that was given out."""
    transaction, number = _place(cursor)
    rows = (
        events_visible_to(by)
        .filter(transaction__lt=_ALL_COMMITTED)
        .filter(
            Q(transaction__gt=transaction) | Q(transaction=transaction, number__gt=number),
        )
        .order_by("transaction", "number")
    )
    events = list(rows[:most])
    last = events[-1] if events else None
    return Page(events=events, cursor=_cursor(last.transaction, last.number) if last else cursor)


def _cursor(transaction: int, number: int) -> str:
    return base64.urlsafe_b64encode(f"1:{transaction}:{number}".encode()).decode().rstrip("=")


def _place(cursor: str) -> tuple[int, int]:
    if not cursor:
        return 0, 0
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except ValueError:
        raise CursorNotKnown from None
    found = _CURSOR.fullmatch(text)
    if not found or max(int(found[1]), int(found[2])) > _LARGEST:
        raise CursorNotKnown
    return int(found[1]), int(found[2])


def subscriptions_visible_to(user: User) -> QuerySet[Subscription]:
    """Those of the partnerships that the person may let other programs hear of."""
    rows = Subscription.objects.filter(partnership__in=partnerships_with(user, Right.SUBSCRIBE))
    return rows.select_related("partnership", "made_by").order_by("made_at")


def partnerships_to_subscribe(user: User) -> QuerySet[Partnership]:
    """Where the person may make a subscription, by name."""
    return partnerships_with(user, Right.SUBSCRIBE).order_by("name")


def chosen_partnership(user: User, partnership_id: UUID | None) -> Partnership:
    """The one that was named, or the only one there is."""
    offered = partnerships_to_subscribe(user)
    found = list(offered if partnership_id is None else offered.filter(pk=partnership_id))
    if len(found) != 1:
        raise PartnershipNotClear
    return found[0]


def announcements_visible_to(user: User) -> QuerySet[Announcement]:
    """Everything that was or is to be told to those subscriptions."""
    rows = Announcement.objects.filter(subscription__in=subscriptions_visible_to(user))
    return rows.select_related("event", "subscription")


def given_up(subscription: Subscription) -> QuerySet[Announcement]:
    """What it was not told after every try, the latest first."""
    rows = Announcement.objects.filter(subscription=subscription, status=AnnouncementStatus.FAILED)
    return rows.select_related("event").order_by("-event__number")


def waiting_count(subscription: Subscription) -> int:
    """How much there is still to tell it."""
    rows = Announcement.objects.filter(subscription=subscription)
    return rows.filter(status=AnnouncementStatus.WAITING).count()


def due(at: datetime, *, most: int = 500) -> tuple[UUID, ...]:
    """What is to be told now: a nudge was lost, a try failed, or a worker died at it."""
    rows = _to_tell().filter(
        Q(lease_until__isnull=True) | Q(lease_until__lt=at), next_try_at__lte=at
    )
    return tuple(rows.order_by("next_try_at").values_list("pk", flat=True)[:most])


def _to_tell() -> QuerySet[Announcement]:
    return Announcement.objects.filter(
        status=AnnouncementStatus.WAITING,
        subscription__paused_at__isnull=True,
        subscription__ended_at__isnull=True,
    )


def waiting() -> tuple[int, datetime | None]:
    """How many are to be told, and since when the oldest has waited; for those who watch."""
    found = _to_tell().aggregate(count=Count("pk"), oldest=Min("event__at"))
    return found["count"], found["oldest"]


def keys_of(subscription: Subscription, at: datetime) -> tuple[str, ...]:
    """The secrets that sign now, the newest first."""
    until, previous = subscription.previous_until, subscription.previous_secret
    if until is not None and previous is not None and at < until:
        return subscription.secret, previous
    return (subscription.secret,)
