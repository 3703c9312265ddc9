"""What a carrier is given: one message with the letter and its enclosures attached."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from uuid import UUID

from letters.delivery.errors import PermanentFailure

# One mailbox and nothing more: no list, no name, no comment, no quotes.
_MAILBOX: Final = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@,;:<>()\[\]\\\"]+")
# As bytes that every mail server passes on; the second only where the server said that it does.
_PLAIN: Final = SMTP.clone(cte_type="7bit")
_UTF8: Final = _PLAIN.clone(utf8=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """`dispatch_id` is the provider's key: the same parcel twice is the same message. `subject` and
    `text` say nothing about a person; the letter itself is in the attached PDF. `enclosures` are
    PDFs, too, in the order in which the letter lists them: files of their own, so that the letter
    stays the file that was issued, to the last byte.

    For who fills a template or prints: `reference` and `about` as the message has them, `link` to
    the page on which the letter can be opened, `printed` with all of it as one PDF. `linked_text`
    is said in place of `text` where the link stands for the attachments."""

    dispatch_id: UUID
    sender: str
    to: str
    reply_to: str
    subject: str
    text: str
    pdf: bytes
    pdf_name: str
    made_at: datetime
    enclosures: tuple[bytes, ...] = ()
    reference: str = ""
    about: str = ""
    link: str = ""
    linked_text: str = ""
    printed: bytes = b""
    postage: str = ""

    @property
    def with_link(self) -> "Parcel | None":
        """The same with a link in place of its attachments; None where there is no page."""
        if not self.link:
            return None
        return replace(self, text=self.linked_text, pdf=b"", enclosures=())


def refuse_unusable(parcel: Parcel) -> None:
    """An address or a line that would say more to a mail server than it should: a second reader, a
    header of its own."""
    if not _MAILBOX.fullmatch(parcel.to):
        raise PermanentFailure("recipient_refused")
    for line in (parcel.to, parcel.sender, parcel.reply_to, parcel.subject, parcel.pdf_name):
        if any(sign < " " or sign == "\x7f" for sign in line):
            raise PermanentFailure("message_unusable")


def message_of(parcel: Parcel) -> EmailMessage:
    """The message as it goes out; its Message-ID is the dispatch's own."""
    message = EmailMessage(policy=_PLAIN if parcel.to.isascii() else _UTF8)
    message["From"] = parcel.sender
    message["To"] = parcel.to
    message["Reply-To"] = parcel.reply_to
    message["Subject"] = parcel.subject
    message["Date"] = format_datetime(parcel.made_at)
    message["Message-ID"] = message_id(parcel)
    message["Auto-Submitted"] = "no"
    message.set_content(parcel.text)
    if parcel.pdf:
        _attach(message, parcel.pdf, parcel.pdf_name)
    for number, enclosure in enumerate(parcel.enclosures, start=1):
        _attach(message, enclosure, f"enclosure-{number}.pdf")
    return message


def _attach(message: EmailMessage, pdf: bytes, name: str) -> None:
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)


def message_id(parcel: Parcel) -> str:
    """Worldwide unique, and the same on every try."""
    return f"<{parcel.dispatch_id}@{mailbox_of(parcel.sender).rpartition('@')[2]}>"


def mailbox_of(sender: str) -> str:
    """Without the name that stands before it."""
    return sender.rpartition("<")[2].rstrip(">")
