"""What one message turns out to be, in plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a message is. Those that nobody need read are in QUIET."""

    REPLY = "reply"
    INVITATION = "invitation"
    BOUNCE = "bounce"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    READ_RECEIPT = "read_receipt"
    AUTO_REPLY = "auto_reply"
    TICKET = "ticket"
    CHALLENGE = "challenge"
    COMPLAINT = "complaint"
    SEALED = "sealed"
    EMPTY = "empty"
    ECHO = "echo"
    JUNK = "junk"
    BROKEN = "broken"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.REPLY: "Written by a person",
    Kind.INVITATION: "Calendar invitation",
    Kind.BOUNCE: "Could not be delivered",
    Kind.DELAYED: "Delayed on its way",
    Kind.DELIVERED: "Reported as delivered",
    Kind.READ_RECEIPT: "Read receipt",
    Kind.AUTO_REPLY: "Automatic reply",
    Kind.TICKET: "Automatic acknowledgement with a number",
    Kind.CHALLENGE: "Asks us to confirm before it is delivered",
    Kind.COMPLAINT: "Marked as unwanted by who got it",
    Kind.SEALED: "Encrypted: only its reader can open it",
    Kind.EMPTY: "Empty",
    Kind.ECHO: "Our own message, come back",
    Kind.JUNK: "Probably advertising",
    Kind.BROKEN: "Cannot be read by machine",
}

# Kept with the case and shown there, but nobody is asked to read them.
QUIET = frozenset(
    {
        Kind.DELAYED,
        Kind.DELIVERED,
        Kind.READ_RECEIPT,
        Kind.AUTO_REPLY,
        Kind.TICKET,
        Kind.ECHO,
    }
)


class Sign(StrEnum):
    """Something to know about a message that does not change what it is."""

    SENT_BY_MACHINE = "sent_by_machine"
    HTML_ONLY = "html_only"
    WINMAIL = "winmail"
    TOO_MANY_PARTS = "too_many_parts"
    CUT_SHORT = "cut_short"
    FORWARDED = "forwarded"
    NOT_QUITE_READ = "not_quite_read"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _SIGNS[self]


_SIGNS = {
    Sign.SENT_BY_MACHINE: "Sent by a machine, and yet it says something",
    Sign.HTML_ONLY: "Shown as text; the original has its looks",
    Sign.WINMAIL: "What it encloses is packed by Outlook (winmail.dat)",
    Sign.TOO_MANY_PARTS: "It has more parts than are listed; the original has all",
    Sign.CUT_SHORT: "Longer than is shown; the original has all of it",
    Sign.FORWARDED: "It holds another message",
    Sign.NOT_QUITE_READ: "Parts of it could not be read; look at the original",
    Sign.CANCELLED: "It calls off an appointment",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One attached file. `name` is as the sender says, made harmless; so is `media_type`, which is
    shown and never believed."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a mail server or program says became of one of our messages. `reason` is a short
    constant key."""

    action: str  # failed, delayed, delivered, relayed, expanded; or a disposition
    reason: str
    recipient: str = ""
    original_recipient: str = ""
    envelope_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What ties a message to a case, the strongest first."""

    tokens: tuple[str, ...] = ()  # in an address it was sent to
    replied_to: tuple[str, ...] = ()  # the message it answers
    thread: tuple[str, ...] = ()  # the others of its thread
    reported: tuple[str, ...] = ()  # the message that a report is about
    said: tuple[str, ...] = ()  # tokens and references that its writer wrote
    quoted: tuple[str, ...] = ()  # those in what it quotes or encloses


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message, read."""

    kind: Kind
    marks: Marks
    sender: str = ""  # an address; anybody can write any
    sender_name: str = ""
    subject: str = ""
    sent_at: datetime | None = None
    text: str = ""  # all of it
    fresh: str = ""  # without what it quotes
    parts: tuple[Part, ...] = ()
    report: Report | None = None
    was_displayed: bool = False
    dates: tuple[date, ...] = ()  # of appointments in a calendar file
    signs: tuple[Sign, ...] = ()
