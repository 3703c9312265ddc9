"""The link that goes into a message: made once, and the same each time the message goes."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from letters.access.models import User
from letters.audit.record import record
from letters.delivery.links.models import LetterLink
from letters.delivery.links.queries import digest_of_token, live_link, token_of, url_of
from letters.delivery.models import Dispatch
from letters.delivery.queries import goes_by_hand_alone

LASTS: Final = timedelta(weeks=26)


def link_url_for(dispatch: Dispatch, *, at: datetime) -> str:
    """The address that the message holds, the same each time it goes; '' for a letter that has no
    page, or whose link somebody has ended."""
    if goes_by_hand_alone(dispatch.letter):
        return ""
    link = _first_link(dispatch, at)
    return "" if link is None else url_of(link)


@transaction.atomic
def _first_link(dispatch: Dispatch, at: datetime) -> LetterLink | None:
    """Two workers that ask at once get the same."""
    if live := live_link(dispatch):
        return live
    made, is_new = LetterLink.objects.get_or_create(
        dispatch=dispatch, number=1, defaults=new_link(dispatch, 1, by=None, at=at)
    )
    if is_new:
        record("make_link", made, by=None, dispatch=dispatch.pk)
    return made if made.ended_at is None else None


def new_link(
    dispatch: Dispatch, number: int, *, by: User | None, at: datetime
) -> dict[str, object]:
    """What is kept of it; the token itself is not."""
    return {
        "token_digest": digest_of_token(token_of(dispatch, number)),
        "made_by": by,
        "made_at": at,
        "expires_at": at + LASTS,
    }
