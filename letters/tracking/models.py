"""Deadlines that run from a letter, what started them, what changed them, what came after."""

import uuid
from functools import partial

from django.db import models
from django.db.models import F, Q

from letters.access.models import User
from letters.cases.choices import choices_of
from letters.cases.encryption import EncryptedTextField
from letters.cases.models import Case, HazardReport
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
    OPENED = "opened", "The reader opened the letter"
    SIGNED_FOR = "signed_for", "Somebody signed for the letter"
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
        indexes = [
            models.Index(
                fields=["due_at", "requires"],
                condition=Q(status__in=["open", "paused"]),
                name="deadline_running",
            )
        ]


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


class CommitmentStatus(models.TextChoices):
    """A promise that was put off is open again, with its first day beside the new one."""

    OPEN = "open", "Promised"
    KEPT = "kept", "Kept"
    MISSED = "missed", "Not kept"
    WITHDRAWN = "withdrawn", "Taken back"


class Commitment(models.Model):
    """Somebody promised something for a day. `first_promised_for` never changes: what was moved
    shows from where. `came_from` and `source_id` name what it was said in."""

    class What(models.TextChoices):
        INSPECTION = "inspection", "An inspection"
        FINDINGS = "findings", "Written findings"
        WORKS_START = "works_start", "Works begin"
        WORKS_DONE = "works_done", "Works finished"
        CALL_BACK = "call_back", "They call or write back"
        OTHER = "other", "Something else"

    class PromisedBy(models.TextChoices):
        LANDLORD = "landlord", "The landlord"
        CONTRACTOR = "contractor", "A contractor"
        COUNCIL = "council", "The council"
        OTHER = "other", "Somebody else"

    class CameFrom(models.TextChoices):
        MESSAGE = "message", "A message"
        CALL = "call", "A telephone call"
        LINK = "link", "The page of the letter"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True)
    what = models.CharField(max_length=12, choices=What.choices)
    words = EncryptedTextField(blank=True)
    promised_by = models.CharField(max_length=12, choices=PromisedBy.choices)
    promised_for = models.DateField()
    first_promised_for = models.DateField()
    came_from = models.CharField(max_length=10, choices=CameFrom.choices)
    source_id = models.UUIDField(null=True)
    status = models.CharField(
        max_length=10, choices=CommitmentStatus.choices, default=CommitmentStatus.OPEN
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True)  # null: its page
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)  # missed, and somebody has dealt with that

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", ended_at__isnull=True)
                | (~Q(status="open") & Q(ended_at__isnull=False)),
                name="ended_commitment_has_moment",
            ),
            models.UniqueConstraint(
                fields=["case", "what", "first_promised_for", "came_from", "source_id"],
                name="one_commitment_a_promise",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                fields=["promised_for"], condition=Q(status="open"), name="commitment_due"
            ),
        ]


class CommitmentChange(models.Model):
    """A promise was moved, kept, missed or taken back, with the reason; only added."""

    class Kind(models.TextChoices):
        MOVE = "move", "Moved"
        KEEP = "keep", "Kept"
        MISS = "miss", "Not kept"
        WITHDRAW = "withdraw", "Taken back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = EncryptedTextField(blank=True)
    day_before = models.DateField()
    day_after = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True)  # null: the clock
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]
