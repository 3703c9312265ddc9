"""Post: a letter that came back, and an answer that came on paper."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import QuerySet

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.delivery.codes import NotACode, code_of, ids_between, normal_code
from letters.delivery.models import BY_POST, Dispatch, Says, Source
from letters.delivery.queries import visible_to
from letters.delivery.receipts import record_receipt
from letters.evidence.errors import DocumentRefused
from letters.evidence.pdf_files import page_count_of
from letters.incoming.actions.answers import keep_for_case
from letters.incoming.actions.keeping import File
from letters.incoming.errors import NoSuchLetter, SeveralLetters
from letters.incoming.models import MessageLink, MessageSource
from letters.incoming.reading.marks import any_id_in, references_in
from letters.issuing.models import Letter
from letters.issuing.queries import visible_to as visible_letters
from letters.rendering.errors import NotAPicture
from letters.rendering.pictures import prepare_photograph


class WhyReturned(models.TextChoices):
    """What stands on an envelope that came back."""

    MOVED_AWAY = "moved_away", "Moved away or not known there"
    REFUSED = "refused_at_the_door", "Refused"
    NO_SUCH_ADDRESS = "no_such_address", "No such address"
    NOT_COLLECTED = "not_collected", "Not collected"
    OTHER = "came_back", "Something else, or nothing"


@transaction.atomic
def record_returned(*, code: str, why: WhyReturned, by: User, at: datetime) -> Dispatch:
    """A letter came back by post. `code` is what was typed or read by a hand scanner: the code on
    the address sheet, or the reference. The same one again changes nothing."""
    require(by, Right.SEND_LETTER)
    dispatch = _posted(code, by)
    return record_receipt(
        dispatch_id=dispatch.pk,
        says=Says.RETURNED,
        source=Source.PERSON,
        happened_at=at,
        reason=why.value,
        at=at,
        by=by,
    )


def _posted(code: str, by: User) -> Dispatch:
    """The one posted letter that is meant, among those the person may see."""
    posted = visible_to(by).filter(channel__in=BY_POST, sent_at__isnull=False)
    found = _by_code(posted, code)
    if not found:
        raise NoSuchLetter
    if len(found) > 1:
        raise SeveralLetters
    return found[0]


def _by_code(sent: QuerySet[Dispatch], code: str) -> Sequence[Dispatch]:
    """By its id, by the short code of its address sheet, or by the reference of its case; the
    latest first, and two where it is not clear."""
    if named := any_id_in(code):
        return list(sent.filter(pk=UUID(named)))
    if found := _by_short_code(sent, code):
        return found
    there = sent.filter(letter__case__reference__in=references_in([code]))
    return list(there.order_by("-sent_at")[:2])


def _by_short_code(sent: QuerySet[Dispatch], code: str) -> Sequence[Dispatch]:
    try:
        wanted = normal_code(code)
    except NotACode:
        return ()
    lowest, highest = ids_between(wanted)
    near = sent.filter(pk__gte=lowest, pk__lte=highest)
    return [each for each in near if code_of(each.pk) == wanted]


@transaction.atomic
def keep_scan(
    *, code: str, data: bytes, name: str, received_at: datetime, by: User, at: datetime
) -> MessageLink:
    """Keep the scan of an answer that came on paper, with the case whose reference it gives."""
    require(by, Right.RECORD_OUTCOME)
    letter = _letter(code, by)
    _refuse_other_than_scan(data)
    return keep_for_case(
        case=letter.case,
        letter=letter,
        subject="",
        text="",
        files=(File(name=name, data=data),),
        source=MessageSource.SCAN,
        received_at=received_at,
        by=by,
        at=at,
    )


def _refuse_other_than_scan(data: bytes) -> None:
    """A program by another name, a book or half a file: said while the paper is at hand."""
    if data.lstrip()[:5] == b"%PDF-":
        page_count_of(data)
        return
    try:
        prepare_photograph(data)
    except NotAPicture:
        raise DocumentRefused("Choose a PDF or a picture of the answer") from None


def _letter(code: str, by: User) -> Letter:
    """The letter that went out under a code; of several under one reference the latest."""
    found = _by_code(visible_to(by).filter(sent_at__isnull=False), code)
    if not found:
        raise NoSuchLetter
    return visible_letters(by).get(pk=found[0].letter_id)
