"""Putting letters together for a printer, and saying which of them are in the post."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from letters import jobs
from letters.access.errors import NotAllowed
from letters.access.models import Team, User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.delivery.actions.settling import record_posted
from letters.delivery.batches.errors import (
    BatchNotMade,
    NothingTicked,
    NothingToPrint,
    NotToBeSeen,
)
from letters.delivery.batches.models import BatchStatus, PrintBatch, PrintBatchItem
from letters.delivery.batches.queries import (
    bytes_of,
    items_of,
    printing_teams_of,
    sees_all_of,
    to_tick,
    waiting_for,
)
from letters.delivery.models import Dispatch
from letters.law.periods import LONDON

MOST_LETTERS = 100  # in one batch: what is over goes into the next


@transaction.atomic
def ask_for_batch(*, team: Team, by: User, at: datetime) -> PrintBatch:
    """Have a worker put together all that the team has chosen to print. With nothing new, it is the
    batch of today that there is already; what earlier days left unposted is in the new one."""
    _require_in(team, by)
    Team.objects.select_for_update().get(pk=team.pk)  # two clicks wait for each other
    today = at.astimezone(LONDON).date()
    _close_before(team, today, at)
    chosen = [each for each in waiting_for(team) if sees_all_of(by, each.letter)][:MOST_LETTERS]
    if not chosen:
        return _of_today(team, today)
    batch = PrintBatch.objects.create(
        team=team, day=today, number=_next_number(team, today), asked_by=by, asked_at=at
    )
    PrintBatchItem.objects.bulk_create(
        PrintBatchItem(batch=batch, dispatch=dispatch, number=number)
        for number, dispatch in enumerate(chosen, start=1)
    )
    record("ask_for_batch", batch, by=by, team=team.pk, letters=len(chosen))
    jobs.enqueue(jobs.MAKE_BATCH, batch.pk)
    return batch


def _require_in(team: Team, by: User) -> None:
    require(by, Right.SEND_LETTER)
    if not printing_teams_of(by).filter(pk=team.pk).exists():
        raise NotAllowed(Right.SEND_LETTER)


def _close_before(team: Team, today: date, at: datetime) -> None:
    """What was not ticked off is free for the batch of today, and will be printed again."""
    for batch in PrintBatch.objects.filter(team=team, day__lt=today, closed_at__isnull=True):
        to_tick(batch).update(freed_at=at)
        _close(batch, at)


def _of_today(team: Team, today: date) -> PrintBatch:
    batches = PrintBatch.objects.filter(team=team, day=today, closed_at__isnull=True)
    latest = batches.order_by("-number").first()
    if latest is None:
        raise NothingToPrint
    return latest


def _next_number(team: Team, today: date) -> int:
    highest = PrintBatch.objects.filter(team=team, day=today).aggregate(Max("number"))
    return (highest["number__max"] or 0) + 1


@transaction.atomic
def take_batch(*, batch: PrintBatch, by: User) -> bytes:
    """The pages, for the printer; written down, since they leave the house. Again as often as the
    printer jams."""
    _require_in(batch.team, by)
    data = bytes_of(batch)
    printed = items_of(batch).filter(first_page__isnull=False)
    if not all(sees_all_of(by, item.dispatch.letter) for item in printed):
        raise NotToBeSeen
    record("download_batch", batch, by=by, team=batch.team_id, sha256=batch.sha256)
    return data


@transaction.atomic
def tick_off(
    *, batch: PrintBatch, items: Collection[UUID], posted_on: date, by: User, at: datetime
) -> int:
    """These are in the post; how many. One that somebody stopped or recorded meanwhile is left as
    it is."""
    _require_in(batch.team, by)
    locked = PrintBatch.objects.defer("data").select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.status != BatchStatus.MADE:
        raise BatchNotMade
    if not items:
        raise NothingTicked
    ticked = [item.dispatch for item in to_tick(locked).filter(pk__in=items)]
    for dispatch in ticked:
        _post(dispatch, posted_on, by=by, at=at)
    if not to_tick(locked).exists():
        _close(locked, at)
    record("tick_off_batch", locked, by=by, letters=len(ticked))
    return len(ticked)


def _post(dispatch: Dispatch, posted_on: date, *, by: User, at: datetime) -> None:
    record_posted(dispatch=dispatch, posted_on=posted_on, by=by, at=at)
    jobs.enqueue(jobs.FOLLOW_DISPATCH, dispatch.pk)


def _close(batch: PrintBatch, at: datetime) -> None:
    PrintBatch.objects.filter(pk=batch.pk).update(closed_at=at)
