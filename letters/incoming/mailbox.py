"""Fetching from the mailbox: each message is kept before it is moved out of the way. Whatever
breaks in between, it is fetched again, and found to be the same."""

import imaplib
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxUnencrypted

from letters.incoming.actions.keeping import MOST_BYTES, keep_message
from letters.incoming.models import MessageSource

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS: Final = 30
MOST_AT_ONCE: Final = 200
# One message that breaks the connection must not keep those behind it from being read.
MOST_BREAKS: Final = 10
KEPT_FOLDER: Final = "Kept"
_BROKEN = (imaplib.IMAP4.error, ImapToolsError, OSError, ValueError, LookupError, AssertionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What one look into the mailbox came to."""

    kept: int = 0
    breaks: int = 0


def fetch_mail(*, at: datetime) -> Fetched:
    """Keep everything that lies in the mailbox, then move it to the folder of what is kept."""
    if not settings.IMAP_URL:
        return Fetched()
    left, kept, breaks = None, 0, 0
    while breaks < MOST_BREAKS and (left is None or left):
        try:
            with _open() as mailbox:
                left = mailbox.uids("ALL", None)[:MOST_AT_ONCE] if left is None else left
                while left:
                    uid = left.pop(0)  # before anything can break: it is not tried twice in a run
                    kept += _keep_one(mailbox, uid, at)
        except _BROKEN as error:
            # its words may hold an address: only the kind of failure is kept
            logger.warning("mailbox broke off", extra={"kind": type(error).__name__})
            breaks += 1
            if left is None:
                break
    return Fetched(kept=kept, breaks=breaks)


def _keep_one(mailbox: BaseMailBox, uid: str, at: datetime) -> int:
    size, received_at = _about(mailbox, uid, at)
    is_whole = size <= MOST_BYTES
    raw = _bytes_of(mailbox, uid, "" if is_whole else "HEADER")
    if raw is None:
        return 0  # gone meanwhile: another worker was quicker
    keep_message(
        raw=raw[:MOST_BYTES],
        source=MessageSource.MAILBOX,
        received_at=received_at,
        at=at,
        is_whole=is_whole,
    )
    mailbox.move([uid], KEPT_FOLDER)
    return 1


def _about(mailbox: BaseMailBox, uid: str, at: datetime) -> tuple[int, datetime]:
    """Its size, and when the mail server took it."""
    answer = mailbox.client.uid("FETCH", uid, "(RFC822.SIZE INTERNALDATE)")[1]
    said = b" ".join(each for each in answer if isinstance(each, bytes))
    sizes = said.upper().partition(b"RFC822.SIZE ")[2].split(b" ")[0].rstrip(b")")
    moment = imaplib.Internaldate2tuple(said)
    received_at = datetime.fromtimestamp(time.mktime(moment), UTC) if moment else at
    return int(sizes) if sizes.isdigit() else 0, min(received_at, at)


def _bytes_of(mailbox: BaseMailBox, uid: str, section: str) -> bytes | None:
    """The bytes as the server has them, and without marking them as read."""
    answer = mailbox.client.uid("FETCH", uid, f"(BODY.PEEK[{section}])")[1]
    found = [each[1] for each in answer if isinstance(each, tuple) and len(each) > 1]
    return bytes(found[0]) if found else None


@contextmanager
def _open() -> Iterator[BaseMailBox]:
    url = urlsplit(settings.IMAP_URL)
    kind = MailBox if url.scheme == "imaps" else MailBoxUnencrypted
    port = url.port or (993 if url.scheme == "imaps" else 143)
    mailbox = kind(url.hostname or "", port=port, timeout=settings.IMAP_SECONDS)
    try:
        folder = unquote(url.path.strip("/")) or "INBOX"
        mailbox.login(unquote(url.username or ""), unquote(url.password or ""), folder)
        if not mailbox.folder.exists(KEPT_FOLDER):
            mailbox.folder.create(KEPT_FOLDER)
        yield mailbox
    finally:
        mailbox.client.shutdown()
