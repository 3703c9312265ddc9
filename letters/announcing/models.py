"""The log of what happened, who outside is told of it, and how far the telling has got."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from letters.access.models import Partnership, User
from letters.announcing.kinds import EventKind
from letters.encryption import EncryptedTextField


class Event(models.Model):
    """One thing that happened: ids and a kind, nothing about a person. Only added; a trigger
    refuses UPDATE, DELETE and TRUNCATE.

    `transaction` is the database's own number of the transaction that wrote it. Numbers of rows are
    given out before their transactions commit, so that a reader who remembered the last one would
    miss what commits late: see queries.events_after."""

    number = models.BigAutoField(primary_key=True)
    transaction = models.BigIntegerField(
        db_default=RawSQL("pg_current_xact_id()::text::bigint", ()), editable=False
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)  # an EventKind
    partnership_id = models.UUIDField()
    subject_id = models.UUIDField()  # the letter, dispatch, deadline that it happened to
    case_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["partnership_id", "transaction", "number"], name="event_in_order"),
        ]


class Subscription(models.Model):
    """Another program that is told what happens in a partnership, and of which kinds. The address
    may hold a password of its own, so it is as secret as the key that signs.

    While a secret is being changed, announcements carry the signatures of both until
    `previous_until`. After many failures in a row, over some time, it is paused until a person
    looks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT)
    url = EncryptedTextField()
    host = models.CharField(max_length=255)  # what people are shown of the address
    kinds = models.JSONField()  # EventKind values
    secret = EncryptedTextField()
    previous_secret = EncryptedTextField(null=True)
    previous_until = models.DateTimeField(null=True)
    failures_in_a_row = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(previous_secret__isnull=True, previous_until__isnull=True)
                | Q(previous_secret__isnull=False, previous_until__isnull=False),
                name="previous_secret_has_an_end",
            ),
        ]

    @property
    def told(self) -> tuple[EventKind, ...]:
        """The kinds it asked for, in the order in which they are listed everywhere."""
        return tuple(kind for kind in EventKind if kind in self.kinds)


class AnnouncementStatus(models.TextChoices):
    """How far one telling has got."""

    WAITING = "waiting", "Waiting to be told"
    SENT = "sent", "Told"
    FAILED = "failed", "Given up"


class Announcement(models.Model):
    """One event to one subscription. `next_try_at` is when it is due; `lease_until` when a worker
    that says nothing more counts as dead. `reason` is a key, never the words of a server."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT)
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT)
    status = models.CharField(
        max_length=10, choices=AnnouncementStatus.choices, default=AnnouncementStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "subscription"], name="told_once_a_subscription"
            ),
            models.CheckConstraint(
                condition=Q(status__in=AnnouncementStatus.values), name="announcement_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
                name="told_announcement_has_moment",
            ),
        ]
        indexes = [
            # what is told already is most of the rows, and of no interest to the sweep
            models.Index(
                fields=["next_try_at"], condition=Q(status="waiting"), name="announcement_due"
            ),
            models.Index(
                fields=["subscription"], condition=Q(status="failed"), name="announcement_given_up"
            ),
        ]
