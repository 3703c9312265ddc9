"""Reading one message: what it is, what it says, what it belongs to. Whatever the bytes are, it
answers; what it cannot tell is left for a person."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from letters.incoming.reading import automatic, bounces, calendars, fresh, marks, structure
from letters.incoming.reading.decoding import FAULTS, LONGEST_HEADER
from letters.incoming.reading.html import text_from_html
from letters.incoming.reading.structure import Mail
from letters.incoming.reading.values import Incoming, Kind, Marks, Part, Report, Sign

MOST_TEXT: Final = 200_000
MOST_INSIDE: Final = 20_000  # of an enclosed message, to look for what ties it to a case
LONGEST_SUBJECT: Final = 300

_TO = (
    *("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"),
    *("X-Delivered-To", "X-Rcpt-To", "X-Forwarded-To", "Resent-To", "Resent-Cc", "Apparently-To"),
)
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_ACTIONS = {
    "failed": Kind.BOUNCE,
    "delayed": Kind.DELAYED,
    "delivered": Kind.DELIVERED,
    "relayed": Kind.DELIVERED,
    "expanded": Kind.DELIVERED,
}


def read(raw: bytes) -> Incoming:
    """The message in plain values."""
    found = structure.parsed(raw)
    mail = found.mail
    text, from_html = _text(mail)
    whole = text[:MOST_TEXT]
    new = fresh.fresh_in(whole)
    sender = next(iter(marks.addresses_in(structure.headers(mail, "From"))), "")
    subject = structure.header(mail, "Subject")[:LONGEST_SUBJECT]
    parts, has_more = _parts(mail)
    report = _report(mail, sender=sender, subject=subject, text=whole)
    disposition = bounces.disposition_in(mail)
    invited = _calendar(mail)
    kind = _kind(
        mail,
        subject=subject,
        text=whole,
        fresh_text=new,
        report=report,
        disposition=disposition,
        method=calendars.method_of(invited) if invited else "",
        is_empty=not whole.strip() and not parts,
        is_whole=found.is_whole,
    )
    return Incoming(
        kind=kind,
        marks=_marks(mail, subject=subject, text=whole, fresh_text=new, report=report),
        sender=sender[:320],
        sender_name=_name(mail),
        subject=subject,
        sent_at=_sent_at(mail),
        text=whole,
        fresh=new,
        parts=parts,
        report=report or disposition,
        was_displayed=disposition is not None and _was_displayed(disposition.action),
        dates=calendars.dates_in(invited),
        signs=_signs(mail, kind, invited, {
            Sign.HTML_ONLY: from_html,
            Sign.TOO_MANY_PARTS: has_more,
            Sign.CUT_SHORT: len(text) > MOST_TEXT,
            Sign.NOT_QUITE_READ: not found.is_whole or structure.is_too_deep(mail),
            Sign.FORWARDED: fresh.is_forward(whole) or any(True for _ in structure.enclosed(mail)),
            Sign.WINMAIL: any(each.name.lower() == "winmail.dat" for each in parts),
        }),
    )  # fmt: skip


def _text(mail: Mail) -> tuple[str, bool]:
    """All that it says, and whether that was found in HTML alone."""
    plain: list[str] = []
    html: list[str] = []
    for part in structure.leaves(mail):
        if structure.is_attached(part) or len(plain) + len(html) == structure.MOST_PARTS:
            continue
        kind = structure.type_of(part)
        if kind.startswith("multipart/"):
            continue  # too deep to be taken apart
        (html if kind == "text/html" else plain).append(structure.words_of(part))
    said = "\n\n".join(each for each in plain if each.strip())
    if said.strip():
        return said, False
    from_html = "\n\n".join(text_from_html(each) for each in html)
    return from_html, bool(from_html)


def _parts(mail: Mail) -> tuple[tuple[Part, ...], bool]:
    """What is attached, and whether there is more than is listed."""
    found: list[Part] = []
    for part in structure.leaves(mail):
        kind = structure.type_of(part)
        if not structure.is_attached(part) or kind in _MACHINE_PARTS:
            continue
        if len(found) == structure.MOST_PARTS:
            return tuple(found), True
        name = structure.name_of(part, len(found) + 1)
        if data := structure.data_of(part):
            found.append(Part(name=name, media_type=kind[:100], data=data))
    return tuple(found), False


_MACHINE_PARTS = (
    *("message/delivery-status", "message/global-delivery-status"),
    *("message/disposition-notification", "message/feedback-report", "text/rfc822-headers"),
    *("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"),
)


def _calendar(mail: Mail) -> str:
    for part in structure.leaves(mail):
        if structure.type_of(part) == "text/calendar":
            return structure.words_of(part)
    return ""


def _report(mail: Mail, *, sender: str, subject: str, text: str) -> Report | None:
    found = bounces.report_in(mail)
    if found is not None and found.action:
        return found
    if bounces.disposition_in(mail) is not None or bounces.is_feedback(mail):
        return None
    if automatic.says_away(subject) or not bounces.is_from_a_mail_system(mail, sender):
        return None
    return bounces.report_in_words(mail, subject=subject, text=text)


def _kind(
    mail: Mail,
    *,
    subject: str,
    text: str,
    fresh_text: str,
    report: Report | None,
    disposition: Report | None,
    method: str,
    is_empty: bool,
    is_whole: bool,
) -> Kind:
    """The first that fits; whatever fits nothing was written by a person."""
    if report is not None:
        return _ACTIONS.get(report.action, Kind.BOUNCE)
    fits = (
        (Kind.READ_RECEIPT, disposition is not None),
        (Kind.COMPLAINT, bounces.is_feedback(mail)),
        (Kind.SEALED, _is_sealed(mail, text)),
        (Kind.ECHO, bool(_own_id(mail))),
        (Kind.INVITATION, method in ("REQUEST", "CANCEL", "PUBLISH")),
        (Kind.BROKEN, not is_whole),
        (Kind.EMPTY, is_empty),
    )
    for kind, is_so in fits:
        if is_so:
            return kind
    return _by_words(mail, subject=subject, said=fresh_text or text)


def _by_words(mail: Mail, *, subject: str, said: str) -> Kind:
    """An automatic reply by its headers and its words; else whoever wrote it is a person."""
    is_machine = automatic.is_sent_by_machine(mail)
    if is_machine and automatic.asks_to_confirm(subject, said):
        return Kind.CHALLENGE
    if not automatic.names_a_visit(said):
        is_answer = automatic.answers_by_itself(mail)
        is_ticket = automatic.reads_as_ticket(subject, said)
        is_away = automatic.says_away(subject) or automatic.reads_as_away(said)
        if is_ticket and not automatic.says_away(subject) and is_machine:
            return Kind.TICKET
        if (is_answer and not is_ticket) or (is_machine and is_away):
            return Kind.AUTO_REPLY
        if automatic.says_away(subject) and automatic.reads_as_away(said):
            return Kind.AUTO_REPLY
    return Kind.JUNK if automatic.is_junk(mail) else Kind.REPLY


def _is_sealed(mail: Mail, text: str) -> bool:
    kinds = {structure.type_of(mail), *(structure.type_of(part) for part in structure.leaves(mail))}
    inside = "-----BEGIN PGP MESSAGE-----" in text
    return inside or not kinds.isdisjoint(_SEALED)


def _own_id(mail: Mail) -> tuple[str, ...]:
    return marks.our_ids_in(structure.headers(mail, "Message-ID"))


def _was_displayed(disposition: str) -> bool:
    """Only where it says that somebody was shown it: not deleted, not by a rule."""
    mode, _, what = disposition.partition(";")
    return mode.startswith("manual-action") and what.partition("/")[0] == "displayed"


def _marks(mail: Mail, *, subject: str, text: str, fresh_text: str, report: Report | None) -> Marks:
    to = [value for name in _TO for value in structure.headers(mail, name)]
    written, quoted = [subject, fresh_text], [fresh.quoted_in(text, fresh_text), *_inside(mail)]
    said = (*marks.tokens_in(written), *marks.references_in(written))
    return Marks(
        tokens=marks.tokens_in(to),
        replied_to=marks.our_ids_in(structure.headers(mail, "In-Reply-To")),
        thread=marks.our_ids_in(structure.headers(mail, "References")),
        reported=bounces.reported_ids(mail, report, text) or _own_id(mail),
        said=said,
        quoted=(*marks.tokens_in(quoted), *marks.references_in(quoted)),
    )


def _inside(mail: Mail) -> list[str]:
    """What enclosed messages say of themselves and of a case."""
    found: list[str] = []
    for inner in structure.enclosed(mail):
        names = ("To", "Cc", "Reply-To", "From", "Subject")
        found += [value for name in names for value in structure.headers(inner, name)]
        found.append(_text(inner)[0][:MOST_INSIDE])
    return found


def _name(mail: Mail) -> str:
    said = structure.header(mail, "From")[:LONGEST_HEADER]
    return said.partition("<")[0].strip(" \"'")[:200] if "<" in said else ""


def _sent_at(mail: Mail) -> datetime | None:
    """When it says it was sent; None where that is no moment."""
    try:
        said = parsedate_to_datetime(structure.header(mail, "Date")[:100])
    except FAULTS:
        return None
    try:
        return said.astimezone() if said.tzinfo else None
    except (OverflowError, ValueError):
        return None


def _signs(mail: Mail, kind: Kind, calendar: str, known: dict[Sign, bool]) -> tuple[Sign, ...]:
    machine = kind is Kind.REPLY and automatic.is_sent_by_machine(mail)
    cancelled = calendars.method_of(calendar) == "CANCEL"
    found = known | {Sign.SENT_BY_MACHINE: machine, Sign.CANCELLED: cancelled}
    return tuple(sign for sign, is_so in found.items() if is_so)
