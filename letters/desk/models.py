"""Whose case it is to work on, who stands in for whom, and which list somebody keeps."""

import uuid

from django.db import models
from django.db.models import F, Q

from letters.access.models import User
from letters.cases.encryption import EncryptedTextField
from letters.cases.models import Case


class Assignment(models.Model):
    """One adviser works on one case, until somebody else does or nobody. It opens no case to them:
    they see it as one of its advice team, or not at all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="one_adviser_a_case"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(ended_at__isnull=True), name="assigned_cases"
            ),
        ]


class Cover(models.Model):
    """A colleague stands in for somebody, from one day to another, both counted in, and for as long
    as they are in one team. Ended early, it keeps its days and says when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    covered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    arranged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="cover_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("covered_by")), name="nobody_covers_themselves"
            ),
        ]


class KeptList(models.Model):
    """What somebody chose to see of the worklist, under a name of their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT)
    name = EncryptedTextField()
    chosen = models.JSONField()  # by question: values of closed sets, and ids
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["kept_at"]
