"""Asking a patient for photographs, letting in whoever has the link, and taking what they send."""

import hashlib
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from letters import jobs
from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_closed
from letters.cases.models import Case
from letters.drafting.identifiers import normal_mobile_number
from letters.drafting.vocabulary import ContactWay
from letters.evidence.actions.limits import refuse_large
from letters.incoming.asking.errors import (
    AddressMissing,
    ConsentTakenBack,
    NotSafeToWrite,
    RequestOver,
    TooManySent,
    WayNotOffered,
)
from letters.incoming.asking.models import TRIES, PhotographRequest, SentPhotograph
from letters.incoming.asking.queries import (
    contact_of,
    digest_of_token,
    is_consent_taken_back,
    offered_ways,
    open_request,
    token_of,
    why_shut,
)
from letters.rendering.pictures import prepare_photograph

LASTS: Final = timedelta(days=14)
LOCKED_FOR: Final = timedelta(hours=1)
_MOST_DOUBLED: Final = 7
_FIRST: Final = {
    ContactWay.TELEPHONE: "Telephone the patient and ask: they may not be written to",
    ContactWay.CLINIC: "Ask for photographs when the patient is here: they may be reached only "
    "through the clinic",
    ContactWay.NONE: "Do not write to the patient: it is recorded that nobody may contact them",
    ContactWay.NOT_KNOWN: "Ask the patient how they may safely be reached, and record it under "
    "Safety first",
}


class Opening(StrEnum):
    """What a try came to."""

    OPENED = "opened"
    REFUSED = "refused"
    LOCKED = "locked"


@transaction.atomic
def ask_for_photographs(
    *, case: Case, way: PhotographRequest.Way, address: str, by: User, at: datetime
) -> PhotographRequest:
    """Have a link sent to where the patient said. The same again is the same link and no second
    message; another way or place, or a message that did not arrive, ends the link before."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    refuse_unsafe(case)
    if way not in offered_ways(case.team.organisation.partnership):
        raise WayNotOffered
    goes_to = _normal(way, address)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)  # one of two at once waits
    there = open_request(case)
    if there is not None:
        is_same = (there.way, there.address) == (way, goes_to)
        if is_same and at < there.expires_at and not there.has_failed:
            return there
        _end(there, by=by, at=at)
    return _asked(case, way, goes_to, by=by, at=at)


def refuse_unsafe(case: Case) -> None:
    """Unless it is recorded that the patient may be reached any way, and consent stands."""
    contact = contact_of(case)
    if contact is not ContactWay.ANY:
        raise NotSafeToWrite(_FIRST[contact])
    if is_consent_taken_back(case):
        raise ConsentTakenBack


def _normal(way: PhotographRequest.Way, address: str) -> str:
    if not address.strip():
        raise AddressMissing("mobile" if way == PhotographRequest.Way.TEXT else "email")
    if way == PhotographRequest.Way.TEXT:
        return normal_mobile_number(address)
    return address.strip()


def _asked(
    case: Case, way: PhotographRequest.Way, address: str, *, by: User, at: datetime
) -> PhotographRequest:
    key = uuid4()
    made = PhotographRequest.objects.create(
        pk=key,
        case=case,
        way=way,
        address=address,
        token_digest=digest_of_token(token_of(key)),
        asked_by=by,
        asked_at=at,
        expires_at=at + LASTS,
        next_try_at=at,
    )
    record("ask_for_photographs", made, by=by, case=case.pk, way=way.value)
    jobs.enqueue(jobs.SEND_PHOTOGRAPH_REQUEST, made.pk)
    return made


@transaction.atomic
def end_request(*, request: PhotographRequest, by: User, at: datetime) -> None:
    """The link takes nothing any more; what came by it stays. A second time changes nothing."""
    require(by, Right.RECORD_CASE)
    _end(_locked(request), by=by, at=at)


@transaction.atomic
def decline(*, request: PhotographRequest, at: datetime) -> None:
    """Whoever has the link wants to send nothing, or nothing more."""
    _end(_locked(request), by=None, at=at)


def _end(request: PhotographRequest, *, by: User | None, at: datetime) -> None:
    if request.ended_at is None:
        request.ended_by, request.ended_at, request.next_try_at = by, at, None
        request.save(update_fields=["ended_by", "ended_at", "next_try_at"])
        record("end_photograph_request", request, by=by, case=request.case_id)


@transaction.atomic
def let_in(*, request: PhotographRequest, date_of_birth: date, at: datetime) -> Opening:
    """Let somebody in who knows the patient's date of birth. Some wrong tries shut the page for an
    hour, then for longer, also for who is right: there are few dates of birth."""
    locked = _locked(request)
    if why_shut(locked, at) is not None:
        return Opening.REFUSED
    if locked.locked_until is not None and at < locked.locked_until:
        return Opening.LOCKED
    if date_of_birth != locked.case.patient.date_of_birth:
        return _count_wrong_try(locked, at)
    locked.tries_left = TRIES
    if locked.opened_at is None:
        locked.opened_at = at
        record("open_photograph_request", locked, by=None, case=locked.case_id)
    locked.save(update_fields=["tries_left", "opened_at"])
    return Opening.OPENED


def _count_wrong_try(request: PhotographRequest, at: datetime) -> Opening:
    request.tries_left -= 1
    outcome = Opening.REFUSED
    if request.tries_left == 0:
        wait = LOCKED_FOR * (1 << min(request.locks, _MOST_DOUBLED))
        request.tries_left, request.locked_until = TRIES, at + wait
        request.locks += 1
        outcome = Opening.LOCKED
    request.save(update_fields=["tries_left", "locks", "locked_until"])
    record("refuse_photograph_request", request, by=None, case=request.case_id)
    return outcome


def send_photograph(
    *, request: PhotographRequest, data: bytes, shows: str, at: datetime
) -> SentPhotograph:
    """Take one picture, held until it has been looked through; the same bytes again are the same
    picture. What cannot be a photograph is refused at once, while the sender is there."""
    refuse_large(data)
    prepare_photograph(data)  # the slow part, before anything is locked
    return _take(request, data, shows.strip(), at)


@transaction.atomic
def _take(request: PhotographRequest, data: bytes, shows: str, at: datetime) -> SentPhotograph:
    locked, digest = _locked(request), hashlib.sha256(data).hexdigest()
    if why_shut(locked, at) is not None:
        raise RequestOver
    rows = SentPhotograph.objects.filter(request=locked).defer("data")
    there = rows.filter(sha256=digest).first()
    if there is not None:
        return there
    if rows.count() >= settings.EVIDENCE_FILES_A_CASE:
        raise TooManySent(settings.EVIDENCE_FILES_A_CASE)
    sent = SentPhotograph.objects.create(
        request=locked,
        data=data,
        sha256=digest,
        shows=shows,
        sent_at=at,
        reason="not_looked_through_yet",
        next_try_at=at,
    )
    record("send_photograph", sent, by=None, case=locked.case_id, sha256=digest)
    jobs.enqueue(jobs.LOOK_THROUGH_PHOTOGRAPH, sent.pk)
    return sent


def _locked(request: PhotographRequest) -> PhotographRequest:
    rows = PhotographRequest.objects.select_for_update(of=("self",))
    return rows.select_related("case__patient").get(pk=request.pk)
