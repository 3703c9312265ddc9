"""How what came in stands, in numbers that name nobody: for those who watch the service."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

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
    return IncomingFigures(
        unsorted=unsorted.count(),
        oldest_unsorted_at=unsorted.aggregate(oldest=Min("kept_at"))["oldest"],
        for_a_person=waiting.count(),
        oldest_for_a_person_at=waiting.aggregate(oldest=Min("kept_at"))["oldest"],
        held_files=held.count(),
        oldest_held_at=held.aggregate(oldest=Min("message__kept_at"))["oldest"],
    )
