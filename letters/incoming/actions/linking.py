"""What people do with a message: put it to a case, take it out again, say what it is, put it aside.

Nothing is deleted: a link that was wrong is ended, and everything stands in the audit."""

from datetime import datetime

from django.db import transaction

from letters.access.errors import NotAllowed
from letters.access.models import Partnership, User
from letters.access.queries import partnerships_with, require
from letters.access.roles import Right
from letters.announcing.kinds import EventKind
from letters.announcing.record import announce
from letters.audit.record import record
from letters.cases.models import Case
from letters.incoming.errors import AnotherPartnership, NoSuchCase, NotSortedYet
from letters.incoming.models import Message, MessageLink, MessageStatus
from letters.incoming.reading.values import Kind

_WAITING = (MessageStatus.UNMATCHED, MessageStatus.STUCK, MessageStatus.PUT_ASIDE)


@transaction.atomic
def link_message(*, message: Message, case: Case, by: User, at: datetime) -> MessageLink:
    """Put a message to a case, beside others that it belongs to; a second time changes nothing."""
    require(by, Right.RECORD_OUTCOME)
    locked = locked_message(message)
    partnership = case.team.organisation.partnership
    if locked.partnership_id not in (None, partnership.pk):
        raise AnotherPartnership
    link, is_new = MessageLink.objects.get_or_create(
        message=locked,
        case=case,
        ended_at=None,
        defaults={"how": MessageLink.How.PERSON, "made_by": by, "made_at": at},
    )
    if is_new:
        locked.status, locked.partnership = MessageStatus.MATCHED, partnership
        locked.save(update_fields=["status", "partnership"])
        record("link_message", link, by=by, case=case.pk, message=locked.pk)
        _tell(locked, case, at)
    return link


def _tell(message: Message, case: Case, at: datetime) -> None:
    announce(
        EventKind.REPLY_RECEIVED,
        partnership_id=case.team.organisation.partnership_id,
        subject_id=message.pk,
        case_id=case.pk,
        at=at,
    )


@transaction.atomic
def link_to_reference(*, message: Message, reference: str, by: User, at: datetime) -> MessageLink:
    """Put a message to the case with this reference, even one that the sorter may not see: then it
    is its clinic's to read."""
    require(by, Right.SORT_INCOMING)
    wanted = "".join(sign for sign in reference.upper() if sign.isalnum())
    cases = Case.objects.filter(reference=f"{wanted[:4]}-{wanted[4:]}")
    theirs = partnerships_with(by, Right.SORT_INCOMING)
    case = cases.filter(team__organisation__partnership__in=theirs).first()
    if case is None:
        raise NoSuchCase
    return link_message(message=message, case=case, by=by, at=at)


@transaction.atomic
def unlink_message(*, link: MessageLink, by: User, at: datetime) -> Message:
    """Take a message out of a case; in no case any more, it waits in the queue again. What was
    recorded from it stands until it is corrected there."""
    require(by, Right.RECORD_OUTCOME)
    locked = locked_message(link.message)
    ended = MessageLink.objects.filter(pk=link.pk, ended_at__isnull=True)
    if ended.update(ended_by=by, ended_at=at):
        record("unlink_message", link, by=by, case=link.case_id, message=locked.pk)
        if not MessageLink.objects.filter(message=locked, ended_at__isnull=True).exists():
            locked.status, locked.note = MessageStatus.UNMATCHED, "taken_out"
            locked.save(update_fields=["status", "note"])
    return locked


@transaction.atomic
def change_kind(*, message: Message, kind: Kind, by: User, at: datetime) -> Message:
    """Say what a message is, where the machine was wrong. As a person's words it waits to be read
    again; as anything else, nobody is asked any more."""
    require(by, Right.RECORD_OUTCOME)
    locked = locked_message(message)
    if locked.kind == kind:
        return locked
    before, locked.kind = locked.kind, kind.value
    locked.save(update_fields=["kind"])
    links = MessageLink.objects.filter(message=locked, response=None, ended_at=None)
    if kind is Kind.REPLY:
        links.update(settled_at=None, settled_by=None)
    else:
        links.filter(settled_at=None).update(settled_at=at, settled_by=by)
    record("change_kind", locked, by=by, came_from=before, kind=kind.value)
    return locked


@transaction.atomic
def put_aside(*, message: Message, by: User, at: datetime) -> Message:
    """None of ours: it leaves the queue, and can still be found."""
    _require_sorter(by, message)
    locked = locked_message(message)
    if locked.status in (MessageStatus.UNMATCHED, MessageStatus.STUCK):
        locked.status = MessageStatus.PUT_ASIDE
        locked.save(update_fields=["status"])
        record("put_message_aside", locked, by=by)
    return locked


@transaction.atomic
def take_back(*, message: Message, by: User, at: datetime) -> Message:
    """It was ours after all: back to the queue."""
    _require_sorter(by, message)
    locked = locked_message(message)
    if locked.status == MessageStatus.PUT_ASIDE:
        locked.status = MessageStatus.UNMATCHED
        locked.save(update_fields=["status"])
        record("take_message_back", locked, by=by)
    return locked


@transaction.atomic
def take_message(*, message: Message, partnership: Partnership, by: User, at: datetime) -> Message:
    """Open a message of which nothing says whose it is, for one's own partnership. It is written
    down, since it may be about somebody else's patient."""
    if not partnerships_with(by, Right.SORT_INCOMING).filter(pk=partnership.pk).exists():
        raise NotAllowed(Right.SORT_INCOMING)
    locked = locked_message(message)
    if locked.partnership_id is None and locked.status in _WAITING:
        locked.partnership = partnership
        locked.save(update_fields=["partnership"])
        record("take_message", locked, by=by, partnership=partnership.pk)
    return locked


def locked_message(message: Message) -> Message:
    """The row under its lock, sorted."""
    rows = Message.objects.select_for_update(of=("self",)).defer("raw", "text", "fresh")
    locked = rows.get(pk=message.pk)
    if locked.status == MessageStatus.KEPT:
        raise NotSortedYet
    return locked


def _require_sorter(by: User, message: Message) -> None:
    """A role in the partnership whose message it is must hold the right."""
    require(by, Right.SORT_INCOMING)
    theirs = partnerships_with(by, Right.SORT_INCOMING)
    if message.partnership_id and not theirs.filter(pk=message.partnership_id).exists():
        raise NotAllowed(Right.SORT_INCOMING)
