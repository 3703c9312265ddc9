"""That a patient was asked for photographs, and each one that came by the link."""

import uuid

from django.db import models
from django.db.models import Q

from letters.access.models import User
from letters.cases.models import Case
from letters.encryption import EncryptedBinaryField, EncryptedTextField
from letters.evidence.models import Photograph

TRIES = 5


class PhotographRequest(models.Model):
    """One link, to one telephone or mailbox that was written down for this. The token is in the
    message and nowhere else: it is made anew from the id. Who has it must still know the patient's
    date of birth; after some wrong tries nobody gets in until `locked_until`."""

    class Way(models.TextChoices):
        TEXT = "text", "Text message"
        EMAIL = "email", "E-mail"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    way = models.CharField(max_length=10, choices=Way.choices)
    address = EncryptedTextField()  # a mobile number, or a mailbox
    token_digest = models.CharField(max_length=64, unique=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)  # null: it went, or does not go by itself
    reason = models.CharField(max_length=60, blank=True)  # a key: why it has not gone
    sent_at = models.DateTimeField(null=True)

    tries_left = models.PositiveSmallIntegerField(default=TRIES)
    locks = models.PositiveSmallIntegerField(default=0)  # how often the tries were used up
    locked_until = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)  # the first time somebody knew the date of birth

    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)  # without `ended_by`: by whoever had the link

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=["text", "email"]), name="photograph_request_way_known"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ended_at__isnull=True),
                name="one_open_photograph_request",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
                name="photograph_request_ended_by_at",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
                name="photograph_request_due",
            ),
        ]

    @property
    def has_failed(self) -> bool:
        """Whether the message did not reach its place, and will not by itself."""
        return bool(self.reason) and self.next_try_at is None


class SentPhotographStatus(models.TextChoices):
    """Only what was looked through and can be read becomes evidence."""

    HELD = "held", "Held until it has been looked through"
    KEPT = "kept", "With the photographs of the case"
    INFECTED = "infected", "Harmful: it stays shut"
    REFUSED = "refused", "Cannot be kept"


class SentPhotograph(models.Model):
    """One picture as it came by the link. Its bytes go once `photograph` has them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(PhotographRequest, on_delete=models.PROTECT)
    data = EncryptedBinaryField()
    sha256 = models.CharField(max_length=64)
    shows = EncryptedTextField(blank=True)  # as the patient says; offered to who describes it
    sent_at = models.DateTimeField()
    status = models.CharField(
        max_length=10, choices=SentPhotographStatus.choices, default=SentPhotographStatus.HELD
    )
    reason = models.CharField(max_length=60, blank=True)  # a key: why it is held or refused
    virus = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    photograph = models.ForeignKey(Photograph, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "sha256"], name="sent_photograph_once"),
            models.CheckConstraint(
                condition=Q(status__in=SentPhotographStatus.values),
                name="sent_photograph_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="kept", photograph__isnull=False)
                | (~Q(status="kept") & Q(photograph__isnull=True)),
                name="kept_sent_photograph_is_there",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
                name="sent_photograph_due",
            ),
        ]
