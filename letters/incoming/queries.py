"""Reads about what came in; every read for a person starts at a visible_to.

A message is seen by those who see a case it belongs to. What belongs to none yet may name a
patient: it is seen by those who sort the post of the partnership it is for, and while nothing says
whose it is, by nobody (`unclaimed` gives its time and kind, and no more)."""

from datetime import datetime
from itertools import chain
from uuid import UUID

from django.db.models import Q, QuerySet

from letters.access.models import Partnership, User
from letters.access.queries import partnerships_with
from letters.access.roles import Right
from letters.cases.models import Case
from letters.cases.queries import visible_to as visible_cases
from letters.incoming.models import (
    Attachment,
    AttachmentStatus,
    Call,
    Message,
    MessageLink,
    MessageStatus,
    Suggestion,
)

_IN_QUEUE = (MessageStatus.UNMATCHED, MessageStatus.STUCK)
_HEAVY = ("raw", "text", "fresh")


def visible_to(user: User) -> QuerySet[Message]:
    """The messages of cases the person may see, and those they may sort."""
    linked = MessageLink.objects.filter(case__in=visible_cases(user), ended_at__isnull=True)
    return Message.objects.filter(
        Q(pk__in=linked.values("message"), sorted_at__isnull=False) | _theirs_to_sort(user)
    ).defer("raw")


def _theirs_to_sort(user: User) -> Q:
    return Q(
        partnership__in=partnerships_with(user, Right.SORT_INCOMING),
        status__in=(*_IN_QUEUE, MessageStatus.PUT_ASIDE),
    )


def queue_of(user: User) -> QuerySet[Message]:
    """What waits to be put to a case, the oldest first."""
    rows = Message.objects.filter(_theirs_to_sort(user), status__in=_IN_QUEUE)
    return rows.defer(*_HEAVY).order_by("received_at", "pk")


def aside_of(user: User) -> QuerySet[Message]:
    """What somebody said is none of ours, the latest first."""
    rows = Message.objects.filter(_theirs_to_sort(user), status=MessageStatus.PUT_ASIDE)
    return rows.defer(*_HEAVY).order_by("-received_at")


def unclaimed(user: User) -> QuerySet[Message]:
    """What nothing says whose it is, without anything of what it says; only for sorters of a
    partnership whose mail can come here."""
    if not partnerships_to_sort_for(user).exists():
        return Message.objects.none()
    rows = Message.objects.filter(partnership__isnull=True, status__in=_IN_QUEUE)
    return rows.only("id", "kind", "received_at", "size", "status").order_by("received_at")


def partnerships_to_sort_for(user: User) -> QuerySet[Partnership]:
    """The partnerships for which the person may take a message that nothing says whose it is."""
    return partnerships_with(user, Right.SORT_INCOMING).filter(is_demonstration=False)


def links_visible_to(user: User) -> QuerySet[MessageLink]:
    """What belongs to cases the person may see."""
    rows = MessageLink.objects.filter(case__in=visible_cases(user), ended_at__isnull=True)
    return (
        rows.filter(message__sorted_at__isnull=False)
        .select_related(
            "message",
            "case__patient",
            "case__team__organisation__partnership",
            "letter",
            "response",
        )
        .defer("message__raw", "message__text")
    )


def links_of(message: Message, user: User) -> QuerySet[MessageLink]:
    """The cases a message belongs to, as far as the person may see them."""
    return links_visible_to(user).filter(message=message).order_by("made_at", "id")


def is_linked_elsewhere(message: Message, user: User) -> bool:
    """Whether it belongs to a case, too, that the person may not see."""
    seen = links_of(message, user).values("pk")
    rest = MessageLink.objects.filter(message=message, ended_at__isnull=True)
    return rest.exclude(pk__in=seen).exists()


def to_read(user: User) -> QuerySet[MessageLink]:
    """What a person wrote and nobody has read yet, the oldest first."""
    waiting = links_visible_to(user).filter(settled_at__isnull=True)
    return waiting.order_by("message__received_at")


def messages_about(case: Case) -> QuerySet[MessageLink]:
    """Everything that came in about a case, the latest first."""
    rows = MessageLink.objects.filter(case=case, ended_at__isnull=True)
    found = rows.filter(message__sorted_at__isnull=False).select_related("message", "response")
    return found.defer("message__raw", "message__text").order_by("-message__received_at")


def suggestions_of(message: Message, user: User) -> QuerySet[Suggestion]:
    """The cases it may belong to, those the person may see, the likeliest first."""
    rows = Suggestion.objects.filter(message=message, case__in=visible_cases(user))
    return rows.select_related("case__patient", "case__tenancy__home", "case__tenancy__landlord")


def attachments_of(message: Message) -> QuerySet[Attachment]:
    """The files a message brought, their bytes not read."""
    return Attachment.objects.filter(message=message).defer("data").select_related("enclosure")


def attachments_visible_to(user: User) -> QuerySet[Attachment]:
    """The files of messages the person may see."""
    return (
        Attachment.objects.filter(message__in=visible_to(user))
        .select_related("message")
        .defer("message__raw", "message__text", "message__fresh")
    )


def held_for(user: User) -> QuerySet[Attachment]:
    """Files in the person's cases that are held or harmful, and of which nothing has been done."""
    linked = links_visible_to(user).filter(settled_at__isnull=True)
    rows = Attachment.objects.filter(message__in=linked.values("message"))
    return rows.exclude(status=AttachmentStatus.CLEAN).defer("data")


def calls_about(case: Case) -> QuerySet[Call]:
    """Every telephone note of a case, the latest first."""
    rows = Call.objects.filter(case=case)
    return rows.select_related("noted_by", "commitment").order_by("-called_at")


def raw_of(message: Message) -> bytes:
    """The message as it came."""
    return bytes(Message.objects.only("raw").get(pk=message.pk).raw)


def due_messages(at: datetime) -> tuple[UUID, ...]:
    """Messages whose nudge was lost, or whose worker died."""
    rows = Message.objects.filter(status=MessageStatus.KEPT, next_try_at__lte=at)
    return tuple(rows.order_by("next_try_at").values_list("pk", flat=True)[:500])


def due_attachments(at: datetime) -> tuple[UUID, ...]:
    """Files that wait to be looked through."""
    rows = Attachment.objects.filter(status=AttachmentStatus.HELD, next_try_at__lte=at)
    return tuple(rows.order_by("next_try_at").values_list("pk", flat=True)[:500])


def row_ids_about(case: Case) -> tuple[UUID, ...]:
    """The rows of a case's post and calls, for its history."""
    links = MessageLink.objects.filter(case=case).values_list("pk", flat=True)
    calls = Call.objects.filter(case=case).values_list("pk", flat=True)
    return tuple(chain(links, calls))
