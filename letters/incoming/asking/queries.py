"""Reads about asking for photographs; whether a link is open is asked anew at every step."""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from letters.access.models import Partnership, User
from letters.cases.models import Case
from letters.cases.queries import consents_of, open_consent
from letters.cases.queries import visible_to as visible_cases
from letters.cases.safety import safety_of
from letters.drafting.vocabulary import ContactWay
from letters.encryption import lookup_key
from letters.evidence.models import Photograph
from letters.incoming.asking.models import (
    PhotographRequest,
    SentPhotograph,
    SentPhotographStatus,
)

_TOKEN = re.compile(r"[0-9a-f]{40}")


class Shut(StrEnum):
    """Why a link takes no photographs; a person here is told in words."""

    ENDED = "ended"
    EXPIRED = "expired"
    CLOSED = "closed"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    NOT_SAFE = "not_safe_to_write"


def token_of(request_id: UUID) -> str:
    """160 bits that nobody without our key can make."""
    return lookup_key(str(request_id), kind="photograph_request")[:40]


def digest_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def url_of(request: PhotographRequest) -> str:
    """What the message holds."""
    return f"{settings.PUBLIC_URL}/send/{token_of(request.pk)}/"


def request_by_token(token: str) -> PhotographRequest | None:
    """None for anything that was never a link of ours."""
    if not _TOKEN.fullmatch(token):
        return None
    rows = PhotographRequest.objects.select_related("case__team__organisation__partnership")
    return rows.filter(token_digest=digest_of_token(token)).first()


def why_shut(request: PhotographRequest, at: datetime) -> Shut | None:
    """None while photographs may be sent: what is recorded counts now, not when it was asked."""
    if request.ended_at is not None:
        return Shut.ENDED
    if at >= request.expires_at:
        return Shut.EXPIRED
    if request.case.closed_at is not None:
        return Shut.CLOSED
    if is_consent_taken_back(request.case):
        return Shut.CONSENT_WITHDRAWN
    if contact_of(request.case) is not ContactWay.ANY:
        return Shut.NOT_SAFE
    return None


def is_consent_taken_back(case: Case) -> bool:
    """Whether the patient agreed once, and does not any more."""
    return consents_of(case).exists() and open_consent(case) is None


def contact_of(case: Case) -> ContactWay:
    """How the patient may be reached; not known while nobody has recorded it."""
    recorded = safety_of(case)
    return ContactWay.NOT_KNOWN if recorded is None else recorded.safety.contact


def offered_ways(partnership: Partnership) -> tuple[PhotographRequest.Way, ...]:
    """By which messages can go from here; a demonstration shows all, and sends nothing."""
    by_text = settings.NOTIFY_API_KEY and settings.NOTIFY_PHOTOGRAPHS_TEMPLATE
    there = {
        PhotographRequest.Way.TEXT: bool(by_text),
        PhotographRequest.Way.EMAIL: settings.EMAIL_CONFIGURED,
    }
    return tuple(way for way, is_there in there.items() if is_there or partnership.is_demonstration)


def requests_visible_to(user: User) -> QuerySet[PhotographRequest]:
    """What was asked in the cases the person may see."""
    rows = PhotographRequest.objects.filter(case__in=visible_cases(user))
    return rows.select_related("case__patient", "case__team__organisation__partnership")


def requests_of(case: Case) -> QuerySet[PhotographRequest]:
    """The latest first."""
    rows = PhotographRequest.objects.filter(case=case).select_related("asked_by", "ended_by")
    return rows.order_by("-asked_at")


def open_request(case: Case) -> PhotographRequest | None:
    """The one that nobody has ended; it may have run out."""
    return PhotographRequest.objects.filter(case=case, ended_at__isnull=True).first()


def sent_by(request: PhotographRequest) -> QuerySet[SentPhotograph]:
    """What came by the link, in the order in which it came; the bytes are not read."""
    return SentPhotograph.objects.filter(request=request).defer("data").order_by("sent_at", "pk")


def as_patient_says(photograph: Photograph) -> str:
    """What the patient wrote when they sent it; '' for one that came another way."""
    rows = SentPhotograph.objects.filter(photograph=photograph).defer("data")
    return next((row.shows for row in rows.order_by("sent_at") if row.shows), "")


def due_requests(at: datetime) -> Sequence[UUID]:
    """The requests whose message waits to go."""
    rows = PhotographRequest.objects.filter(ended_at__isnull=True, next_try_at__lte=at)
    return list(rows.values_list("pk", flat=True))


def due_photographs(at: datetime) -> Sequence[UUID]:
    """What is still to be looked through."""
    rows = SentPhotograph.objects.filter(status=SentPhotographStatus.HELD, next_try_at__lte=at)
    return list(rows.values_list("pk", flat=True))
