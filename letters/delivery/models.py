"""A dispatch: one letter, by one channel, to one addressee. The row is the truth, not the queue."""

import uuid

from django.db import models
from django.db.models import Q

from letters.access.models import User
from letters.cases.encryption import EncryptedTextField
from letters.issuing.models import Letter


class Channel(models.TextChoices):
    """How a letter leaves."""

    EMAIL = "email", "E-mail"
    DOWNLOAD = "download", "Print and post it yourself"


class DispatchStatus(models.TextChoices):
    """Where a dispatch is; ALLOWED_MOVES says where it can go from there."""

    QUEUED = "queued", "Waiting to be sent"
    CLAIMED = "claimed", "Being sent"
    COMMITTING = "committing", "Being handed over"
    ACCEPTED = "accepted", "Accepted by the mail server"
    READY = "ready", "Ready to print and post"
    POSTED = "posted", "Posted"
    FAILED = "failed", "Refused"
    CANCELLED = "cancelled", "Stopped"
    UNKNOWN = "unknown", "Not known whether it went"


_S = DispatchStatus
ALLOWED_MOVES: dict[str, frozenset[str]] = {
    _S.QUEUED: frozenset({_S.CLAIMED, _S.CANCELLED}),
    # back to queued: refused for now, or the worker died before it committed itself
    _S.CLAIMED: frozenset({_S.COMMITTING, _S.QUEUED, _S.READY, _S.FAILED, _S.CANCELLED}),
    # the last byte may be on its way: from here nothing goes a second time by itself
    _S.COMMITTING: frozenset({_S.ACCEPTED, _S.QUEUED, _S.FAILED, _S.UNKNOWN}),
    _S.UNKNOWN: frozenset({_S.ACCEPTED, _S.QUEUED, _S.CANCELLED}),  # a person settles it
    _S.READY: frozenset({_S.POSTED, _S.CANCELLED}),
    _S.FAILED: frozenset({_S.QUEUED, _S.CANCELLED}),
    _S.ACCEPTED: frozenset(),
    _S.POSTED: frozenset(),
    _S.CANCELLED: frozenset(),
}


class Dispatch(models.Model):
    """`lease_until` is when a worker that says nothing more counts as dead; `next_try_at` when a
    queued one is due. `reason` is a key from errors, never the words of a server."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = EncryptedTextField(null=True)
    status = models.CharField(max_length=12, choices=DispatchStatus.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    provider_reference = models.CharField(max_length=255, blank=True)
    queued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # accepted by the server, or put in the post

    class Meta:
        verbose_name_plural = "dispatches"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=DispatchStatus.values), name="dispatch_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(channel="email") | Q(address__isnull=False),
                name="email_has_an_address",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "posted"]) | Q(sent_at__isnull=False),
                name="sent_dispatch_has_moment",
            ),
            models.UniqueConstraint(
                fields=["letter"],
                condition=~Q(status__in=["failed", "cancelled"]),
                name="one_live_dispatch_a_letter",
            ),
        ]
        indexes = [models.Index(fields=["status", "next_try_at"], name="dispatch_due")]
