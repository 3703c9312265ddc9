"""The files that messages bring: looked through for viruses, then open to who sees the case."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from letters.access.models import User
from letters.audit.record import record
from letters.cases.models import Case
from letters.drafting.vocabulary import DataItem
from letters.evidence.actions import add_enclosure
from letters.evidence.models import Enclosure
from letters.incoming.errors import Harmful, NotLookedThrough
from letters.incoming.models import Attachment, AttachmentStatus
from letters.incoming.scanning import Found, Verdict, verdict_on

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=5)
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(minutes=30)
MOST_ATTEMPTS: Final = 500  # of a file that nobody could look through, some ten days


def scan_attachment(*, attachment_id: UUID, at: datetime) -> Attachment:
    """Have one file looked through, unless somebody else does; held until that is done."""
    due = Attachment.objects.filter(
        pk=attachment_id, status=AttachmentStatus.HELD, next_try_at__lte=at
    )
    if due.update(attempts=F("attempts") + 1, next_try_at=at + LEASE) == 1:
        attachment = Attachment.objects.get(pk=attachment_id)
        _judge(attachment, verdict_on(bytes(attachment.data)), at)
    return Attachment.objects.defer("data").get(pk=attachment_id)


@transaction.atomic
def _judge(attachment: Attachment, verdict: Verdict, at: datetime) -> None:
    if verdict.found is Found.CANNOT_TELL:
        _hold(attachment, verdict, at)
        return
    is_clean = verdict.found is Found.NOTHING
    status = AttachmentStatus.CLEAN if is_clean else AttachmentStatus.INFECTED
    held = Attachment.objects.filter(pk=attachment.pk, status=AttachmentStatus.HELD)
    if held.update(status=status, reason="", virus=verdict.virus, scanned_at=at, next_try_at=None):
        record("scan_attachment", attachment, by=None, status=status.value)
        logger.info(
            "attachment scanned", extra={"attachment_id": attachment.pk, "status": status.value}
        )


def _hold(attachment: Attachment, verdict: Verdict, at: datetime) -> None:
    """Try again later and later; with no end that would make it clean."""
    wait = min(FIRST_WAIT * 2 ** min(attachment.attempts, 10), LONGEST_WAIT)
    is_over = verdict.is_final or attachment.attempts >= MOST_ATTEMPTS
    Attachment.objects.filter(pk=attachment.pk, status=AttachmentStatus.HELD).update(
        reason=verdict.reason, next_try_at=None if is_over else at + wait
    )


def opened(attachment: Attachment) -> bytes:
    """The bytes of a file that is clean; a refusal for every other."""
    if attachment.status == AttachmentStatus.INFECTED:
        raise Harmful
    if attachment.status != AttachmentStatus.CLEAN:
        raise NotLookedThrough
    return bytes(attachment.data)


@transaction.atomic
def enclose_attachment(
    *,
    attachment: Attachment,
    case: Case,
    name: str,
    tells: Collection[DataItem],
    by: User,
    at: datetime,
) -> Enclosure:
    """Take a clean file into the evidence of a case, as a document that can go with letters."""
    enclosure = add_enclosure(
        case=case, name=name, tells=tells, data=opened(attachment), by=by, at=at
    )
    Attachment.objects.filter(pk=attachment.pk).update(enclosure=enclosure)
    record("enclose_attachment", attachment, by=by, case=case.pk, enclosure=enclosure.pk)
    return enclosure
