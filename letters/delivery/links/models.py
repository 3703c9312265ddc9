"""A link to the page of one letter, and what happened there."""

import uuid

from django.db import models
from django.db.models import Q

from letters.access.models import User
from letters.delivery.models import Dispatch

TRIES = 5


class LetterLink(models.Model):
    """The token itself is in the message and nowhere else: it is made anew from the dispatch and
    `number` when the message goes a second time. Who has it must still know the reference and the
    home's postcode; after some wrong tries nobody gets in until `locked_until`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()  # from 1; a new one when the last has ended
    token_digest = models.CharField(max_length=64, unique=True)
    tries_left = models.PositiveSmallIntegerField(default=TRIES)
    locked_until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "number"], name="one_link_a_number"),
            models.UniqueConstraint(
                fields=["dispatch"],
                condition=Q(ended_at__isnull=True),
                name="one_live_link_a_dispatch",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="ended_link_has_person",
            ),
        ]


class LinkVisit(models.Model):
    """What somebody did with a link, and when; nothing about who or from where."""

    class Outcome(models.TextChoices):
        OPENED = "opened", "Opened the letter"
        REFUSED = "refused", "Gave another reference or postcode"
        LOCKED = "locked", "Gave them wrongly so often that the page shut for some time"
        DOWNLOADED = "downloaded", "Downloaded a file"
        ANSWERED = "answered", "Sent an answer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(LetterLink, on_delete=models.PROTECT)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)

    class Meta:
        indexes = [models.Index(fields=["link", "at"], name="visits_of_a_link")]
