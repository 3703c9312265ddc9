"""Opening another team's cases in an emergency, and saying later whether it was one."""

from datetime import datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.emergency import LASTS, EmergencyAccess, running_emergency
from letters.cases.errors import EmergencyReasonMissing, ReviewedAlready, ReviewedByOneself
from letters.cases.models import Patient


@transaction.atomic
def open_in_emergency(*, patient: Patient, reason: str, by: User, at: datetime) -> EmergencyAccess:
    """Let the person see every case of the patient for some hours; again while it runs is once."""
    require(by, Right.OPEN_IN_EMERGENCY)
    if not reason.strip():
        raise EmergencyReasonMissing
    User.objects.select_for_update().get(pk=by.pk)  # two clicks wait for each other
    running = running_emergency(by, patient)
    if running is not None:
        return running
    row = EmergencyAccess.objects.create(
        patient=patient, user=by, reason=reason.strip(), opened_at=at, ends_at=at + LASTS
    )
    record("open_in_emergency", row, by=by, patient=patient.pk)
    return row


@transaction.atomic
def end_emergency(*, emergency: EmergencyAccess, by: User, at: datetime) -> None:
    """Close it before its time; what has ended stays ended."""
    ended = EmergencyAccess.objects.filter(pk=emergency.pk, user=by, ends_at__gt=at)
    if ended.update(ends_at=at):
        record("end_emergency", emergency, by=by)


@transaction.atomic
def review_emergency(
    *,
    emergency: EmergencyAccess,
    finding: EmergencyAccess.Finding,
    note: str,
    by: User,
    at: datetime,
) -> EmergencyAccess:
    """Say whether there was a reason to look; once, and never by whoever looked."""
    require(by, Right.REVIEW_EMERGENCY)
    row = EmergencyAccess.objects.select_for_update(of=("self",)).get(pk=emergency.pk)
    if row.user_id == by.pk:
        raise ReviewedByOneself
    if row.finding:
        raise ReviewedAlready
    row.finding, row.finding_note = finding.value, note
    row.reviewed_by, row.reviewed_at = by, at
    row.save(update_fields=["finding", "finding_note", "reviewed_by", "reviewed_at"])
    record("review_emergency", row, by=by, finding=finding.value)
    return row
