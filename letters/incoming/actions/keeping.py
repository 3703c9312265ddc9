"""Keeping a message before anything is done with it: the same bytes twice are one message."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from django.db import transaction

from letters import jobs
from letters.access.models import User
from letters.audit.record import record
from letters.incoming.errors import TooLargeToKeep
from letters.incoming.models import Message, MessageSource, MessageStatus

logger = logging.getLogger(__name__)

MOST_BYTES: Final = 26_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What somebody uploaded."""

    name: str
    data: bytes


@transaction.atomic
def keep_message(
    *,
    raw: bytes,
    source: MessageSource,
    received_at: datetime,
    at: datetime,
    by: User | None = None,
    is_whole: bool = True,
) -> Message:
    """Keep a message whole, as it came, and ask for it to be sorted. A second time it is found
    again and nothing happens."""
    if len(raw) > MOST_BYTES:
        raise TooLargeToKeep
    digest = hashlib.sha256(raw).hexdigest()
    there = Message.objects.defer("raw", "text", "fresh").filter(digest=digest).first()
    if there is not None:
        return there
    message, is_new = Message.objects.get_or_create(
        digest=digest,
        defaults={
            "source": source,
            "raw": raw,
            "size": len(raw),
            "is_whole": is_whole,
            "received_at": min(received_at, at),
            "kept_at": at,
            "kept_by": by,
            "status": MessageStatus.KEPT,
            "next_try_at": at,
        },
    )
    if is_new:
        record("keep_message", message, by=by, source=source.value)
        jobs.enqueue(jobs.SORT_MESSAGE, message.pk)
        logger.info("message kept", extra={"message_id": message.pk, "source": source.value})
    return message


def message_of_files(*, subject: str, text: str, files: Sequence[File], sender: str = "") -> bytes:
    """What came another way than by mail, as a message: the same files and words are the same
    bytes."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    if sender:
        message["From"] = sender
    message.set_content(text or "\n")
    for file in files:
        message.add_attachment(
            file.data, maintype="application", subtype="octet-stream", filename=file.name
        )
    parts = [text.encode(), *(file.name.encode() + b"\0" + file.data for file in files)]
    boundary = hashlib.sha256(b"\0".join(hashlib.sha256(each).digest() for each in parts))
    if files:
        message.set_boundary(f"=_{boundary.hexdigest()[:40]}")
    return message.as_bytes()


def keep_files(
    *,
    subject: str,
    text: str,
    files: Sequence[File],
    source: MessageSource,
    received_at: datetime,
    at: datetime,
    by: User | None = None,
) -> Message:
    """Keep files and words that came another way than by mail, as a message."""
    raw = message_of_files(subject=subject, text=text, files=files)
    return keep_message(raw=raw, source=source, received_at=received_at, at=at, by=by)
