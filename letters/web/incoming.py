"""What the pages about incoming post show, read in few queries."""

from dataclasses import dataclass

from letters.access.models import User
from letters.cases.models import Case
from letters.incoming import queries
from letters.incoming.models import (
    Attachment,
    Call,
    Message,
    MessageLink,
    MessageStatus,
    Suggestion,
)
from letters.incoming.reading.structure import header_block
from letters.incoming.reading.values import QUIET, Kind, Sign
from letters.tracking.models import Commitment
from letters.tracking.queries import commitments_of

_MOST_HEADERS = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePage:
    """One message as a person reads it."""

    message: Message
    kind: Kind
    signs: tuple[Sign, ...]
    headers: str
    links: tuple[MessageLink, ...]
    is_elsewhere_too: bool
    suggestions: tuple[Suggestion, ...]
    attachments: tuple[Attachment, ...]

    @property
    def to_answer(self) -> tuple[MessageLink, ...]:
        """The cases for which nobody has said yet what it comes to."""
        return tuple(link for link in self.links if link.settled_at is None)

    @property
    def is_in_queue(self) -> bool:
        return self.message.status in (MessageStatus.UNMATCHED, MessageStatus.STUCK)

    @property
    def is_aside(self) -> bool:
        return self.message.status == MessageStatus.PUT_ASIDE

    @property
    def is_quiet(self) -> bool:
        return self.kind in QUIET


def message_page(message: Message, *, by: User) -> MessagePage:
    """The message with all that hangs on it, as far as the person may see it."""
    links = tuple(queries.links_of(message, by))
    named = {link.case_id for link in links}
    suggested = queries.suggestions_of(message, by)
    return MessagePage(
        message=message,
        kind=Kind(message.kind),
        signs=tuple(Sign(each) for each in message.signs),
        headers=header_block(queries.raw_of(message), _MOST_HEADERS),
        links=links,
        is_elsewhere_too=queries.is_linked_elsewhere(message, by),
        suggestions=tuple(each for each in suggested if each.case_id not in named),
        attachments=tuple(queries.attachments_of(message)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRoom:
    """What lies beside the queue."""

    unclaimed: tuple[Message, ...]
    aside: tuple[Message, ...]


def post_room(user: User) -> PostRoom:
    """What nothing says whose it is, and what was put aside last."""
    return PostRoom(
        unclaimed=tuple(queries.unclaimed(user)[:50]), aside=tuple(queries.aside_of(user)[:50])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """What came in about one case, and what was promised."""

    messages: tuple[MessageLink, ...]
    calls: tuple[Call, ...]
    commitments: tuple[Commitment, ...]

    @property
    def to_read(self) -> tuple[MessageLink, ...]:
        return tuple(link for link in self.messages if link.settled_at is None)

    @property
    def read(self) -> tuple[MessageLink, ...]:
        return tuple(link for link in self.messages if link.settled_at is not None)


def correspondence_of(case: Case) -> Correspondence:
    """Replies, calls and promises, the latest first."""
    return Correspondence(
        messages=tuple(queries.messages_about(case)),
        calls=tuple(queries.calls_about(case)),
        commitments=tuple(commitments_of(case)),
    )
