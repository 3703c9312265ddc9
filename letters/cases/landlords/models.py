"""What else is kept of a landlord: whom to reach for what, and what the entry said before."""

import uuid
from functools import partial

from django.db import models
from django.db.models import Q

from letters.access.models import User
from letters.cases.choices import choices_of, values_of
from letters.cases.encryption import EncryptedJSONField, EncryptedTextField
from letters.cases.landlords.vocabulary import ContactRole, EntrySource
from letters.cases.models import Landlord


class LandlordContact(models.Model):
    """Whom to reach for one thing at one landlord's. A change ends it and adds another, so that
    what was known before stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=partial(choices_of, ContactRole))
    name = EncryptedTextField(blank=True)
    name_words = models.JSONField(default=list, editable=False)  # keyed hashes
    address = EncryptedJSONField()  # lines, top to bottom, postcode last; may be empty
    email = EncryptedTextField(blank=True)
    telephone = EncryptedTextField(blank=True)
    source = models.CharField(max_length=20, choices=partial(choices_of, EntrySource))
    source_detail = EncryptedTextField(blank=True)
    source_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "role"],
                condition=Q(ended_at__isnull=True),
                name="one_contact_a_role",
            ),
            models.CheckConstraint(
                condition=Q(role__in=values_of(ContactRole), source__in=values_of(EntrySource)),
                name="landlord_contact_known",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_contact_has_person",
            ),
        ]


class FormerEntry(models.Model):
    """What the directory said of a landlord until somebody changed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    said = EncryptedJSONField()  # the fields of the entry, by name
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True)  # null: an import
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "former entries"
