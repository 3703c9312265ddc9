"""Makes a batch, once. Only the worker loads this: importing the PDF engine takes over a second."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from letters.audit.record import record
from letters.delivery.actions.carrying import why_not
from letters.delivery.actions.moves import move
from letters.delivery.batches.models import BatchStatus, PrintBatch, PrintBatchItem
from letters.delivery.batches.queries import claim, to_tick
from letters.delivery.codes import code_of, printed
from letters.delivery.models import DispatchStatus
from letters.drafting.phrases import short_day
from letters.evidence.errors import AlteredInStore
from letters.issuing.binding import letter_as_approved
from letters.issuing.queries import content_of
from letters.rendering import batch as press
from letters.rendering import pages
from letters.rendering.errors import RenderingFailed

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)  # longer than the worker lets any job take
MOST_ATTEMPTS = 3  # a batch at which workers die is no other next time


def make_batch(*, batch_id: UUID, at: datetime) -> PrintBatch:
    """Take one batch as far as it goes; called twice, or late, it is made once. What went wrong is
    in the row that comes back."""
    if claim(batch_id, at=at, until=at + LEASE):
        batch = PrintBatch.objects.select_related("team").get(pk=batch_id)
        if batch.attempts > MOST_ATTEMPTS:
            _fail(batch, "batch_gave_up", at)
        else:
            _make(batch, at)
    return PrintBatch.objects.get(pk=batch_id)


def _make(batch: PrintBatch, at: datetime) -> None:
    items = _still_to_print(batch, at)
    if not items:
        _fail(batch, "nothing_left_to_print", at)
        return
    try:
        bound = press.bind(_cover(batch), [_printed(item) for item in items])
    except AlteredInStore:
        _fail(batch, "altered", at)
    except RenderingFailed:
        logger.warning("batch not rendered", extra={"batch_id": batch.pk})
        _fail(batch, "not_rendered", at)
    else:
        _keep(batch, items, bound, at)
    finally:
        pages.forget()


def _still_to_print(batch: PrintBatch, at: datetime) -> list[PrintBatchItem]:
    """What may still go: consent, addressee and signatures are asked about once more, since paper
    cannot be called back. What may not is stopped, and says why."""
    left = []
    for item in to_tick(batch):
        reason = why_not(item.dispatch, at)
        if reason:
            move(item.dispatch, DispatchStatus.CANCELLED, at=at, reason=reason)
        else:
            left.append(item)
    return left


def _cover(batch: PrintBatch) -> press.Cover:
    more = f", no. {batch.number}" if batch.number > 1 else ""
    return press.Cover(
        title=f"Letters to print, {short_day(batch.day)}{more}", team=batch.team.name, on=batch.day
    )


def _printed(item: PrintBatchItem) -> tuple[press.Sheet, bytes]:
    letter, code = item.dispatch.letter, code_of(item.dispatch_id)
    sheet = press.Sheet(
        number=item.number,
        reference=letter.case.reference,
        address=content_of(letter).addressee,
        code=code,
        code_in_print=printed(code),
    )
    return sheet, letter_as_approved(letter)


@transaction.atomic
def _keep(
    batch: PrintBatch, items: Sequence[PrintBatchItem], bound: press.Bound, at: datetime
) -> None:
    """All of it at once, unless another worker was faster."""
    locked = PrintBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.status != BatchStatus.ASKED:
        return
    for item, placed in zip(items, bound.placed, strict=True):
        item.first_page, item.page_count = placed.first_page, placed.page_count
    PrintBatchItem.objects.bulk_update(items, ["first_page", "page_count"])
    locked.status, locked.made_at, locked.lease_until = BatchStatus.MADE, at, None
    locked.data, locked.page_count = bound.data, bound.page_count
    locked.sha256 = hashlib.sha256(bound.data).hexdigest()
    locked.save()
    record("make_batch", locked, by=None, letters=len(items))
    logger.info("batch made", extra={"batch_id": locked.pk, "letters": len(items)})


@transaction.atomic
def _fail(batch: PrintBatch, reason: str, at: datetime) -> None:
    """Its letters are free for another."""
    failed = PrintBatch.objects.filter(pk=batch.pk, status=BatchStatus.ASKED).update(
        status=BatchStatus.FAILED, reason=reason, lease_until=None, closed_at=at
    )
    if failed:
        PrintBatchItem.objects.filter(batch=batch, freed_at__isnull=True).update(freed_at=at)
        record("fail_batch", batch, by=None, reason=reason)
        logger.info("batch not made", extra={"batch_id": batch.pk, "reason": reason})
