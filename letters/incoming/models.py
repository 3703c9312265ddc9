"""What came in: messages kept whole, the cases they belong to, the files they brought, and what was
said on the telephone. Nothing of it is ever deleted."""

import uuid
from functools import partial

from django.db import models
from django.db.models import Q

from letters.access.models import Partnership, User
from letters.cases.choices import choices_of
from letters.cases.models import Case
from letters.delivery.models import Dispatch
from letters.encryption import EncryptedBinaryField, EncryptedJSONField, EncryptedTextField
from letters.evidence.models import Enclosure
from letters.incoming.reading.values import Kind
from letters.issuing.models import Letter
from letters.outcomes.models import Response
from letters.tracking.models import Commitment


class MessageSource(models.TextChoices):
    """How a message came to us."""

    MAILBOX = "mailbox", "From the mailbox"
    WEBHOOK = "webhook", "Handed on by a mail service"
    PASTED = "pasted", "Pasted by somebody here"
    SCAN = "scan", "A letter that came by post"
    LINK = "link", "Written on the page of the letter"


class MessageStatus(models.TextChoices):
    """Where a message is. `stuck` and `unmatched` wait for a person; nothing is ever dropped."""

    KEPT = "kept", "Not sorted yet"
    MATCHED = "matched", "With its case"
    UNMATCHED = "unmatched", "No case found"
    STUCK = "stuck", "Cannot be sorted by machine"
    PUT_ASIDE = "put_aside", "None of ours"


class Message(models.Model):
    """One message, whole as it came (`raw`), with what was read out of it. `digest` makes the same
    bytes the same message, however often they come. `partnership` is null while nothing says whose
    it is: then only its time and kind are shown, until somebody takes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=10, choices=MessageSource.choices)
    raw = EncryptedBinaryField()
    digest = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    is_whole = models.BooleanField(default=True)  # else only its head: it was too large to take
    received_at = models.DateTimeField()  # by the mail server
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    status = models.CharField(
        max_length=10, choices=MessageStatus.choices, default=MessageStatus.KEPT
    )
    kind = models.CharField(max_length=20, choices=partial(choices_of, Kind), blank=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True)
    sender = EncryptedTextField(blank=True)
    sender_key = models.CharField(max_length=64, blank=True, editable=False)
    sender_name = EncryptedTextField(blank=True)
    subject = EncryptedTextField(blank=True)
    text = EncryptedTextField(blank=True)
    fresh = EncryptedTextField(blank=True)
    dates = EncryptedJSONField(default=list)  # days of appointments, as texts
    signs = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True)  # as the sender says
    note = models.CharField(max_length=60, blank=True)  # a key: why no case was found
    sorted_at = models.DateTimeField(null=True)

    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MessageStatus.values), name="message_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="kept") | Q(next_try_at__isnull=False),
                name="kept_message_is_due",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
                name="message_due",
            ),
            models.Index(fields=["status", "received_at"], name="message_by_status"),
            models.Index(fields=["sender_key"], name="message_by_sender"),
        ]


class MessageLink(models.Model):
    """A message belongs to a case. `how` is the mark that said so; `settled_at`, when a person had
    read it, or when there was nothing to read. A wrong one is ended, and stays as it was."""

    class How(models.TextChoices):
        TOKEN = "token", "Sent to the reply address of the case"
        MESSAGE_ID = "message_id", "Answers a message of ours"
        REPORT = "report", "Reports on a message of ours"
        REFERENCE = "reference", "Gives the reference"
        QUOTED = "quoted", "Quotes the reference"
        PERSON = "person", "Put there by a person"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True)
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, null=True)
    how = models.CharField(max_length=12, choices=How.choices)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    response = models.ForeignKey(Response, on_delete=models.PROTECT, null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "case"],
                condition=Q(ended_at__isnull=True),
                name="one_link_a_case",
            ),
        ]
        indexes = [
            models.Index(
                fields=["case"],
                condition=Q(settled_at__isnull=True, ended_at__isnull=True),
                name="link_to_settle",
            ),
        ]


class Suggestion(models.Model):
    """A case that a message may belong to, and why; `rank` 1 is the likeliest."""

    class Why(models.TextChoices):
        TOKEN = "token", "It was sent to the reply address of this case"
        ANSWERS = "answers", "It answers a message about this case"
        REFERENCE = "reference", "It gives the reference of this case"
        QUOTED = "quoted", "It quotes the reference of this case"
        SENDER = "sender", "This landlord writes from this address"
        WROTE_BEFORE = "wrote_before", "Somebody wrote about this case from this address"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    rank = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=12, choices=Why.choices)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["message", "case"], name="one_suggestion_a_case"),
        ]


class AttachmentStatus(models.TextChoices):
    """Only what is clean can be opened; what nobody has looked through is held."""

    HELD = "held", "Held until it has been looked through"
    CLEAN = "clean", "Nothing harmful found"
    INFECTED = "infected", "Harmful: it cannot be opened"


class Attachment(models.Model):
    """One file that a message brought. `reason` is a key that says why it is held; `virus` is what
    the scanner calls what it found."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()
    name = EncryptedTextField()
    media_type = models.CharField(max_length=100)  # as the sender says; never believed
    data = EncryptedBinaryField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(
        max_length=10, choices=AttachmentStatus.choices, default=AttachmentStatus.HELD
    )
    reason = models.CharField(max_length=60, blank=True)
    virus = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    scanned_at = models.DateTimeField(null=True)
    enclosure = models.ForeignKey(Enclosure, on_delete=models.PROTECT, null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="one_part_a_number"),
            models.CheckConstraint(
                condition=Q(status="held") | Q(scanned_at__isnull=False),
                name="judged_attachment_was_scanned",
            ),
            models.CheckConstraint(
                condition=~Q(status="infected") | ~Q(virus=""), name="infected_names_the_virus"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
                name="attachment_due",
            ),
        ]


class Call(models.Model):
    """What was said on the telephone, as noted by whoever took it."""

    class Caller(models.TextChoices):
        LANDLORD = "landlord", "The landlord"
        CONTRACTOR = "contractor", "A contractor"
        COUNCIL = "council", "The council"
        HOUSEHOLD = "household", "The patient or household"
        OTHER = "other", "Somebody else"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True)
    caller = models.CharField(max_length=12, choices=Caller.choices)
    said = models.CharField(max_length=20, choices=Response.Kind.choices, blank=True)
    words = EncryptedTextField(blank=True)
    called_at = models.DateTimeField()
    response = models.ForeignKey(Response, on_delete=models.PROTECT, null=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-called_at"]
