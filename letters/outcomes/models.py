"""What came of a letter: what the landlord said, what was done and who says so, and health."""

import uuid
from functools import partial

from django.db import models
from django.db.models import Q

from letters.access.models import User
from letters.cases.choices import choices_of
from letters.cases.encryption import EncryptedTextField
from letters.cases.models import Case, HazardReport
from letters.issuing.models import Letter
from letters.law.facts import Answer


class Response(models.Model):
    """One thing the landlord said or did in answer to a letter."""

    class Kind(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        INSPECTION_BOOKED = "inspection_booked", "Booked an inspection"
        INSPECTED = "inspected", "Inspected"
        WRITTEN_FINDINGS = "written_findings", "Sent written findings"
        WORKS_BOOKED = "works_booked", "Booked works"
        DISPUTED = "disputed", "Disputes it"
        BLAMED_OCCUPANT = "blamed_occupant", "Blames the household"
        RETALIATED = "retaliated", "Retaliated"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    received_at = models.DateTimeField()
    summary = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["received_at"]


class Remediation(models.Model):
    """One claim about what was done to a hazard. Claims stand side by side; none overwrites
    another, and only one by somebody who went to look is verified."""

    class Claimant(models.TextChoices):
        LANDLORD = "landlord", "The landlord"
        PATIENT = "patient", "The patient"
        INSPECTOR = "inspector", "An inspector"
        ADVISER = "adviser", "The adviser, after a visit"
        CLINICIAN = "clinician", "The clinician"

    class Extent(models.TextChoices):
        FULL = "full", "Mended"
        PARTIAL = "partial", "Partly mended"
        COSMETIC = "cosmetic", "Painted or washed over"
        TEMPORARY = "temporary", "Made safe for now"
        NOTHING = "nothing", "Nothing done"
        RECURRED = "recurred", "Came back"
        REHOUSED = "rehoused", "Rehoused instead"
        ACCESS_REFUSED = "access_refused", "Access was refused"

    class Verification(models.TextChoices):
        NONE = "none", "Not verified"
        PHOTOGRAPH = "photograph", "Patient with photographs"
        VISIT = "visit", "Visit by the adviser"
        ENVIRONMENTAL_HEALTH = "environmental_health", "Environmental health"
        SURVEYOR = "surveyor", "Surveyor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hazard_report = models.ForeignKey(HazardReport, on_delete=models.PROTECT)
    claimed_by = models.CharField(max_length=12, choices=Claimant.choices)
    extent = models.CharField(max_length=16, choices=Extent.choices)
    completed_on = models.DateField(null=True)  # null: nothing completed
    cause_addressed = models.CharField(max_length=10, choices=partial(choices_of, Answer))
    verification = models.CharField(max_length=22, choices=Verification.choices)
    description = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(extent="full") | Q(completed_on__isnull=False),
                name="mended_has_a_day",
            ),
        ]


class HealthChange(models.Model):
    """How the patient is, some time after a letter, beside how they were before it."""

    class Change(models.TextChoices):
        BETTER = "better", "Better"
        SAME = "same", "About the same"
        WORSE = "worse", "Worse"
        NOT_KNOWN = "not_known", "Not known"

    class Respondent(models.TextChoices):
        PATIENT = "patient", "The patient"
        PARENT = "parent", "A parent"
        CLINICIAN = "clinician", "The clinician"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    observed_on = models.DateField()
    change = models.CharField(max_length=10, choices=Change.choices)
    respondent = models.CharField(max_length=10, choices=Respondent.choices)
    steroid_courses = EncryptedTextField(blank=True)  # since the letter; '' where not asked
    admissions = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["observed_on"]
