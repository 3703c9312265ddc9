"""How a partnership sends: by whom, in which class of post, and which way next when one fails.

Without a row nothing is presumed but what the service was set up with: no class of post, no other
way after a failure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import models
from django.db.models import Q

from letters.access.models import Partnership, User
from letters.cases.choices import choices_of
from letters.delivery.models import Channel
from letters.delivery.vocabulary import CarrierName, Postage, When

LONGEST_UNDO = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """When a letter that went one way is refused or comes back, it goes another."""

    channel: Channel
    when: When
    to: Channel

    @property
    def says(self) -> str:
        return f"{self.channel.label}: when {self.when.label}, {self.to.label.lower()}"


class SendingRules(models.Model):
    """One row a partnership, made when somebody first says how it sends. `fallbacks` as
    [[channel, when, to channel]]. An empty `email_carrier` or `postage` is not decided."""

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, primary_key=True)
    email_carrier = models.CharField(
        max_length=10, blank=True, choices=partial(choices_of, CarrierName)
    )
    postage = models.CharField(max_length=20, blank=True, choices=partial(choices_of, Postage))
    undo_seconds = models.PositiveIntegerField(null=True)  # null: as the service is set up
    fallbacks = models.JSONField(default=list)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "sending rules"
        constraints = [
            models.CheckConstraint(
                condition=Q(undo_seconds__isnull=True)
                | Q(undo_seconds__lte=int(LONGEST_UNDO.total_seconds())),
                name="undo_ends_within_an_hour",
            ),
        ]

    @property
    def ways_on(self) -> tuple[Fallback, ...]:
        return tuple(
            Fallback(channel=Channel(channel), when=When(when), to=Channel(to))
            for channel, when, to in self.fallbacks
        )


def rules_of(partnership: Partnership) -> SendingRules | None:
    """What the partnership has decided; None while it has decided nothing."""
    return SendingRules.objects.filter(partnership=partnership).first()


def undo_of(partnership: Partnership) -> timedelta:
    """How long one of its letters can be stopped after it was sent."""
    rules = rules_of(partnership)
    if rules is None or rules.undo_seconds is None:
        return timedelta(seconds=settings.UNDO_SECONDS)
    return timedelta(seconds=rules.undo_seconds)


def postage_of(partnership: Partnership) -> Postage | None:
    """In which class a provider posts its letters; None while nobody has decided."""
    rules = rules_of(partnership)
    return Postage(rules.postage) if rules and rules.postage else None


def way_on(partnership: Partnership, channel: Channel, when: When) -> Channel | None:
    """The channel that its rules name for a letter that failed; None where they name none."""
    rules = rules_of(partnership)
    ways = rules.ways_on if rules else ()
    found = (way.to for way in ways if (way.channel, way.when) == (channel, when))
    return next(found, None)


def as_kept(ways: Iterable[Fallback]) -> list[list[str]]:
    """As the row holds them, each once."""
    kept = [[way.channel.value, way.when.value, way.to.value] for way in ways]
    return [way for number, way in enumerate(kept) if way not in kept[:number]]
