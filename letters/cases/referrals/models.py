"""Other needs met on the way: who was asked to help, with whose yes, and what came of it."""

import uuid
from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from django.db import models
from django.db.models import Q

from letters.access.models import Team, User
from letters.cases.choices import choices_of, values_of
from letters.cases.encryption import EncryptedTextField
from letters.cases.models import Case


class Need(StrEnum):
    """What somebody needs help with besides their housing."""

    BENEFITS = "benefits"
    DEBT = "debt"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    COMMUNITY_CARE = "community_care"
    IMMIGRATION = "immigration"
    DOMESTIC_ABUSE = "domestic_abuse"
    ENERGY = "energy"
    FOOD = "food"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _NEEDS[self]


_NEEDS = {
    Need.BENEFITS: "Benefits",
    Need.DEBT: "Debt",
    Need.EMPLOYMENT: "Employment",
    Need.EDUCATION: "Education",
    Need.COMMUNITY_CARE: "Community care",
    Need.IMMIGRATION: "Immigration",
    Need.DOMESTIC_ABUSE: "Support with domestic abuse",
    Need.ENERGY: "Energy and fuel",
    Need.FOOD: "Food",
    Need.OTHER: "Something else",
}


class ReferralStatus(StrEnum):
    """How far a referral has come."""

    ASKED = "asked"
    TAKEN_UP = "taken_up"
    NOT_REACHED = "not_reached"
    DECLINED = "declined"
    DONE = "done"

    @property
    def label(self) -> str:
        return _STATUSES[self]


_STATUSES = {
    ReferralStatus.ASKED: "Asked",
    ReferralStatus.TAKEN_UP: "Taken up",
    ReferralStatus.NOT_REACHED: "Could not reach them",
    ReferralStatus.DECLINED: "Declined",
    ReferralStatus.DONE: "Done",
}

# What may come next; to try to reach somebody once more is a step of its own.
MOVES: Mapping[ReferralStatus, tuple[ReferralStatus, ...]] = {
    ReferralStatus.ASKED: (
        ReferralStatus.TAKEN_UP,
        ReferralStatus.NOT_REACHED,
        ReferralStatus.DECLINED,
    ),
    ReferralStatus.TAKEN_UP: (ReferralStatus.NOT_REACHED, ReferralStatus.DONE),
    ReferralStatus.NOT_REACHED: (
        ReferralStatus.TAKEN_UP,
        ReferralStatus.NOT_REACHED,
        ReferralStatus.DECLINED,
    ),
    ReferralStatus.DECLINED: (),
    ReferralStatus.DONE: (),
}
ENDED = tuple(status for status, following in MOVES.items() if not following)


class Referral(models.Model):
    """One need, passed on with the patient's yes to the case's advice team or to a service outside,
    which hears of it from a person and never from here. `read_at` is when whoever asked had read
    the latest news; null while there is some that they have not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    need = EncryptedTextField()  # a Need
    words = EncryptedTextField(blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True)
    service = EncryptedTextField(null=True)  # its name, where it is no team here
    agreed_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=partial(choices_of, ReferralStatus))
    changed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=values_of(ReferralStatus)), name="referral_status_known"
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=False, service__isnull=True)
                | Q(team__isnull=True, service__isnull=False),
                name="referral_goes_to_one",
            ),
        ]

    @property
    def need_label(self) -> str:
        return Need(self.need).label

    @property
    def goes_to(self) -> str:
        return self.team.name if self.team else str(self.service)

    @property
    def following(self) -> tuple[ReferralStatus, ...]:
        """What may be recorded next."""
        return MOVES[ReferralStatus(self.status)]


class ReferralChange(models.Model):
    """News of a referral: how far it has come, in whose words; only added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="changes")
    status = models.CharField(max_length=12, choices=partial(choices_of, ReferralStatus))
    words = EncryptedTextField(blank=True)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["told_at", "pk"]
