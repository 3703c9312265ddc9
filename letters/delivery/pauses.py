"""When a carrier says stop, what would go by it waits: nobody knocks in vain, or is counted against
a letter that is not at fault.

The wait is in the due times of the rows themselves, so that finding what is due costs nothing more.
"""

import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import models, transaction
from django.db.models import Q, QuerySet

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.choices import choices_of
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.delivery.vocabulary import CarrierName

# Where the carrier named no time: a key or a clock is seldom mended sooner.
USUAL_PAUSE: Final = timedelta(minutes=10)


class CarrierPause(models.Model):
    """That nothing goes by this carrier, on this channel, before `until`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    carrier = models.CharField(max_length=10, choices=partial(choices_of, CarrierName))
    channel = models.CharField(max_length=10, choices=partial(choices_of, Channel))
    reason = models.CharField(max_length=60)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carrier", "channel"], name="one_pause_a_carrier"),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("since")), name="pause_ends_after_it_began"
            ),
        ]


@transaction.atomic
def pause(dispatch: Dispatch, *, reason: str, until: datetime | None, at: datetime) -> datetime:
    """Hold back what would go the same way; when it ends. Told twice, the later end counts."""
    ends = max(until or at + USUAL_PAUSE, at + timedelta(seconds=1))
    held, is_new = CarrierPause.objects.select_for_update().get_or_create(
        carrier=dispatch.carrier,
        channel=dispatch.channel,
        defaults={"reason": reason, "since": at, "until": ends},
    )
    if not is_new:
        is_over = held.until <= at
        held.since, held.until = (at, ends) if is_over else (held.since, max(held.until, ends))
        held.reason = reason
        held.save(update_fields=["since", "until", "reason"])
    _waiting(held).filter(next_try_at__lt=held.until).update(next_try_at=held.until)
    return held.until


def not_before(carrier: str, channel: str, at: datetime) -> datetime:
    """The earliest moment at which something may be sent that way: now, or the end of a pause."""
    held = CarrierPause.objects.filter(carrier=carrier, channel=channel, until__gt=at).first()
    return held.until if held else at


def pauses_at(at: datetime) -> QuerySet[CarrierPause]:
    """What is held back now; for whoever runs the service."""
    return CarrierPause.objects.filter(until__gt=at).order_by("since")


def pause_of(pause_id: uuid.UUID) -> CarrierPause | None:
    return CarrierPause.objects.filter(pk=pause_id).first()


@transaction.atomic
def end_pause(*, held: CarrierPause, by: User, at: datetime) -> None:
    """The key is mended, or the limit raised: what waited for the end goes now."""
    require(by, Right.SET_SENDING)
    locked = CarrierPause.objects.select_for_update().get(pk=held.pk)
    if locked.until > at:
        _waiting(locked).filter(next_try_at=locked.until).update(next_try_at=at)
        locked.until = max(at, locked.since + timedelta(seconds=1))
        locked.save(update_fields=["until"])
        record("end_carrier_pause", locked, by=by, carrier=locked.carrier, channel=locked.channel)


def _waiting(held: CarrierPause) -> QuerySet[Dispatch]:
    return Dispatch.objects.filter(
        status=DispatchStatus.QUEUED, carrier=held.carrier, channel=held.channel
    )
