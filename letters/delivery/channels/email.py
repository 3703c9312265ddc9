"""E-mail by SMTP, step by step, so that it is known what the server has and has not accepted."""

import select
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from letters.delivery.channels.parcel import Parcel, message_id, message_of
from letters.delivery.errors import OutcomeUnknown, PermanentFailure, TemporaryFailure

_ACCEPTED = 250
_SEND_DATA = 354


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
    """Hands a parcel to one mail server."""

    server: MailServer

    def hand_over(self, parcel: Parcel, *, committing: Callable[[], None]) -> str:
        """Offer sender, recipient and message; commit just before the final dot, after which the
        server may have accepted even if it never says so."""
        raw = message_of(parcel).as_bytes()
        with self._session() as smtp:
            with _nothing_accepted():
                _expect(smtp.mail(_address(parcel.sender)), "sender_refused")
                _expect(smtp.rcpt(parcel.to), "recipient_refused")
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
        context = ssl.create_default_context()
        if server.use_ssl:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        smtp.ehlo_or_helo_if_needed()
        if server.use_tls:
            smtp.starttls(context=context)
            smtp.ehlo()
        if server.user:
            smtp.login(server.user, server.password)
        return smtp


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


def _expect(reply: tuple[int, bytes], reason: str, *, wanted: int = _ACCEPTED) -> None:
    code = reply[0]
    if code != wanted and not (wanted == _ACCEPTED and code == 251):
        raise _failure(code, reason)


def _failure(code: int, reason: str) -> TemporaryFailure | PermanentFailure:
    return PermanentFailure(reason) if 500 <= code < 600 else TemporaryFailure(reason)


def _dotted(raw: bytes) -> bytes:
    """The message with lines that begin with a dot doubled, ending in a line break (RFC 5321)."""
    lines = raw.replace(b"\r\n.", b"\r\n..")
    if lines.startswith(b"."):
        lines = b"." + lines
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _address(sender: str) -> str:
    return sender.rpartition("<")[2].rstrip(">")
