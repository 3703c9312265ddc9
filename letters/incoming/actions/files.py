"""The files that messages bring: looked through for viruses, then open to who sees the case."""

import logging
from collections.abc import Collection
from datetime import datetime
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
from letters.incoming.scanning import LEASE, Found, Verdict, next_look, verdict_on

logger = logging.getLogger(__name__)


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
    Attachment.objects.filter(pk=attachment.pk, status=AttachmentStatus.HELD).update(
        reason=verdict.reason, next_try_at=next_look(verdict, attempts=attachment.attempts, at=at)
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
