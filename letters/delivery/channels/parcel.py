"""What a carrier is given: one message with the letter attached."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """`dispatch_id` is the provider's key: the same parcel twice is the same message. `subject` and
    `text` say nothing about a person; the letter itself is in the attached PDF."""

    dispatch_id: UUID
    sender: str
    to: str
    reply_to: str
    subject: str
    text: str
    pdf: bytes
    pdf_name: str
    made_at: datetime


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
    message.add_attachment(
        parcel.pdf, maintype="application", subtype="pdf", filename=parcel.pdf_name
    )
    return message


def message_id(parcel: Parcel) -> str:
    """Worldwide unique, and the same on every try."""
    return f"<{parcel.dispatch_id}@{parcel.sender.rpartition('@')[2].rstrip('>')}>"
