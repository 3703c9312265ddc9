"""The page of a letter for somebody without an account: who is let in, and what they tell us."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from letters.delivery.links import actions as links
from letters.delivery.links.models import LetterLink, LinkVisit
from letters.delivery.links.queries import link_by_token
from letters.drafting.content import HouseStyle, LetterContent, Picture, pictures_in
from letters.drafting.vocabulary import Recipient
from letters.incoming import actions as incoming
from letters.incoming.actions.keeping import File
from letters.incoming.models import MessageSource
from letters.issuing.pictures import pictures_of
from letters.issuing.queries import content_of
from letters.law.periods import LONDON, day_in_words
from letters.rendering.html import render
from letters.tracking.actions.commitments import record_commitment
from letters.tracking.models import Commitment
from letters.web.letter_look import address_of_look
from letters.web.openings import has_opened, note_opening

_COOKIE: Final = "opened_letter"


class Said(StrEnum):
    """What a landlord ticks."""

    ACKNOWLEDGE = "acknowledge"
    INSPECTION = "inspection"
    WORKS = "works"
    DONE = "done"
    DISPUTE = "dispute"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer as it was entered; `told_in` is of one sending of the form, so that a second click
    brings the same answer and not another."""

    told_in: str
    said: Sequence[Said]
    inspection_on: date | None
    works_on: date | None
    done_on: date | None
    words: str
    papers: Sequence[tuple[str, bytes]]
    name: str
    reach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A letter as its reader sees it."""

    link: LetterLink
    token: str
    content: LetterContent
    html: Markup
    look: str
    enclosures: Sequence[str]  # what each is called


def link_of(token: str) -> LetterLink:
    """The link in an address; anything else is not found."""
    link = link_by_token(token)
    if link is None:
        raise Http404
    return link


def let_in(response: HttpResponse, link: LetterLink, token: str) -> HttpResponse:
    """For half an hour, in this browser, to this letter alone."""
    path = reverse("letters:open_letter", kwargs={"token": token})
    return note_opening(response, _COOKIE, link.pk, path=path)


def is_let_in(request: HttpRequest, link: LetterLink) -> bool:
    """Whether this browser has opened this very letter lately."""
    return has_opened(request, _COOKIE, link.pk)


def opened(link: LetterLink, token: str) -> Opened:
    """The letter in full, with the addresses at which its pictures are."""
    content = content_of(link.dispatch.letter)

    def address_of(picture: Picture) -> str:
        where = {"token": token, "digest": picture.digest}
        return reverse("letters:opened_picture", kwargs=where)

    style = content.letterhead.style
    return Opened(
        link=link,
        token=token,
        content=content,
        html=Markup(render(content, address_of=address_of)),  # noqa: S704 - the letter's shell escapes every value
        look="" if style == HouseStyle() else address_of_look(style),
        enclosures=content.enclosures,
    )


def picture_in(link: LetterLink, digest: str) -> tuple[bytes, str]:
    """One of the letter's own pictures, with its media type."""
    content = content_of(link.dispatch.letter)
    types = {picture.digest: picture.media_type for picture in pictures_in(content)}
    data = pictures_of(content).get(digest) if digest in types else None
    if data is None:
        raise Http404
    return data, types[digest]


def new_sending() -> str:
    """Of one form that is shown."""
    return uuid4().hex


@transaction.atomic
def keep_answer(*, link: LetterLink, told: Told, at: datetime) -> None:
    """As any reply: kept whole, looked through, and read by an adviser before it counts."""
    letter = link.dispatch.letter
    kept = incoming.keep_for_case(
        case=letter.case,
        letter=letter,
        subject=f"Answer to letter {letter.case.reference} of {letter.day.isoformat()}",
        text=text_of(told, link),
        files=[File(name=name, data=data) for name, data in told.papers],
        source=MessageSource.LINK,
        received_at=at,
        by=None,
        at=at,
    )
    _watch_what_was_promised(link, told, kept.message_id, at)
    links.note_visit(link=link, outcome=LinkVisit.Outcome.ANSWERED, at=at, visit_id=kept.message_id)


def _watch_what_was_promised(link: LetterLink, told: Told, source_id: UUID, at: datetime) -> None:
    letter, today = link.dispatch.letter, at.astimezone(LONDON).date()
    is_landlord = letter.recipient == Recipient.LANDLORD
    by = Commitment.PromisedBy.LANDLORD if is_landlord else Commitment.PromisedBy.OTHER
    for what, day in (
        (Commitment.What.INSPECTION, told.inspection_on),
        (Commitment.What.WORKS_START, told.works_on),
    ):
        if day is not None and day >= today:
            record_commitment(
                case=letter.case,
                letter=letter,
                what=what,
                words="",
                promised_for=day,
                promised_by=by,
                came_from=Commitment.CameFrom.LINK,
                source_id=source_id,
                by=None,
                at=at,
            )


_SENTENCES: Final = {
    Said.ACKNOWLEDGE: "We have received the letter.",
    Said.DISPUTE: "We disagree with the letter.",
}


def text_of(told: Told, link: LetterLink) -> str:
    """The answer in sentences, as a letter would have it, so that it is read as one."""
    lines = [_SENTENCES[said] for said in told.said if said in _SENTENCES]
    if told.inspection_on:
        lines.append(f"An inspection is booked for {day_in_words(told.inspection_on)}.")
    if told.works_on:
        lines.append(f"Repairs are booked to begin on {day_in_words(told.works_on)}.")
    if Said.DONE in told.said:
        on = f" on {day_in_words(told.done_on)}" if told.done_on else ""
        lines.append(f"The repairs were done{on}.")
    mark = hashlib.sha256(f"{link.pk}:{told.told_in}".encode()).hexdigest()[:12]
    parts = [
        "\n".join(lines),
        told.words.strip(),
        "\n".join(part for part in (told.name, told.reach) if part),
        f"Written on the page of the letter, {mark}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
