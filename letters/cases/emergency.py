"""Seeing another team's cases in an emergency: for a reason, for some hours, looked at later."""

import uuid
from datetime import timedelta
from typing import Final

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from letters.access.models import User
from letters.access.queries import partnerships_of, partnerships_with
from letters.access.roles import Right, Role
from letters.cases.encryption import EncryptedTextField
from letters.cases.models import Case, Patient

LASTS: Final = timedelta(hours=4)  # the service's own choice


class EmergencyAccess(models.Model):
    """One person sees every case of one patient, from a moment to another. A reviewer says later
    whether the reason was one."""

    class Finding(models.TextChoices):
        JUSTIFIED = "justified", "There was a reason to look"
        NOT_JUSTIFIED = "not_justified", "There was no reason to look"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # brought forward when it is ended early
    finding = models.CharField(max_length=20, choices=Finding, blank=True)
    finding_note = EncryptedTextField(blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finding="", reviewed_by__isnull=True, reviewed_at__isnull=True)
                | (~Q(finding="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False)),
                name="emergency_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=models.F("user")),
                name="emergency_reviewed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_at"], name="emergency_by_user")]


def patients_in_emergency(user: User) -> QuerySet[Patient]:
    """Whose cases the person sees now although another team works on them; nobody's who is not a
    clinician of that partnership any more."""
    running = EmergencyAccess.objects.filter(user=user, ends_at__gt=timezone.now())
    return Patient.objects.filter(
        pk__in=running.values("patient"), partnership__in=partnerships_of(user, Role.CLINICIAN)
    )


def running_emergency(user: User, patient: Patient) -> EmergencyAccess | None:
    """The access that the person has to this patient now."""
    rows = EmergencyAccess.objects.filter(user=user, patient=patient, ends_at__gt=timezone.now())
    return rows.order_by("-opened_at").first()


def emergencies_to_review(user: User) -> QuerySet[EmergencyAccess]:
    """Those of the partnerships in which the person reviews them, the oldest first; never their
    own."""
    rows = EmergencyAccess.objects.filter(
        patient__partnership__in=partnerships_with(user, Right.REVIEW_EMERGENCY)
    )
    return rows.exclude(user=user).filter(finding="").select_related("user").order_by("opened_at")


def emergencies_about(case: Case) -> QuerySet[EmergencyAccess]:
    """Everybody who opened this patient's cases in an emergency while this was one of them."""
    rows = EmergencyAccess.objects.filter(patient=case.patient_id, ends_at__gte=case.opened_at)
    return rows.select_related("user", "reviewed_by")
