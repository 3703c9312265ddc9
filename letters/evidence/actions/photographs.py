"""Adding a photograph, saying what it shows, and taking it out of use."""

import hashlib
from datetime import date, datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_closed, refuse_future
from letters.cases.models import Case, HazardReport
from letters.drafting.vocabulary import TakenBy
from letters.evidence.actions.copies import keep_copy
from letters.evidence.actions.limits import refuse_large, refuse_one_too_many
from letters.evidence.actions.removing import put_back_in_use, take_out_of_use
from letters.evidence.errors import AnotherCase, NotDescribed, Removed
from letters.evidence.models import Photograph
from letters.rendering.pictures import Prepared, prepare_photograph


def add_photograph(*, case: Case, data: bytes, by: User, at: datetime) -> Photograph:
    """Keep a picture as it came, and make the copy that letters print. The same bytes again are
    the same photograph, back in use where it had been removed."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    refuse_large(data)
    prepared = prepare_photograph(data)  # the slow part, before anything is locked
    return _keep(case, data, prepared, by=by, at=at)


def add_from_patient(*, case: Case, data: bytes, at: datetime) -> Photograph:
    """The same for what the patient sent by a link; what somebody here took out of use stays out.
    It is described, and so looked at, by somebody here before a letter prints it."""
    refuse_closed(case)
    refuse_large(data)
    return _keep(case, data, prepare_photograph(data), by=None, at=at)


@transaction.atomic
def _keep(
    case: Case, data: bytes, prepared: Prepared, *, by: User | None, at: datetime
) -> Photograph:
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)  # one at a time, to count
    digest = hashlib.sha256(data).hexdigest()
    there = Photograph.objects.filter(case=case, original_digest=digest).defer("original").first()
    if there is not None:
        return there if by is None else put_back_in_use(there, by=by)
    rows = Photograph.objects.filter(case=case)
    refuse_one_too_many(rows)
    photograph = Photograph.objects.create(
        case=case,
        number=rows.count() + 1,  # none is ever deleted
        original=data,
        original_digest=digest,
        camera_day=prepared.taken_on,
        added_by=by,
        received_at=at,
    )
    keep_copy(photograph, prepared, at=at)
    record("add_photograph", photograph, by=by, case=case.pk, sha256=digest)
    return photograph


@transaction.atomic
def describe_photograph(
    *,
    photograph: Photograph,
    shows: str,
    room: str,
    hazard_report: HazardReport | None,
    taken_on: date | None,
    taken_by: TakenBy,
    by: User,
    at: datetime,
) -> Photograph:
    """Say what a photograph shows, where, when it was taken and by whom; again is a correction.
    Approved letters keep what they said."""
    require(by, Right.RECORD_CASE)
    locked = locked_photograph(photograph)
    refuse_future(at, taken_on=taken_on)
    if not shows.strip():
        raise NotDescribed
    if hazard_report is not None and hazard_report.case_id != locked.case_id:
        raise AnotherCase
    locked.shows, locked.room, locked.hazard_report = shows.strip(), room.strip(), hazard_report
    locked.taken_on, locked.taken_by = taken_on, taken_by
    locked.save(update_fields=["shows", "room", "hazard_report", "taken_on", "taken_by"])
    record("describe_photograph", locked, by=by, case=locked.case_id)
    return locked


def remove_photograph(*, photograph: Photograph, by: User, at: datetime) -> Photograph:
    """Take it out of use: no further letter prints it. Its bytes stay, as evidence."""
    return take_out_of_use(photograph, by=by, at=at)


def locked_photograph(photograph: Photograph) -> Photograph:
    """The row under its lock; refuses one that was removed, or whose case is closed."""
    rows = Photograph.objects.select_for_update(of=("self",)).defer("original")
    locked = rows.select_related("case").get(pk=photograph.pk)
    refuse_closed(locked.case)
    if locked.removed_at is not None:
        raise Removed
    return locked
