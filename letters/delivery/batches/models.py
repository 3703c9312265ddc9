"""A batch: the letters that a team prints and posts itself, as one PDF for its printer."""

import uuid

from django.db import models
from django.db.models import Q

from letters.access.models import Team, User
from letters.delivery.models import Dispatch
from letters.encryption import EncryptedBinaryField


class BatchStatus(models.TextChoices):
    ASKED = "asked", "Being made"
    MADE = "made", "Made"
    FAILED = "failed", "Could not be made"


class PrintBatch(models.Model):
    """What goes in stands still from the moment it is asked for. It is open until all of it is
    posted or stopped, or another batch takes over what is left. `lease_until` is when a worker that
    says nothing more counts as dead; `reason` a key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    day = models.DateField()
    number = models.PositiveSmallIntegerField()  # from 1, on that day
    status = models.CharField(max_length=10, choices=BatchStatus.choices, default=BatchStatus.ASKED)
    reason = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    data = EncryptedBinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of the bytes before encryption
    page_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "print batches"
        constraints = [
            models.UniqueConstraint(fields=["team", "day", "number"], name="one_batch_a_number"),
            models.CheckConstraint(
                condition=Q(status__in=BatchStatus.values), name="batch_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="made", made_at__isnull=False, data__isnull=False)
                | (~Q(status="made") & Q(made_at__isnull=True)),
                name="made_batch_has_pages",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(reason=""), name="failed_batch_says_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["team"], condition=Q(closed_at__isnull=True), name="batch_still_open"
            ),
        ]


class PrintBatchItem(models.Model):
    """A dispatch in a batch, in its place. `freed_at`: it is not in there any more, and may go into
    another; its pages may have been printed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(PrintBatch, on_delete=models.PROTECT)
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()  # from 1
    first_page = models.PositiveIntegerField(null=True)  # of its address sheet; null: not printed
    page_count = models.PositiveSmallIntegerField(default=0)  # of the letter and its enclosures
    freed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_item_a_place"),
            models.UniqueConstraint(
                fields=["dispatch"],
                condition=Q(freed_at__isnull=True),
                name="one_batch_a_dispatch",
            ),
        ]
