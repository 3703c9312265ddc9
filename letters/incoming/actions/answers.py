"""A person reads a message and says what it comes to, for each case that it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.models import Case
from letters.incoming.actions.keeping import File, keep_files
from letters.incoming.errors import LinkEnded, NoLetterSent, NotFromTheFuture, NothingGiven
from letters.incoming.models import Message, MessageLink, MessageSource
from letters.issuing.models import Letter
from letters.outcomes.actions import record_response
from letters.outcomes.models import Response
from letters.tracking.actions.commitments import record_commitment
from letters.tracking.models import Commitment
from letters.tracking.queries import latest_sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """Something that was promised for a day."""

    what: Commitment.What
    promised_for: date
    promised_by: Commitment.PromisedBy
    words: str = ""


@transaction.atomic
def record_answer(
    *,
    links: Sequence[MessageLink],
    kind: Response.Kind,
    summary: str,
    promise: Promised | None,
    by: User,
    at: datetime,
) -> tuple[Response, ...]:
    """What a message says, for one case or several at once; the landlord knew of each letter when
    it came. A case for which that was recorded before keeps what was recorded."""
    require(by, Right.RECORD_OUTCOME)
    return tuple(_answer(link, kind, summary, promise, by, at) for link in links)


def _answer(
    given: MessageLink,
    kind: Response.Kind,
    summary: str,
    promise: Promised | None,
    by: User,
    at: datetime,
) -> Response:
    link = _locked(given)
    if link.response is not None:
        return link.response
    letter = link.letter or latest_sent(link.case)
    if letter is None:
        raise NoLetterSent
    response = record_response(
        letter=letter,
        kind=kind,
        received_at=link.message.received_at,
        summary=summary,
        by=by,
        at=at,
    )
    if promise is not None:
        _promise(link, letter, promise, by, at)
    link.letter, link.response = letter, response
    _settle(link, by, at)
    return response


def _promise(link: MessageLink, letter: Letter, promise: Promised, by: User, at: datetime) -> None:
    record_commitment(
        case=link.case,
        letter=letter,
        what=promise.what,
        words=promise.words,
        promised_for=promise.promised_for,
        promised_by=promise.promised_by,
        came_from=Commitment.CameFrom.MESSAGE,
        source_id=link.message_id,
        by=by,
        at=at,
    )


@transaction.atomic
def nothing_to_record(*, links: Sequence[MessageLink], by: User, at: datetime) -> None:
    """It has been read, and says nothing that belongs into the case's outcomes."""
    require(by, Right.RECORD_OUTCOME)
    for given in links:
        link = _locked(given)
        if link.settled_at is None:
            _settle(link, by, at)


def _locked(given: MessageLink) -> MessageLink:
    rows = MessageLink.objects.select_for_update(of=("self",))
    link = rows.select_related("message", "case", "letter", "response").get(pk=given.pk)
    if link.ended_at is not None:
        raise LinkEnded
    return link


def _settle(link: MessageLink, by: User, at: datetime) -> None:
    link.settled_by, link.settled_at = by, at
    link.save(update_fields=["letter", "response", "settled_by", "settled_at"])
    record("read_message", link, by=by, case=link.case_id, message=link.message_id)


@transaction.atomic
def keep_for_case(
    *,
    case: Case,
    letter: Letter | None,
    subject: str,
    text: str,
    files: Sequence[File],
    source: MessageSource,
    received_at: datetime,
    by: User | None,
    at: datetime,
) -> MessageLink:
    """Keep what came another way than by mail, with the case that it is known to belong to."""
    if not (text.strip() or files):
        raise NothingGiven
    if received_at > at:
        raise NotFromTheFuture
    message: Message = keep_files(
        subject=subject,
        text=text,
        files=files,
        source=source,
        received_at=received_at,
        at=at,
        by=by,
    )
    link, is_new = MessageLink.objects.get_or_create(
        message=message,
        case=case,
        ended_at=None,
        defaults={
            "letter": letter,
            "how": MessageLink.How.PERSON,
            "made_by": by,
            "made_at": at,
        },
    )
    if is_new:
        record("link_message", link, by=by, case=case.pk, message=message.pk)
    return link


def paste_message(
    *, case: Case, text: str, received_at: datetime, by: User, at: datetime
) -> MessageLink:
    """Keep a message that somebody here got in a mailbox of their own."""
    require(by, Right.RECORD_OUTCOME)
    return keep_for_case(
        case=case,
        letter=None,
        subject="",
        text=text,
        files=(),
        source=MessageSource.PASTED,
        received_at=received_at,
        by=by,
        at=at,
    )
