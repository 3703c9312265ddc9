"""What a clinician has answered so far about a housing problem that is not a case yet."""

import uuid
from enum import StrEnum
from functools import partial

from django.db import models
from django.db.models import Q

from letters.access.models import User
from letters.cases.choices import choices_of, values_of
from letters.cases.encryption import EncryptedJSONField
from letters.cases.models import Case, Patient


class Screen(StrEnum):
    """The screens of the short path, in order."""

    HEALTH = "health"
    HAZARDS = "hazards"
    HOME = "home"
    AGREED = "agreed"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def following(self) -> "Screen | None":
        """The next one; None after the last."""
        screens = list(Screen)
        place = screens.index(self) + 1
        return screens[place] if place < len(screens) else None


_LABELS = {
    Screen.HEALTH: "The patient and the illness",
    Screen.HAZARDS: "What is wrong at home",
    Screen.HOME: "The home and the landlord",
    Screen.AGREED: "Safe and agreed",
}


class Intake(models.Model):
    """One person's unfinished answers, kept as they were typed, checked or not. Only its owner sees
    it. Once it has become a case it holds no answers any more, and leads to that case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True)  # null: new here
    answers = EncryptedJSONField(default=dict)  # by screen, by name of the box: what stands in it
    screen = models.CharField(max_length=10, choices=partial(choices_of, Screen))  # to go on at
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(screen__in=values_of(Screen)), name="intake_screen_known"
            ),
            models.UniqueConstraint(fields=["case"], name="intake_becomes_a_case_once"),
        ]
        indexes = [models.Index(fields=["owner", "case"], name="unfinished_intakes_of_owner")]
