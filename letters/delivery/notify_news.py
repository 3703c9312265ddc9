"""What GOV.UK Notify tells of a letter it took: in a callback, or when it is asked.

Its own words for each state stand here and nowhere else. Post has no "delivered": the last that
Notify knows of a letter is that it was printed and posted, or that it came back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from letters.delivery.models import Says

_LONGEST: Final = 100  # of anything that we read


class NotUnderstood(Exception):
    """Not in the form in which Notify speaks; holds nothing of what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that happened to a dispatch; Notify does not say on which day post came back."""

    dispatch_id: UUID
    says: Says
    reason: str
    happened_at: datetime | None


_NOT_SENT: Final = {
    "technical-failure": (Says.NOT_SENT, "notify_failed"),
    "virus-scan-failed": (Says.NOT_SENT, "virus_found"),
    "validation-failed": (Says.NOT_SENT, "refused_by_printer"),
    "cancelled": (Says.NOT_SENT, "cancelled_at_notify"),
}
# Other states, such as "sending", say no more than that Notify has it.
_MEANS: Final[dict[str, dict[str, tuple[Says, str]]]] = {
    "email": {
        "delivered": (Says.DELIVERED, ""),
        "permanent-failure": (Says.RETURNED, "mailbox_unknown"),
        "temporary-failure": (Says.RETURNED, "not_reached"),
        **_NOT_SENT,
    },
    "sms": {
        "delivered": (Says.DELIVERED, ""),
        "permanent-failure": (Says.RETURNED, "number_unknown"),
        "temporary-failure": (Says.RETURNED, "not_reached"),
        **_NOT_SENT,
    },
    "letter": {
        "received": (Says.POSTED, ""),
        "permanent-failure": (Says.NOT_SENT, "refused_by_printer"),
        **_NOT_SENT,
    },
}


def news_of(told: Mapping[str, object]) -> News | None:
    """What a callback says, or a notification that was asked for; None where it says nothing new to
    us: a state on the way, a text message that came in, a complaint about a message."""
    if "notification_id" in told:
        return None if "complaint_id" in told else _came_back(told)
    if "status" not in told:
        return None
    kind = _text(told, "notification_type") or _text(told, "type")
    if kind not in _MEANS:
        raise NotUnderstood
    meant, about = _MEANS[kind].get(_text(told, "status")), _dispatch_id(told)
    if meant is None or about is None:
        return None
    return News(dispatch_id=about, says=meant[0], reason=meant[1], happened_at=_moment(told))


def _came_back(told: Mapping[str, object]) -> News | None:
    about = _dispatch_id(told)
    if about is None:
        return None
    return News(dispatch_id=about, says=Says.RETURNED, reason="returned_by_post", happened_at=None)


def _dispatch_id(told: Mapping[str, object]) -> UUID | None:
    """None for what somebody sent from Notify's own pages, under no reference or another."""
    try:
        return UUID(_text(told, "reference"))
    except ValueError:
        return None


def _moment(told: Mapping[str, object]) -> datetime:
    for name in ("completed_at", "sent_at", "created_at"):
        if written := _text(told, name):
            return _parsed(written)
    raise NotUnderstood


def _parsed(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise NotUnderstood from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise NotUnderstood
    return value
