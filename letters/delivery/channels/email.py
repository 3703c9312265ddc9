"""E-mail by SMTP, step by step, so that it is known what the server has and has not accepted."""

import select
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from letters.delivery.channels import Found, Has
from letters.delivery.channels.parcel import (
    Parcel,
    mailbox_of,
    message_id,
    message_of,
    refuse_unusable,
)
from letters.delivery.errors import OutcomeUnknown, PermanentFailure, TemporaryFailure

_ACCEPTED = 250
_SEND_DATA = 354
_WITHOUT_LIMIT = 2**63


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed over; `timeout` in seconds for every step."""

    host: str
    port: int
    user: str
    password: str
    use_tls: bool  # STARTTLS
    use_ssl: bool
    timeout: float


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """Hands a parcel to one mail server. A message larger than `most_bytes`, or than the server
    takes, goes with a link in place of its attachments."""

    server: MailServer
    most_bytes: int = 10_000_000

    @property
    def can_tell(self) -> bool:
        """No mail server says what it took before."""
        return False

    def find(self, dispatch_id: UUID) -> Found:
        return Found(has=Has.CANNOT_TELL)

    def hand_over(self, parcel: Parcel, *, committing: Callable[[], None]) -> str:
        """Offer sender, recipient and message; commit just before the final dot, after which the
        server may have accepted even if it never says so."""
        refuse_unusable(parcel)
        with self._session() as smtp:
            raw = _fitting(smtp, parcel, self.most_bytes)
            with _nothing_accepted():
                about_it = _message_options(smtp, parcel, len(raw))
                _expect(smtp.mail(mailbox_of(parcel.sender), about_it), "sender_refused")
                _expect(smtp.rcpt(parcel.to, _reader_options(smtp, parcel)), "recipient_refused")
                _expect(smtp.docmd("DATA"), "message_refused", wanted=_SEND_DATA)
                smtp.send(_dotted(raw))
                _refuse_if_gone(smtp)
            committing()
            with _perhaps_accepted():
                smtp.send(b".\r\n")
                reply = smtp.getreply()
            _expect(reply, "message_refused")
        return message_id(parcel)

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        with _nothing_accepted():
            smtp = self._connect()
        try:
            yield smtp
        finally:
            smtp.close()

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        if server.use_ssl:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=_trusted()
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        smtp.ehlo_or_helo_if_needed()
        if server.use_tls:
            smtp.starttls(context=_trusted())
            smtp.ehlo()
        if server.user:
            smtp.login(server.user, server.password)
        return smtp


@cache
def _trusted() -> ssl.SSLContext:
    """Once for a process: to read the list of authorities takes longer than to hand a letter over.
    New ones are trusted after the next start."""
    return ssl.create_default_context()


@contextmanager
def _nothing_accepted() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPAuthenticationError:
        raise PermanentFailure("sign_in_refused") from None
    except smtplib.SMTPResponseException as error:
        raise _failure(error.smtp_code, "server_refused") from None
    except (smtplib.SMTPException, OSError):
        # the words of the server may hold an address: only the kind of failure is kept
        raise TemporaryFailure("server_out_of_reach") from None


@contextmanager
def _perhaps_accepted() -> Iterator[None]:
    try:
        yield
    except (smtplib.SMTPException, OSError):
        raise OutcomeUnknown("server_fell_silent") from None


def _refuse_if_gone(smtp: smtplib.SMTP) -> None:
    """A server that speaks or hangs up before the final dot has accepted nothing."""
    if smtp.sock is None or select.select([smtp.sock], [], [], 0)[0]:
        raise TemporaryFailure("server_hung_up")


def _fitting(smtp: smtplib.SMTP, parcel: Parcel, most: int) -> bytes:
    """The message with all of it, or with a link to all of it; never the letter without what it
    says it encloses."""
    if not parcel.to.isascii() and not smtp.has_extn("smtputf8"):
        raise PermanentFailure("address_needs_utf8")
    for each in (parcel, parcel.with_link):
        raw = message_of(each).as_bytes() if each else b""
        if each and len(raw) <= min(most, _most_of(smtp)):
            return raw
    raise PermanentFailure("too_large_to_mail")


def _most_of(smtp: smtplib.SMTP) -> int:
    """The bytes that the server says it takes; it need not say, and 0 is no limit (RFC 1870)."""
    told = smtp.esmtp_features.get("size", "")
    return int(told) if told.isascii() and told.isdigit() and int(told) else _WITHOUT_LIMIT


def _message_options(smtp: smtplib.SMTP, parcel: Parcel, size: int) -> list[str]:
    """What the server is told of the message, as far as it says it understands."""
    told = []
    if smtp.has_extn("size"):
        told.append(f"SIZE={size}")
    if smtp.has_extn("dsn"):
        told += ["RET=HDRS", f"ENVID={parcel.dispatch_id}"]
    if not parcel.to.isascii():
        told.append("SMTPUTF8")
    return told


def _reader_options(smtp: smtplib.SMTP, parcel: Parcel) -> list[str]:
    """To be told of arrival, failure and delay, where the server passes that on (RFC 3461)."""
    if not smtp.has_extn("dsn"):
        return []
    original = [f"ORCPT=rfc822;{_xtext(parcel.to)}"] if parcel.to.isascii() else []
    return ["NOTIFY=SUCCESS,FAILURE,DELAY", *original]


def _xtext(text: str) -> str:
    """With signs that would end the word written as numbers (RFC 3461, section 4)."""
    return "".join(
        sign if "!" <= sign <= "~" and sign not in "+=" else f"+{ord(sign):02X}" for sign in text
    )


def _expect(reply: tuple[int, bytes], reason: str, *, wanted: int = _ACCEPTED) -> None:
    code, words = reply
    if code != wanted and not (wanted == _ACCEPTED and code == 251):
        raise _failure(code, _told_by(code, words) or reason)


def _told_by(code: int, words: bytes) -> str:
    """What the server's own code says more exactly (RFC 3463); '' where it says nothing we know."""
    if b"5.2.2" in words:
        return "mailbox_full"
    is_too_large = code == 552 or b"5.3.4" in words or b"5.2.3" in words
    return "too_large_to_mail" if is_too_large else ""


def _failure(code: int, reason: str) -> TemporaryFailure | PermanentFailure:
    return PermanentFailure(reason) if 500 <= code < 600 else TemporaryFailure(reason)


def _dotted(raw: bytes) -> bytes:
    """The message with lines that begin with a dot doubled, ending in a line break (RFC 5321)."""
    lines = raw.replace(b"\r\n.", b"\r\n..")
    if lines.startswith(b"."):
        lines = b"." + lines
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"
