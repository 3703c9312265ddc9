"""What only may apply and a person leaves out of one letter, and why.

What applies is locked: only the facts of the case take it out. What may apply stands in a letter as
what may apply, and somebody who knows more than the facts say can leave it out.
"""

import uuid
from collections.abc import Mapping

from django.db import models
from django.db.models import QuerySet

from letters.access.models import User
from letters.encryption import EncryptedTextField
from letters.issuing.models import Letter
from letters.issuing.sources import library
from letters.law.grounds import Grounds, grounds_for, without


class ClauseLeftOut(models.Model):
    """One provision that one letter does not tell of. The row goes when it is taken in again, and
    stays as it is once the letter is approved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT)
    provision_id = models.CharField(max_length=200)
    reason = EncryptedTextField()
    left_out_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    left_out_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "clauses left out"
        constraints = [
            models.UniqueConstraint(fields=["letter", "provision_id"], name="clause_left_out_once"),
        ]


def left_out_of(letter: Letter) -> QuerySet[ClauseLeftOut]:
    """With who did it."""
    rows = ClauseLeftOut.objects.filter(letter=letter).select_related("left_out_by")
    return rows.order_by("left_out_at", "pk")


def reasons_left_out(letter: Letter) -> Mapping[str, str]:
    """By provision id, why."""
    return {row.provision_id: f"left out by hand: {row.reason}" for row in left_out_of(letter)}


def grounds_told_by(letter: Letter) -> Grounds:
    """The law as this letter tells it: by its facts on its day, but for what was left out."""
    found = grounds_for(letter.case_facts, letter.day, library())
    return without(found, reasons_left_out(letter))
