"""What a carrier is given: one message with the letter and its enclosures attached."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """`dispatch_id` is the provider's key: the same parcel twice is the same message. `subject` and
    `text` say nothing about a person; the letter itself is in the attached PDF. `enclosures` are
    PDFs, too, in the order in which the letter lists them: files of their own, so that the letter
    stays the file that was issued, to the last byte.

    For who fills a template or prints: `reference` and `about` as the message has them, `link` to
    the page on which the letter can be opened, `printed` with all of it as one PDF."""

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
    printed: bytes = b""
    postage: str = ""


def message_of(parcel: Parcel) -> EmailMessage:
    """The message as it goes out; its Message-ID is the dispatch's own."""
    message = EmailMessage(policy=SMTP)
    message["From"] = parcel.sender
    message["To"] = parcel.to
    message["Reply-To"] = parcel.reply_to
    message["Subject"] = parcel.subject
    message["Date"] = format_datetime(parcel.made_at)
    message["Message-ID"] = message_id(parcel)
    message["Auto-Submitted"] = "no"
    message.set_content(parcel.text)
    _attach(message, parcel.pdf, parcel.pdf_name)
    for number, enclosure in enumerate(parcel.enclosures, start=1):
        _attach(message, enclosure, f"enclosure-{number}.pdf")
    return message


def _attach(message: EmailMessage, pdf: bytes, name: str) -> None:
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)


def message_id(parcel: Parcel) -> str:
    """Worldwide unique, and the same on every try."""
    return f"<{parcel.dispatch_id}@{parcel.sender.rpartition('@')[2].rstrip('>')}>"
