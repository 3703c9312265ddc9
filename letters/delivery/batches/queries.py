"""Reads about batches; the bytes are read for one batch at a time, never with a list."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from letters.access.models import Team, User
from letters.access.queries import teams_of
from letters.access.roles import RIGHTS, Right, Role
from letters.delivery.batches.errors import BatchNotMade
from letters.delivery.batches.models import BatchStatus, PrintBatch, PrintBatchItem
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.drafting.particulars import WITHOUT_ADDRESS
from letters.evidence.errors import AlteredInStore
from letters.evidence.queries import enclosures_visible_to
from letters.issuing.models import Letter, LetterEnclosure
from letters.issuing.pictures import may_see_pictures
from letters.issuing.queries import content_of

_SENDERS = tuple(role for role in Role if Right.SEND_LETTER in RIGHTS[role])


def printing_teams_of(user: User) -> QuerySet[Team]:
    """The teams for whose printer the person makes batches."""
    return teams_of(user, *_SENDERS).order_by("name")


def visible_to(user: User) -> QuerySet[PrintBatch]:
    """The batches of those teams, without their bytes, the latest first."""
    rows = PrintBatch.objects.filter(team__in=printing_teams_of(user)).defer("data")
    return rows.select_related("team", "asked_by").order_by("-day", "-number")


def waiting_for(team: Team) -> QuerySet[Dispatch]:
    """What somebody of the team has chosen to print and post, that no open batch holds: letters of
    the team's own cases, and no copy for a patient or the record."""
    held = PrintBatchItem.objects.filter(dispatch=OuterRef("pk"), freed_at__isnull=True)
    rows = Dispatch.objects.filter(
        ~Exists(held),
        Q(letter__case__team=team) | Q(letter__case__advice_team=team),
        status=DispatchStatus.READY,
        channel=Channel.DOWNLOAD,
        queued_by__membership__team=team,
        queued_by__membership__role__in=_SENDERS,
    ).exclude(letter__recipient__in=WITHOUT_ADDRESS)
    return rows.select_related("letter__case").order_by("queued_at", "pk").distinct()


def sees_all_of(user: User, letter: Letter) -> bool:
    """Whether the person may see every picture and enclosure that goes with the letter."""
    enclosed = LetterEnclosure.objects.filter(letter=letter).values_list("enclosure", flat=True)
    seen = enclosures_visible_to(user).filter(pk__in=list(enclosed))
    return seen.count() == len(enclosed) and may_see_pictures(user, letter, content_of(letter))


def items_of(batch: PrintBatch) -> QuerySet[PrintBatchItem]:
    """In the order in which they are printed."""
    rows = PrintBatchItem.objects.filter(batch=batch).select_related("dispatch__letter__case")
    return rows.order_by("number")


def to_tick(batch: PrintBatch) -> QuerySet[PrintBatchItem]:
    """Those of which nobody has said yet that they are posted."""
    return items_of(batch).filter(freed_at__isnull=True, dispatch__status=DispatchStatus.READY)


def bytes_of(batch: PrintBatch) -> bytes:
    """AlteredInStore where what is stored is not what was made."""
    if batch.status != BatchStatus.MADE or batch.data is None:
        raise BatchNotMade
    data = bytes(batch.data)
    if hashlib.sha256(data).hexdigest() != batch.sha256:
        raise AlteredInStore
    return data


def due(at: datetime) -> tuple[UUID, ...]:
    """Those that wait for a worker, their nudge lost or their worker dead."""
    waiting = PrintBatch.objects.filter(status=BatchStatus.ASKED)
    free = waiting.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=at))
    return tuple(free.order_by("asked_at").values_list("pk", flat=True))


def claim(batch_id: UUID, *, at: datetime, until: datetime) -> bool:
    """Whether this worker, and no other, has the batch now."""
    waiting = PrintBatch.objects.filter(pk=batch_id, status=BatchStatus.ASKED)
    free = waiting.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=at))
    return free.update(lease_until=until, attempts=F("attempts") + 1) == 1
