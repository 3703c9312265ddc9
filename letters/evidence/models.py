"""What shows how the home is: photographs, what is hidden in them, and documents.

The bytes as they came are kept encrypted and never change: their SHA-256 says so. What letters
print is made from them.
"""

import uuid
from functools import partial

from django.db import models
from django.db.models import F, Q

from letters.access.models import User
from letters.cases.choices import choices_of, values_of
from letters.cases.encryption import EncryptedBinaryField, EncryptedTextField
from letters.cases.models import Case, HazardReport
from letters.drafting.vocabulary import DataItem, TakenBy


class Photograph(models.Model):
    """A picture as it came. `shows` is what a person who cannot see it is told, '' until somebody
    has said. One that is removed is offered no more; its bytes stay, as evidence."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()  # from 1, in the order in which they came
    original = EncryptedBinaryField()
    original_digest = models.CharField(max_length=64)  # SHA-256 of the bytes before encryption
    camera_day = models.DateField(null=True)  # what the file claims; offered, not believed
    shows = EncryptedTextField(blank=True)
    room = models.CharField(max_length=60, blank=True)
    hazard_report = models.ForeignKey(HazardReport, on_delete=models.PROTECT, null=True)
    taken_on = models.DateField(null=True)  # null: not known
    taken_by = models.CharField(max_length=20, blank=True, choices=partial(choices_of, TakenBy))
    # null: the patient sent it by a link
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    received_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "original_digest"], name="photograph_once_a_case"
            ),
            models.UniqueConstraint(fields=["case", "number"], name="one_photograph_a_number"),
            models.CheckConstraint(
                condition=Q(taken_by__in=["", *values_of(TakenBy)]), name="taken_by_known"
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True, removed_at__isnull=True)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
                name="photograph_removed_by_with_removed_at",
            ),
        ]

    @property
    def is_described(self) -> bool:
        """Whether a letter can say what it shows and who took it."""
        return bool(self.shows and self.taken_by)


class PreparedCopy(models.Model):
    """A photograph as letters print it: the latest counts for what is drafted from then on. A row
    stays for ever, since letters that were approved name it by its digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    photograph = models.ForeignKey(Photograph, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()  # from 1, one more each time it is made anew
    data = EncryptedBinaryField()
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes before encryption
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "prepared copies"
        constraints = [
            models.UniqueConstraint(fields=["photograph", "number"], name="one_copy_a_number"),
        ]
        indexes = [models.Index(fields=["digest"], name="prepared_copy_by_digest")]


class Redaction(models.Model):
    """A rectangle of an upright photograph that letters print black, in fractions of its sides; it
    holds until it is lifted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    photograph = models.ForeignKey(Photograph, on_delete=models.PROTECT)
    left = models.FloatField()
    top = models.FloatField()
    width = models.FloatField()
    height = models.FloatField()
    reason = EncryptedTextField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left__gte=0, top__gte=0, width__gt=0, height__gt=0)
                & Q(left__lte=1 - F("width") + 1e-9, top__lte=1 - F("height") + 1e-9),
                name="redaction_within_the_picture",
            ),
        ]


class RedactionLifted(models.Model):
    """That a redaction is no longer needed: a row of its own, since history is added to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    redaction = models.OneToOneField(Redaction, on_delete=models.PROTECT, related_name="lifted")
    reason = EncryptedTextField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "redactions lifted"


class DocumentKind(models.TextChoices):
    """What an enclosure came as."""

    PDF = "pdf", "PDF"
    WORD = "word", "Word"
    PICTURE = "picture", "Picture"


class Enclosure(models.Model):
    """A document that can be sent with letters, as it came and as the PDF that is bound in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    name = EncryptedTextField()  # as the letter lists it: "Inspection report of 3 July 2026"
    tells = models.JSONField()  # DataItem values, each of which consent must cover
    kind = models.CharField(max_length=10, choices=DocumentKind.choices)
    original = EncryptedBinaryField()
    original_digest = models.CharField(max_length=64)  # SHA-256 of the bytes before encryption
    pdf = EncryptedBinaryField()
    pdf_digest = models.CharField(max_length=64)
    page_count = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="enclosure_kind_known"
            ),
            models.UniqueConstraint(
                fields=["case", "original_digest"], name="enclosure_once_a_case"
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True, removed_at__isnull=True)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
                name="enclosure_removed_by_with_removed_at",
            ),
        ]

    @property
    def tells_of(self) -> tuple[str, ...]:
        """What it tells, in words."""
        return tuple(DataItem(item).label for item in self.tells)
