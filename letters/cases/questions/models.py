"""What one side of a case asks the other, and what is answered."""

import uuid
from enum import StrEnum
from functools import partial

from django.db import models
from django.db.models import Q

from letters.access.models import User
from letters.cases.choices import choices_of, values_of
from letters.cases.encryption import EncryptedTextField
from letters.cases.models import Case


class Side(StrEnum):
    """The two teams of a case."""

    CLINIC = "clinic"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def other(self) -> "Side":
        return Side.ADVICE if self is Side.CLINIC else Side.CLINIC


_LABELS = {Side.CLINIC: "The clinical team", Side.ADVICE: "The advice team"}


class CaseQuestion(models.Model):
    """Something one side wants to know of the other. The first answer settles it, or whoever asked
    needs it no longer; `read_at` is when whoever asked had read the latest answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    asked_of = models.CharField(max_length=10, choices=partial(choices_of, Side))
    words = EncryptedTextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_dropped = models.BooleanField(default=False)  # settled without an answer
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_of__in=values_of(Side)), name="question_asked_of_a_side"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, is_dropped=False)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="settled_question_has_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_of"], condition=Q(settled_at__isnull=True), name="open_questions"
            ),
        ]


class CaseAnswer(models.Model):
    """One answer; a later one is added beside it, and none is changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(CaseQuestion, on_delete=models.PROTECT, related_name="answers")
    words = EncryptedTextField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "pk"]
