"""How what came in stands, in numbers that name nobody: for those who watch the service."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from letters.incoming.models import Attachment, AttachmentStatus, Message, MessageStatus

_FOR_A_PERSON = (MessageStatus.UNMATCHED, MessageStatus.STUCK)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFigures:
    """Messages that nobody has read yet for us, those that wait for a person, and files that the
    scanner has not looked through, each with the moment since which the oldest has waited."""

    unsorted: int
    oldest_unsorted_at: datetime | None
    for_a_person: int
    oldest_for_a_person_at: datetime | None
    held_files: int
    oldest_held_at: datetime | None


def figures() -> IncomingFigures:
    """As the rows stand now."""
    unsorted = Message.objects.filter(status=MessageStatus.KEPT)
    waiting = Message.objects.filter(status__in=_FOR_A_PERSON)
    held = Attachment.objects.filter(status=AttachmentStatus.HELD)
    how_many = Count("pk")
    first = unsorted.aggregate(count=how_many, oldest=Min("kept_at"))
    second = waiting.aggregate(count=how_many, oldest=Min("kept_at"))
    third = held.aggregate(count=how_many, oldest=Min("message__kept_at"))
    return IncomingFigures(
        unsorted=first["count"],
        oldest_unsorted_at=first["oldest"],
        for_a_person=second["count"],
        oldest_for_a_person_at=second["oldest"],
        held_files=third["count"],
        oldest_held_at=third["oldest"],
    )
