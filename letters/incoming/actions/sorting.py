"""Sorting one message: read it, find its case, and do what follows from what it is.

It may be asked for twice, late, or by two workers at once. Whoever claims it has a lease; a message
that kills its worker again and again is given to a person, whole.
"""

import hashlib
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from letters import jobs
from letters.announcing.kinds import EventKind
from letters.announcing.record import announce
from letters.audit.record import record
from letters.encryption import lookup_key
from letters.incoming.deciding import Decision, Mark
from letters.incoming.following import follow
from letters.incoming.matching import Matched, match
from letters.incoming.models import (
    Attachment,
    Message,
    MessageLink,
    MessageStatus,
    Suggestion,
)
from letters.incoming.reading.read import read
from letters.incoming.reading.values import QUIET, Incoming, Kind

logger = logging.getLogger(__name__)

# Longer than the largest message takes; shorter than anybody would wait for the next try.
LEASE: Final = timedelta(minutes=10)
MOST_ATTEMPTS: Final = 4

_HOW = {
    Mark.REPORT: MessageLink.How.REPORT,
    Mark.TOKEN: MessageLink.How.TOKEN,
    Mark.ANSWERS: MessageLink.How.MESSAGE_ID,
    Mark.THREAD: MessageLink.How.MESSAGE_ID,
    Mark.SAID: MessageLink.How.REFERENCE,
    Mark.QUOTED: MessageLink.How.QUOTED,
}
_WHY = {
    Mark.REPORT: Suggestion.Why.ANSWERS,
    Mark.TOKEN: Suggestion.Why.TOKEN,
    Mark.ANSWERS: Suggestion.Why.ANSWERS,
    Mark.THREAD: Suggestion.Why.ANSWERS,
    Mark.SAID: Suggestion.Why.REFERENCE,
    Mark.QUOTED: Suggestion.Why.QUOTED,
    Mark.SENDER: Suggestion.Why.SENDER,
    Mark.WROTE_BEFORE: Suggestion.Why.WROTE_BEFORE,
}


def sort_message(*, message_id: UUID, at: datetime) -> Message:
    """Take one message as far as a machine can. Not one transaction: see the top of this file."""
    if _claim(message_id, at):
        message = Message.objects.get(pk=message_id)
        if message.attempts > MOST_ATTEMPTS:
            _give_up(message, at)
        else:
            _place(message, read(bytes(message.raw)), at)
    return Message.objects.get(pk=message_id)


def _claim(message_id: UUID, at: datetime) -> bool:
    """Whether this worker, and no other, has the message now."""
    due = Message.objects.filter(pk=message_id, status=MessageStatus.KEPT, next_try_at__lte=at)
    return due.update(attempts=F("attempts") + 1, next_try_at=at + LEASE) == 1


@transaction.atomic
def _give_up(message: Message, at: datetime) -> None:
    """It killed every worker that read it: a person looks at the original."""
    locked = Message.objects.select_for_update().defer("raw").get(pk=message.pk)
    if locked.status != MessageStatus.KEPT:
        return
    locked.status, locked.kind, locked.next_try_at = MessageStatus.STUCK, Kind.BROKEN.value, None
    locked.note, locked.sorted_at = "cannot_be_read", at
    locked.save(update_fields=["status", "kind", "next_try_at", "note", "sorted_at"])
    record("sort_message", locked, by=None, status=locked.status)
    logger.error("message cannot be sorted", extra={"message_id": message.pk})


@transaction.atomic
def _place(message: Message, incoming: Incoming, at: datetime) -> None:
    locked = Message.objects.select_for_update().defer("raw").get(pk=message.pk)
    if locked.status != MessageStatus.KEPT:
        return  # another worker was quicker
    matched = _beside_what_people_said(locked, match(incoming))
    _keep_what_was_read(locked, incoming, matched, at)
    _keep_parts(locked, incoming, at)
    _keep_suggestions(locked, matched)
    links = [
        _link(locked, incoming, matched, case, mark, at) for case, mark in matched.decision.links
    ]
    follow(locked, incoming, matched, links, at)
    record("sort_message", locked, by=None, status=locked.status, kind=locked.kind)
    logger.info(
        "message sorted",
        extra={"message_id": locked.pk, "kind": locked.kind, "status": locked.status},
    )


def _beside_what_people_said(message: Message, matched: Matched) -> Matched:
    """Where a person has put it to a case already, what the machine finds only suggests."""
    links = MessageLink.objects.filter(message=message, ended_at__isnull=True)
    there = list(links.select_related("case__team__organisation__partnership"))
    if not there:
        return matched
    named = {link.case_id for link in there}
    found = (*matched.decision.links, *matched.decision.suggestions)
    rest = tuple((case, mark) for case, mark in found if case not in named)
    return replace(
        matched,
        decision=Decision(suggestions=rest),
        partnership=there[0].case.team.organisation.partnership,
        is_placed=True,
    )


def _keep_what_was_read(
    message: Message, incoming: Incoming, matched: Matched, at: datetime
) -> None:
    is_matched = bool(matched.decision.links) or matched.is_placed
    message.status = MessageStatus.MATCHED if is_matched else MessageStatus.UNMATCHED
    message.kind = incoming.kind.value
    message.partnership = matched.partnership
    message.sender, message.sender_name = incoming.sender, incoming.sender_name
    message.sender_key = lookup_key(incoming.sender, kind="sender")
    message.subject, message.text, message.fresh = incoming.subject, incoming.text, incoming.fresh
    message.dates = [day.isoformat() for day in incoming.dates]
    message.signs = [sign.value for sign in incoming.signs]
    message.sent_at, message.sorted_at, message.next_try_at = incoming.sent_at, at, None
    message.note = matched.decision.note if message.is_whole else "too_large_to_take"
    message.save(
        update_fields=[
            *("status", "kind", "partnership", "sender", "sender_name", "sender_key", "subject"),
            *("text", "fresh", "dates", "signs", "sent_at", "sorted_at", "next_try_at", "note"),
        ]
    )


def _keep_parts(message: Message, incoming: Incoming, at: datetime) -> None:
    for number, part in enumerate(incoming.parts, start=1):
        row = Attachment.objects.create(
            message=message,
            number=number,
            name=part.name,
            media_type=part.media_type,
            data=part.data,
            size=len(part.data),
            sha256=hashlib.sha256(part.data).hexdigest(),
            reason="not_looked_through_yet",
            next_try_at=at,
        )
        jobs.enqueue(jobs.SCAN_ATTACHMENT, row.pk)


def _keep_suggestions(message: Message, matched: Matched) -> None:
    Suggestion.objects.bulk_create(
        Suggestion(message=message, case_id=case, rank=rank, why=_WHY[mark])
        for rank, (case, mark) in enumerate(matched.decision.suggestions, start=1)
    )


def _link(
    message: Message,
    incoming: Incoming,
    matched: Matched,
    case_id: UUID,
    mark: Mark,
    at: datetime,
) -> MessageLink:
    dispatch = matched.dispatches.get(case_id)
    link = MessageLink.objects.create(
        message=message,
        case_id=case_id,
        letter=dispatch.letter if dispatch else None,
        dispatch=dispatch,
        how=_HOW[mark],
        made_at=at,
        settled_at=at if incoming.kind in QUIET else None,
    )
    record("link_message", link, by=None, case=case_id, message=message.pk)
    if incoming.kind not in QUIET:
        announce(
            EventKind.REPLY_RECEIVED,
            partnership_id=matched.cases[case_id].team.organisation.partnership_id,
            subject_id=message.pk,
            case_id=case_id,
            at=at,
        )
    return link
