"""What a letter could bring on a household, as it was recorded: each record takes the place of the
one before, and none is changed."""

import uuid
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import models
from django.db.models import Max

from letters.access.models import User
from letters.cases.encryption import EncryptedJSONField, EncryptedTextField
from letters.cases.models import Case
from letters.drafting.gates import Safety
from letters.drafting.vocabulary import Concern, ContactWay
from letters.law.facts import Answer


class SafetyRecord(models.Model):
    """One conversation about harm. `answers` holds an Answer for each Concern; the highest version
    is what counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    version = models.PositiveIntegerField()  # from 1
    answers = EncryptedJSONField()
    contact = EncryptedTextField()  # a ContactWay
    hide_whereabouts = EncryptedTextField()  # an Answer
    note = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="one_safety_record_a_version"),
        ]

    @property
    def safety(self) -> Safety:
        """As the gates take it."""
        return Safety(
            answers={Concern(key): Answer(value) for key, value in self.answers.items()},
            contact=ContactWay(self.contact),
            hide_whereabouts=Answer(self.hide_whereabouts),
        )

    @property
    def concerns(self) -> tuple[Concern, ...]:
        """What was answered with yes."""
        given = self.safety.answers
        return tuple(each for each in Concern if given.get(each) is Answer.YES)

    @property
    def unsure(self) -> tuple[Concern, ...]:
        """What nobody knows."""
        given = self.safety.answers
        return tuple(
            each for each in Concern if given.get(each, Answer.NOT_KNOWN) is Answer.NOT_KNOWN
        )


def safety_of(case: Case) -> SafetyRecord | None:
    """What counts for the case now; None while nobody has recorded anything."""
    return SafetyRecord.objects.filter(case=case).order_by("-version").first()


def safety_of_each(case_ids: Iterable[UUID]) -> Mapping[UUID, SafetyRecord]:
    """The same for many cases at once; a case without a record is not in it."""
    rows = SafetyRecord.objects.filter(case__in=list(case_ids)).order_by("version")
    return {row.case_id: row for row in rows}


def next_version(case: Case) -> int:
    """Asked under a lock on the case."""
    latest = SafetyRecord.objects.filter(case=case).aggregate(latest=Max("version"))["latest"]
    return int(latest or 0) + 1
