"""Making links, opening a letter by one, and ending it."""

import hmac
import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.delivery.links.errors import LinkNotOffered
from letters.delivery.links.making import LASTS, link_url_for, new_link
from letters.delivery.links.models import TRIES, LetterLink, LinkVisit
from letters.delivery.links.queries import live_link, why_shut
from letters.delivery.models import OVER, Dispatch, Says, Source
from letters.delivery.queries import goes_by_hand_alone
from letters.delivery.receipts import record_receipt

__all__ = [
    "LASTS",
    "LOCKED_FOR",
    "Opening",
    "end_link",
    "link_url_for",
    "note_visit",
    "open_letter",
    "renew_link",
]

LOCKED_FOR: Final = timedelta(hours=1)
MOST_DOUBLED: Final = 7


class Opening(StrEnum):
    """What a try came to."""

    OPENED = "opened"
    REFUSED = "refused"
    LOCKED = "locked"


@transaction.atomic
def renew_link(*, dispatch: Dispatch, by: User, at: datetime) -> LetterLink:
    """A new link in place of the one before, which opens nothing from now on."""
    require(by, Right.SEND_LETTER)
    locked = Dispatch.objects.select_for_update(of=("self",)).get(pk=dispatch.pk)
    if locked.status in OVER or goes_by_hand_alone(dispatch.letter):
        raise LinkNotOffered
    _end(locked, by=by, at=at)
    latest = LetterLink.objects.filter(dispatch=locked).order_by("-number").first()
    number = 1 if latest is None else latest.number + 1
    made = LetterLink.objects.create(
        dispatch=locked, number=number, **new_link(locked, number, by=by, at=at)
    )
    record("make_link", made, by=by, dispatch=locked.pk)
    return made


@transaction.atomic
def end_link(*, dispatch: Dispatch, by: User, at: datetime) -> None:
    """Nobody opens the letter by its link any more; a second time changes nothing."""
    require(by, Right.SEND_LETTER)
    locked = Dispatch.objects.select_for_update(of=("self",)).get(pk=dispatch.pk)
    _end(locked, by=by, at=at)


def _end(dispatch: Dispatch, *, by: User, at: datetime) -> None:
    live = live_link(dispatch)
    if live is not None:
        live.ended_by, live.ended_at = by, at
        live.save(update_fields=["ended_by", "ended_at"])
        record("end_link", live, by=by, dispatch=dispatch.pk)


@transaction.atomic
def open_letter(*, link: LetterLink, reference: str, postcode: str, at: datetime) -> Opening:
    """Let somebody in who knows both; what is wrong is not said. Some wrong tries shut the page for
    an hour, then for longer, also for who is right, so that nobody can go on guessing."""
    rows = LetterLink.objects.select_for_update(of=("self",)).select_related(
        "dispatch__letter__case__tenancy__home"
    )
    locked = rows.get(pk=link.pk)
    if why_shut(locked, at) is not None:
        return Opening.REFUSED
    if locked.locked_until is not None and at < locked.locked_until:
        return Opening.LOCKED
    if not _knows(locked, reference, postcode):
        return _count_wrong_try(locked, at)
    _let_in(locked, at)
    return Opening.OPENED


def _knows(link: LetterLink, reference: str, postcode: str) -> bool:
    """Both at once, in the same time for any mistake."""
    case = link.dispatch.letter.case
    known = _plain(case.reference, case.tenancy.home.postcode)
    return hmac.compare_digest(_plain(reference, postcode), known)


def _plain(reference: str, postcode: str) -> bytes:
    """Without what people write in different ways."""
    return "|".join(re.sub(r"[\s-]", "", text).upper() for text in (reference, postcode)).encode()


def _count_wrong_try(link: LetterLink, at: datetime) -> Opening:
    link.tries_left -= 1
    outcome = LinkVisit.Outcome.REFUSED
    if link.tries_left == 0:
        link.tries_left, link.locked_until = TRIES, at + _lock(link)
        outcome = LinkVisit.Outcome.LOCKED
    link.save(update_fields=["tries_left", "locked_until"])
    note_visit(link=link, outcome=outcome, at=at)
    is_locked = outcome == LinkVisit.Outcome.LOCKED
    return Opening.LOCKED if is_locked else Opening.REFUSED


def _lock(link: LetterLink) -> timedelta:
    """Twice as long each time: a postcode has too few forms to be guessed at for months."""
    locks = LinkVisit.objects.filter(link=link, outcome=LinkVisit.Outcome.LOCKED).count()
    return LOCKED_FOR * (1 << min(locks, MOST_DOUBLED))


def _let_in(link: LetterLink, at: datetime) -> None:
    """The first time it is proof that the letter came."""
    earlier = LinkVisit.objects.filter(
        link__dispatch=link.dispatch_id, outcome=LinkVisit.Outcome.OPENED
    )
    is_first = not earlier.exists()
    note_visit(link=link, outcome=LinkVisit.Outcome.OPENED, at=at)
    link.tries_left = TRIES
    link.save(update_fields=["tries_left"])
    if is_first:
        record_receipt(
            dispatch_id=link.dispatch_id,
            says=Says.OPENED,
            source=Source.LINK,
            happened_at=at,
            reason="opened_on_page",
            at=at,
        )


@transaction.atomic
def note_visit(
    *, link: LetterLink, outcome: LinkVisit.Outcome, at: datetime, visit_id: UUID | None = None
) -> None:
    """Write down what was done with a link; what has an id of its own, such as an answer that was
    sent twice, once."""
    visit, is_new = LinkVisit.objects.get_or_create(
        pk=visit_id or uuid4(), defaults={"link": link, "at": at, "outcome": outcome}
    )
    if is_new:
        record("visit_letter", visit, by=None, link=link.pk, outcome=outcome.value)
