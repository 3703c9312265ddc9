"""A bundle: which documents of a case go together to a reader, and the files made of them."""

import uuid
from functools import partial

from django.db import models
from django.db.models import Q

from letters.access.models import User
from letters.bundling.limits import MEGABYTE
from letters.cases.choices import choices_of
from letters.cases.encryption import EncryptedBinaryField, EncryptedTextField
from letters.cases.models import Case
from letters.drafting.vocabulary import DataItem, Recipient


class PartKind(models.TextChoices):
    """What a part is, as the index names it; which row it comes from."""

    LETTER = "letter", "Letter"
    DOCUMENT = "document", "Document"
    PROOF = "proof", "Proof of sending"
    RESPONSE = "response", "Reply"
    CLAIM = "claim", "Claim of repair"
    PHOTOGRAPH = "photograph", "Photograph"


class BundleStatus(models.TextChoices):
    ASKED = "asked", "Being made"
    MADE = "made", "Made"
    FAILED = "failed", "Could not be made"


class Bundle(models.Model):
    """What was chosen stands still from the moment it is asked for: `parts` holds the kind, the row
    and the digest of each, in order. What comes later goes into another bundle. `tells` are the
    DataItem values that consent must cover, also on the day on which it is downloaded.

    `lease_until` is when a worker that says nothing more counts as dead; `reason` a key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    reader = models.CharField(max_length=20, choices=partial(choices_of, Recipient))
    title = EncryptedTextField()
    parts = models.JSONField()  # [{"kind", "id", "digest"}], in order
    tells = models.JSONField()
    shows_evidence = models.BooleanField()  # pictures or documents, which not every adviser may see
    most_pages = models.PositiveIntegerField()  # in one volume
    most_bytes = models.PositiveIntegerField()
    status = models.CharField(
        max_length=10, choices=BundleStatus.choices, default=BundleStatus.ASKED
    )
    reason = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=BundleStatus.values), name="bundle_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="made", made_at__isnull=False)
                | (~Q(status="made") & Q(made_at__isnull=True)),
                name="made_bundle_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(reason=""), name="failed_bundle_says_why"
            ),
        ]

    @property
    def told(self) -> frozenset[DataItem]:
        return frozenset(DataItem(item) for item in self.tells)

    @property
    def most_megabytes(self) -> int:
        return int(self.most_bytes) // MEGABYTE


class BundleVolume(models.Model):
    """One file of a bundle; page numbers run on from one volume to the next."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()  # from 1
    first_page = models.PositiveIntegerField()
    last_page = models.PositiveIntegerField()
    data = EncryptedBinaryField()
    size = models.PositiveIntegerField()  # in bytes, before encryption
    sha256 = models.CharField(max_length=64)  # of the bytes before encryption

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bundle", "number"], name="one_volume_a_number"),
            models.CheckConstraint(
                condition=Q(first_page__lte=models.F("last_page")), name="volume_has_pages"
            ),
        ]

    @property
    def megabytes(self) -> str:
        """ "1.4" of them; never "0.0"."""
        return f"{max(self.size / MEGABYTE, 0.1):.1f}"
