"""How the queue stands, in numbers that name nobody: for those who watch the service."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from letters.access.models import User
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.delivery.queries import unsettled, visible_to

# What has been due for longer waits for more than its turn.
STUCK_AFTER = timedelta(minutes=5)
# States in which something is still to happen; what is over is not counted, as it only grows.
LIVE = (
    DispatchStatus.QUEUED,
    DispatchStatus.CLAIMED,
    DispatchStatus.HANDED_OVER,
    DispatchStatus.READY,
    DispatchStatus.UNKNOWN,
)
_NEVER = (None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFigures:
    """One channel: how many dispatches in each live state, how many wait for a person, and since
    when the oldest has been due, and the oldest that nobody has tried."""

    channel: Channel
    counts: dict[str, int]
    to_settle: int
    oldest_due_at: datetime | None
    oldest_untried_at: datetime | None

    def seconds_due(self, at: datetime) -> float:
        return _seconds_since(self.oldest_due_at, at)

    def seconds_untried(self, at: datetime) -> float:
        return _seconds_since(self.oldest_untried_at, at)


def figures(*, at: datetime) -> tuple[ChannelFigures, ...]:
    """Of every channel, also of one with nothing in it: what is not told looks like what is not
    watched."""
    counts: dict[str, dict[str, int]] = {channel.value: {} for channel in Channel}
    live = Dispatch.objects.filter(status__in=LIVE).values("channel", "status")
    for row in live.annotate(count=Count("pk")).order_by():
        counts[row["channel"]][row["status"]] = row["count"]
    due = {channel: (oldest, untried) for channel, oldest, untried in _due(at)}
    waiting = dict(_waiting())
    return tuple(
        ChannelFigures(
            channel=channel,
            counts=counts[channel.value],
            to_settle=waiting.get(channel.value, 0),
            oldest_due_at=due.get(channel.value, _NEVER)[0],
            oldest_untried_at=due.get(channel.value, _NEVER)[1],
        )
        for channel in Channel
    )


def _due(at: datetime) -> Iterable[tuple[str, datetime | None, datetime | None]]:
    """Of each channel that has something due: since when the oldest is, and the oldest untried."""
    queued = Dispatch.objects.filter(status=DispatchStatus.QUEUED, next_try_at__lte=at)
    return (
        queued.values_list("channel")
        .annotate(oldest=Min("next_try_at"), untried=Min("next_try_at", filter=Q(attempts=0)))
        .order_by()
    )


def _waiting() -> Iterable[tuple[str, int]]:
    return unsettled().values_list("channel").annotate(count=Count("pk")).order_by()


def _seconds_since(moment: datetime | None, at: datetime) -> float:
    return max(0.0, (at - moment).total_seconds()) if moment else 0.0


def stuck(user: User, *, at: datetime) -> QuerySet[Dispatch]:
    """What should have gone by now: due for long, or held by a worker that says nothing more."""
    long_due = Q(status=DispatchStatus.QUEUED, next_try_at__lt=at - STUCK_AFTER)
    held = Q(lease_until__lt=at)
    return visible_to(user).filter(long_due | held).order_by("queued_at")


def retrying(user: User, *, at: datetime) -> QuerySet[Dispatch]:
    """What was refused for now and will be tried again by itself."""
    again = Q(status=DispatchStatus.QUEUED, attempts__gt=0, next_try_at__gte=at - STUCK_AFTER)
    return visible_to(user).filter(again).order_by("next_try_at")
