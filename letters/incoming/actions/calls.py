"""A telephone note: who called, what they said, what they promised."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.models import Case
from letters.incoming.actions.answers import Promised
from letters.incoming.errors import NotFromTheFuture, NothingSaid, TooLongAgo
from letters.incoming.models import Call
from letters.issuing.models import Letter
from letters.outcomes.actions import record_response
from letters.outcomes.models import Response
from letters.tracking.actions.commitments import record_commitment
from letters.tracking.models import Commitment
from letters.tracking.queries import latest_sent

# Whoever notes a call from before has the wrong year.
EARLIEST: Final = timedelta(days=730)
# What the household says of the landlord is no word of the landlord's: it starts no clock.
_SPEAKS_FOR_THE_LANDLORD = (Call.Caller.LANDLORD, Call.Caller.CONTRACTOR)


@transaction.atomic
def note_call(
    *,
    note_id: UUID,
    case: Case,
    caller: Call.Caller,
    said: Response.Kind | None,
    words: str,
    promise: Promised | None,
    called_at: datetime,
    by: User,
    at: datetime,
) -> Call:
    """Note what was said. From the landlord or for them it is their answer to the latest letter,
    and shows that they know of it; a promise is watched from now on. `note_id` is chosen before it
    is written, so that a note sent twice is one."""
    require(by, Right.RECORD_OUTCOME)
    if called_at > at:
        raise NotFromTheFuture
    if called_at < at - EARLIEST:
        raise TooLongAgo
    if said is None and promise is None and not words.strip():
        raise NothingSaid
    letter = latest_sent(case)
    call, is_new = Call.objects.get_or_create(
        pk=note_id,
        case=case,
        noted_by=by,
        defaults={
            "letter": letter,
            "caller": caller,
            "said": said.value if said else "",
            "words": words.strip(),
            "called_at": called_at,
            "noted_at": at,
        },
    )
    if not is_new:
        return call
    record("note_call", call, by=by, case=case.pk, caller=caller.value)
    if letter is not None and said is not None and caller in _SPEAKS_FOR_THE_LANDLORD:
        call.response = _response(call, letter, said, by, at)
    if promise is not None:
        call.commitment = _commitment(call, letter, promise, by, at)
    call.save(update_fields=["response", "commitment"])
    return call


def _response(call: Call, letter: Letter, said: Response.Kind, by: User, at: datetime) -> Response:
    return record_response(
        letter=letter,
        kind=said,
        received_at=call.called_at,
        summary=call.words,
        by=by,
        at=at,
    )


def _commitment(
    call: Call, letter: Letter | None, promise: Promised, by: User, at: datetime
) -> Commitment:
    return record_commitment(
        case=call.case,
        letter=letter,
        what=promise.what,
        words=promise.words,
        promised_for=promise.promised_for,
        promised_by=promise.promised_by,
        came_from=Commitment.CameFrom.CALL,
        source_id=call.pk,
        by=by,
        at=at,
    )
