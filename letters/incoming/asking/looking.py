"""Looking through what came by a link: only what is clean and a picture becomes evidence."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from letters.audit.record import record
from letters.cases.errors import CaseClosed
from letters.evidence.actions import add_from_patient
from letters.evidence.errors import TooManyFiles
from letters.evidence.models import Photograph
from letters.incoming.asking.models import SentPhotograph, SentPhotographStatus
from letters.incoming.scanning import LEASE, Found, Verdict, next_look, verdict_on
from letters.rendering.errors import PictureRefused

logger = logging.getLogger(__name__)


def look_through(*, sent_id: UUID, at: datetime) -> None:
    """Have one picture looked through, unless somebody else does, and put it with the photographs
    of the case; held while nobody can say that it is harmless."""
    due = SentPhotograph.objects.filter(
        pk=sent_id, status=SentPhotographStatus.HELD, next_try_at__lte=at
    )
    if due.update(attempts=F("attempts") + 1, next_try_at=at + LEASE) == 1:
        sent = SentPhotograph.objects.select_related("request__case").get(pk=sent_id)
        _judge(sent, verdict_on(bytes(sent.data)), at)


def _judge(sent: SentPhotograph, verdict: Verdict, at: datetime) -> None:
    held = SentPhotographStatus.HELD
    if verdict.found is Found.CANNOT_TELL:
        again = next_look(verdict, attempts=sent.attempts, at=at)
        _become(sent, held, reason=verdict.reason, next_try_at=again)
    elif verdict.found is Found.VIRUS:
        _become(sent, SentPhotographStatus.INFECTED, virus=verdict.virus)
    else:
        _keep(sent, at)


@transaction.atomic
def _keep(sent: SentPhotograph, at: datetime) -> None:
    try:
        with transaction.atomic():
            photograph = add_from_patient(
                case=sent.request.case, data=bytes(sent.data), at=sent.sent_at
            )
    except CaseClosed:
        _become(sent, SentPhotographStatus.REFUSED, reason="case_closed")
    except TooManyFiles:
        _become(sent, SentPhotographStatus.REFUSED, reason="too_many_photographs")
    except PictureRefused:
        _become(sent, SentPhotographStatus.REFUSED, reason="not_a_picture")
    else:
        _become(sent, SentPhotographStatus.KEPT, photograph=photograph, data=b"")


@transaction.atomic
def _become(
    sent: SentPhotograph,
    status: SentPhotographStatus,
    *,
    reason: str = "",
    virus: str = "",
    next_try_at: datetime | None = None,
    photograph: Photograph | None = None,
    data: bytes | None = None,
) -> None:
    sent.status, sent.reason, sent.virus = status, reason, virus
    sent.next_try_at, sent.photograph = next_try_at, photograph
    changed = ["status", "reason", "virus", "next_try_at", "photograph"]
    if data is not None:
        sent.data = data
        changed.append("data")
    sent.save(update_fields=changed)
    if status != SentPhotographStatus.HELD:
        record("look_through_photograph", sent, by=None, status=status.value)
        logger.info("photograph looked through", extra={"sent_id": sent.pk, "status": status.value})
