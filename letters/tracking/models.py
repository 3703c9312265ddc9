"""Deadlines that run from a letter, what started them, what changed them, what came after."""

import uuid
from functools import partial

from django.db import models
from django.db.models import F, Q

from letters.access.models import User
from letters.cases.choices import choices_of
from letters.cases.encryption import EncryptedTextField
from letters.cases.models import HazardReport
from letters.delivery.models import Dispatch
from letters.issuing.models import Letter
from letters.law.periods import Basis, StartEvent


class Knowledge(models.TextChoices):
    """Whether the start of a clock is known or only presumed."""

    ACTUAL = "actual", "Known to have happened"
    DEEMED = "deemed", "Presumed; gives way once something is known"


class Evidence(models.TextChoices):
    """How a start event is known."""

    SENT = "sent", "The letter left"
    SENT_BY_EMAIL = "sent_by_email", "Presumed from the time of the e-mail"
    POSTED = "posted", "Presumed from the day of posting"
    REPLY = "reply", "The landlord replied"
    CALL = "call", "Said on the telephone"
    INSPECTION = "inspection", "The landlord inspected"
    WRITTEN_FINDINGS = "written_findings", "In the landlord's written findings"


class ClockStart(models.Model):
    """An event from which periods run, for one letter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT)
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, null=True)
    event = models.CharField(max_length=50, choices=partial(choices_of, StartEvent))
    at = models.DateTimeField()
    knowledge = models.CharField(max_length=10, choices=Knowledge.choices)
    evidence = models.CharField(max_length=20, choices=Evidence.choices)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True)  # null: a worker
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "event"],
                condition=Q(superseded_at__isnull=True),
                name="one_start_an_event",
            ),
        ]


class DeadlineStatus(models.TextChoices):
    OPEN = "open", "Running"
    PAUSED = "paused", "Paused"
    MET = "met", "Met"
    MISSED = "missed", "Missed"
    CLOSED = "closed", "Closed"


class Deadline(models.Model):
    """The day one period ends, for one hazard, or for the whole case where the provision turns on
    none. `original_due_at` never changes; `working` is how
    it was counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT)
    start = models.ForeignKey(ClockStart, on_delete=models.PROTECT)
    hazard_report = models.ForeignKey(HazardReport, on_delete=models.PROTECT, null=True)
    provision_id = models.CharField(max_length=120)
    period_id = models.CharField(max_length=120)
    requires = models.CharField(max_length=300)
    basis = models.CharField(max_length=10, choices=partial(choices_of, Basis))
    due_at = models.DateTimeField()
    original_due_at = models.DateTimeField()
    working = models.JSONField()
    status = models.CharField(
        max_length=10, choices=DeadlineStatus.choices, default=DeadlineStatus.OPEN
    )
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["start", "hazard_report", "provision_id", "period_id"],
                name="one_deadline_a_period",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("original_due_at")) | Q(status="closed"),
                name="deadline_never_brought_forward",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["met", "missed", "closed"], ended_at__isnull=False)
                | Q(status__in=["open", "paused"], ended_at__isnull=True),
                name="ended_deadline_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(status="paused", paused_at__isnull=False)
                | (~Q(status="paused") & Q(paused_at__isnull=True)),
                name="paused_deadline_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_at"], name="deadline_due")]


class DeadlineChange(models.Model):
    """One pause, resumption, extension or ending of a deadline, with the reason; only added."""

    class Kind(models.TextChoices):
        PAUSE = "pause", "Paused"
        RESUME = "resume", "Resumed"
        EXTEND = "extend", "Extended"
        MEET = "meet", "Met"
        MISS = "miss", "Missed"
        CLOSE = "close", "Closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = EncryptedTextField(blank=True)
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True)  # null: the clock
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]


class Escalation(models.Model):
    """A missed deadline moved the case on: `next_letter` is the draft it prepared, null where the
    next step is an adviser's to take by other means."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT)
    step = models.CharField(max_length=60)  # key on the ladder
    next_letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, related_name="+")
    blocked_by = models.CharField(max_length=200, blank=True)  # why no draft could be made
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)  # an adviser has dealt with it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "step"], name="one_escalation_a_step"),
        ]
