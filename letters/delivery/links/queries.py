"""Reads about links; what a visitor may see is asked anew at every step."""

import hashlib
import re
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import QuerySet

from letters.cases.errors import ConsentMissing
from letters.cases.models import Case
from letters.delivery.links.models import LetterLink, LinkVisit
from letters.delivery.models import Dispatch, DispatchStatus
from letters.encryption import lookup_key
from letters.issuing.actions import refuse_without_consent
from letters.issuing.models import LetterStatus
from letters.law.periods import LONDON

_TOKEN = re.compile(r"[0-9a-f]{40}")


class Shut(StrEnum):
    """Why a letter can no longer be opened."""

    EXPIRED = "expired"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    NOT_AGREED = "not_agreed"
    STOPPED = "stopped"


def token_of(dispatch: Dispatch, number: int) -> str:
    """160 bits that nobody without our key can make."""
    return lookup_key(f"{dispatch.pk}:{number}", kind="letter_link")[:40]


def digest_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def url_of(link: LetterLink) -> str:
    """What the message holds."""
    return f"{settings.PUBLIC_URL}/letter/{token_of(link.dispatch, link.number)}/"


def link_by_token(token: str) -> LetterLink | None:
    """None for anything that was never a link of ours."""
    if not _TOKEN.fullmatch(token):
        return None
    rows = LetterLink.objects.select_related(
        "dispatch__letter__case__team__organisation__partnership",
        "dispatch__letter__case__tenancy__home",
    )
    return rows.filter(token_digest=digest_of_token(token)).first()


def why_shut(link: LetterLink, at: datetime) -> Shut | None:
    """None while the letter may be opened: what was agreed counts now, not when it was sent."""
    letter = link.dispatch.letter
    if link.ended_at is not None:
        return Shut.ENDED
    if letter.status != LetterStatus.APPROVED:
        return Shut.WITHDRAWN
    if link.dispatch.status == DispatchStatus.CANCELLED:
        return Shut.STOPPED
    if at >= link.expires_at:
        return Shut.EXPIRED
    try:
        refuse_without_consent(letter=letter, day=at.astimezone(LONDON).date())
    except ConsentMissing:
        return Shut.NOT_AGREED
    return None


def live_link(dispatch: Dispatch) -> LetterLink | None:
    """The one that has not ended; it may have run out."""
    return LetterLink.objects.filter(dispatch=dispatch, ended_at__isnull=True).first()


def links_of(dispatch: Dispatch) -> QuerySet[LetterLink]:
    """All there were, the latest first."""
    return LetterLink.objects.filter(dispatch=dispatch).order_by("-number")


def visits_of(dispatch: Dispatch) -> QuerySet[LinkVisit]:
    """What happened on the page of a letter, the latest first."""
    return LinkVisit.objects.filter(link__dispatch=dispatch).order_by("-at", "-pk")


def visits_about(case: Case) -> QuerySet[LinkVisit]:
    """What happened on the pages of a case's letters."""
    rows = LinkVisit.objects.filter(link__dispatch__letter__case=case)
    return rows.select_related("link__dispatch")
