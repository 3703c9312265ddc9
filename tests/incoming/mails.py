"""Writing mail as other people's programs write it, byte by byte where that matters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP
from uuid import UUID

MAILBOX = "replies@partnership.example"
LANDLORD = "repairs@council.example"
DAEMON = "MAILER-DAEMON@mx.council.example"
QUOTED = """
On Mon, 23 Nov 2026 at 11:00, Respiratory Clinic <{mailbox}> wrote:
> The letter attached to this message is about a home that you let or manage.
>
> Our reference: {reference}
>
> Please read it today and reply to {mailbox}, giving the reference.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A case as its landlord's programs know it."""

    reference: str
    token: str
    dispatch_id: UUID
    mailbox: str = LANDLORD

    @property
    def address(self) -> str:
        """Where answers about it go."""
        local, _, domain = MAILBOX.partition("@")
        return f"{local}+{self.token}@{domain}"

    @property
    def message_id(self) -> str:
        """Of the message that took the letter there."""
        return f"<{self.dispatch_id}@partnership.example>"

    @property
    def quoted(self) -> str:
        """As mail programs put it below an answer."""
        return QUOTED.format(mailbox=self.address, reference=self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message in the making; `headers` go before all others, in order."""

    to: str = MAILBOX
    sender: str = f"Housing Repairs <{LANDLORD}>"
    subject: str = "Re: Letter about a home that you let or manage"
    text: str = ""
    html: str = ""
    headers: Sequence[tuple[str, str]] = ()
    files: Sequence[tuple[str, str, bytes]] = field(default=())  # name, media type, bytes
    charset: str = "utf-8"

    def bytes(self) -> bytes:
        """As it goes over the wire."""
        message = EmailMessage(policy=SMTP)
        for name, value in self.headers:
            message[name] = value
        message["From"] = self.sender
        message["To"] = self.to
        message["Subject"] = self.subject
        message["Date"] = "Tue, 24 Nov 2026 09:12:00 +0000"
        if "Message-ID" not in message:
            message["Message-ID"] = "<20261124091200.4711@council.example>"
        message.set_content(self.text, charset=self.charset)
        if self.html:
            message.add_alternative(self.html, subtype="html")
        for name, media_type, data in self.files:
            main, _, sub = media_type.partition("/")
            message.add_attachment(data, maintype=main, subtype=sub, filename=name)
        return message.as_bytes()


def sent_by_us(case: Known) -> EmailMessage:
    """The message that took a letter to the landlord, as a bounce returns it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "letters@partnership.example"
    message["To"] = case.mailbox
    message["Reply-To"] = case.address
    message["Subject"] = f"Letter about a home that you let or manage, reference {case.reference}"
    message["Message-ID"] = case.message_id
    message.set_content(f"Our reference: {case.reference}\n")
    return message


def report(
    case: Known,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    says: str = "550 5.1.1 User unknown",
    recipient: str = "",
    returns: str = "headers",
    sender: str = DAEMON,
    subject: str = "Undelivered Mail Returned to Sender",
    text: str = "This is the mail system at host mx.council.example.\n",
    envelope_id: bool = False,
    to: str = "letters@partnership.example",
) -> bytes:
    """A delivery status notification by RFC 3464. `returns`: headers, message or nothing."""
    about = "Reporting-MTA: dns; mx.council.example\n"
    if envelope_id:
        about += f"Original-Envelope-Id: {case.dispatch_id}\n"
    one = f"Final-Recipient: rfc822; {recipient or case.mailbox}\n"
    one += f"Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {says}\n"
    returned = {
        "message": [("message/rfc822", sent_by_us(case).as_string())],
        "headers": [("text/rfc822-headers", sent_by_us(case).as_string().partition("\n\n")[0])],
        "nothing": [],
    }
    return _report(
        "delivery-status",
        headers=[
            ("Return-Path", "<>"),
            ("From", f"Mail Delivery System <{sender}>"),
            ("To", to),
            ("Subject", subject),
            ("Auto-Submitted", "auto-replied"),
            ("Message-ID", "<20261123110005.1234@mx.council.example>"),
        ],
        parts=[
            ("text/plain", text),
            ("message/delivery-status", f"{about}\n{one}"),
            *returned[returns],
        ],
    )


def _report(
    kind: str, *, headers: Sequence[tuple[str, str]], parts: Sequence[tuple[str, str]]
) -> bytes:
    """Put together by hand: the standard library would mend what it writes."""
    head = [f"{name}: {value}" for name, value in headers]
    head.append(f'Content-Type: multipart/report; report-type="{kind}"; boundary="=_report"')
    body = [f"--=_report\nContent-Type: {media_type}\n\n{text}\n" for media_type, text in parts]
    return ("\n".join(head) + "\n\n" + "".join(body) + "--=_report--\n").encode()


def read_receipt(case: Known, *, disposition: str, recipient: str = "") -> bytes:
    """A message disposition notification by RFC 8098."""
    fields = (
        f"Final-Recipient: rfc822; {recipient or case.mailbox}\n"
        f"Original-Message-ID: {case.message_id}\nDisposition: {disposition}\n"
    )
    return _report(
        "disposition-notification",
        headers=[
            ("From", f"Housing Repairs <{case.mailbox}>"),
            ("To", case.address),
            ("Subject", "Read: Letter about a home that you let or manage"),
            ("Message-ID", "<20261124100000.1@council.example>"),
        ],
        parts=[
            ("text/plain", "Your message was read on Tuesday.\n"),
            ("message/disposition-notification", fields),
        ],
    )


def complaint(case: Known) -> bytes:
    """A feedback report by RFC 5965: somebody pressed 'junk'."""
    return _report(
        "feedback-report",
        headers=[
            ("From", "feedback@provider.example"),
            ("To", "letters@partnership.example"),
            ("Subject", "FW: Letter about a home that you let or manage"),
        ],
        parts=[
            ("text/plain", "This is an email abuse report.\n"),
            ("message/feedback-report", "Feedback-Type: abuse\nUser-Agent: Provider/1\n"),
            ("message/rfc822", sent_by_us(case).as_string()),
        ],
    )


def invitation(case: Known, *, method: str = "REQUEST", start: str = "20261203T093000") -> bytes:
    """An appointment as calendar programs send it."""
    outer = MIMEMultipart("alternative")
    outer["From"] = f"Housing Repairs <{case.mailbox}>"
    outer["To"] = case.address
    outer["Subject"] = "Inspection of the home"
    outer["Message-ID"] = "<20261124100000.2@council.example>"
    outer.attach(MIMEText("When: Thursday 3 December, 09:30\n"))
    calendar = (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VTIMEZONE\r\nTZID:GMT Standard Time\r\n"
        "BEGIN:STANDARD\r\nDTSTART:16010101T020000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        f"BEGIN:VEVENT\r\nDTSTART;TZID=GMT Standard Time:{start}\r\nSUMMARY:Inspection\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    part = MIMEText(calendar, "calendar")
    part.set_param("method", method)
    outer.attach(part)
    return outer.as_bytes()
