"""What mail servers say of a message that we sent: by RFC 3464, or in words of their own."""

import re
from collections.abc import Iterator
from typing import Final

from letters.incoming.reading import phrases
from letters.incoming.reading.marks import addresses_in, our_ids_in
from letters.incoming.reading.phrases import any_of
from letters.incoming.reading.structure import (
    Mail,
    data_of,
    enclosed,
    header,
    headers,
    leaves,
    param_of,
    parsed,
    type_of,
)
from letters.incoming.reading.values import Report

MOST_TEXT: Final = 20_000
MOST_RECIPIENTS: Final = 50

_REASONS = {
    "5.1.1": "mailbox_unknown",
    "5.1.10": "mailbox_unknown",
    "5.1.6": "mailbox_moved",
    "5.1.2": "domain_unknown",
    "5.4.4": "domain_unknown",
    "5.1.8": "refused_by_policy",
    "5.2.1": "mailbox_closed",
    "5.2.2": "mailbox_full",
    "4.2.2": "mailbox_full",
    "5.2.3": "message_too_large",
    "5.3.4": "message_too_large",
    "5.4.6": "mail_loop",
    "5.4.7": "gave_up_trying",
    "4.4.7": "gave_up_trying",
}
_REASON_WORDS = tuple((any_of(words), reason) for reason, words in phrases.REASONS)
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")

_SENDERS = re.compile(
    r"^(mailer-daemon|postmaster|mail-daemon|mdaemon|mailerdaemon|microsoftexchange\w*|"
    r"noreply-bounces?|bounces?|mailsystem|mmdf)([+.@-]|$)",
    re.IGNORECASE,
)
_FAILED_SUBJECT = any_of(phrases.FAILED_SUBJECTS)
_FAILED_TEXT = any_of(phrases.FAILED_TEXTS)
_DELAY = any_of(phrases.DELAYS)


def report_in(mail: Mail) -> Report | None:
    """What a machine-readable report says, the worst first; None where there is none."""
    reports = [_report_of(fields) for fields in _recipients(mail)]
    order = ("failed", "delayed", "delivered", "relayed", "expanded", "")
    return min(reports, key=lambda each: order.index(each.action), default=None)


def _recipients(mail: Mail) -> Iterator[tuple[Mail, Mail]]:
    """The fields about the message, with those about one recipient after another."""
    for part in leaves(mail):
        if type_of(part) not in ("message/delivery-status", "message/global-delivery-status"):
            continue
        blocks = _blocks(part)
        about = blocks[0] if blocks else part
        found = [
            each for each in blocks if header(each, "Final-Recipient") or header(each, "Action")
        ]
        for fields in found[:MOST_RECIPIENTS]:
            yield about, fields


def _blocks(part: Mail) -> list[Mail]:
    """The parser makes a message of each block; where it could not, the bytes are parted here."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [each for each in payload if not isinstance(each, str)]
    pieces = data_of(part).replace(b"\r\n", b"\n").split(b"\n\n")
    return [parsed(piece + b"\n\n").mail for piece in pieces[:MOST_RECIPIENTS] if piece.strip()]


def _report_of(fields: tuple[Mail, Mail]) -> Report:
    about, recipient = fields
    status, says = header(recipient, "Status"), header(recipient, "Diagnostic-Code")
    said = header(recipient, "Action").partition(" ")[0].lower()
    known = ("failed", "delayed", "delivered", "relayed", "expanded")
    action = said if said in known else _action_by(status)
    reason = "delayed_on_its_way" if action == "delayed" else _reason(status, says)
    return Report(
        action=action,
        reason=reason if action in ("failed", "delayed") else "",
        recipient=_address(header(recipient, "Final-Recipient")),
        original_recipient=_address(header(recipient, "Original-Recipient")),
        envelope_id=header(about, "Original-Envelope-Id")[:200],
    )


def _action_by(status: str) -> str:
    return {"5": "failed", "4": "delayed", "2": "delivered"}.get(status.strip()[:1], "")


def _address(value: str) -> str:
    return next(iter(addresses_in([value.rpartition(";")[2]])), "")


def _reason(status: str, says: str) -> str:
    """By the code if it says enough, else by the words, else by what may be of the code."""
    codes = [".".join(found) for found in _STATUS.findall(f"{status} {says}")]
    by_code = next((_REASONS[code] for code in codes if code in _REASONS), "")
    if by_code:
        return by_code
    by_words = reason_in_words(says)
    if by_words:
        return by_words
    return "refused_by_policy" if any(code[2:4] == "7." for code in codes) else "not_delivered"


def reason_in_words(text: str) -> str:
    """What a server's own words come to, '' for nothing that is known."""
    looked_at = text[:MOST_TEXT]
    return next((reason for words, reason in _REASON_WORDS if words.search(looked_at)), "")


def is_from_a_mail_system(mail: Mail, sender: str) -> bool:
    """Whether it comes from a server and not from a mailbox: as mail that may not be answered."""
    empty_path = header(mail, "Return-Path").replace(" ", "") == "<>"
    return (
        empty_path
        or _SENDERS.match(sender) is not None
        or bool(header(mail, "X-Failed-Recipients"))
    )


def report_in_words(mail: Mail, *, subject: str, text: str) -> Report | None:
    """What a server says in its own words; None where they say nothing of the kind. The caller has
    seen that a server wrote them."""
    said = f"{subject}\n{text[:MOST_TEXT]}"
    if _DELAY.search(said):
        return Report(action="delayed", reason="delayed_on_its_way", recipient=_failed(mail, text))
    if not (_FAILED_SUBJECT.search(subject) or _FAILED_TEXT.search(text[:MOST_TEXT])):
        return None
    codes = [".".join(found) for found in _STATUS.findall(text[:MOST_TEXT])]
    by_code = next((_REASONS[code] for code in codes if code in _REASONS), "")
    reason = by_code or reason_in_words(text) or "not_delivered"
    return Report(action="failed", reason=reason, recipient=_failed(mail, text))


def _failed(mail: Mail, text: str) -> str:
    named = addresses_in(headers(mail, "X-Failed-Recipients"))
    return next(iter(named or addresses_in([text[:MOST_TEXT]])), "")


def reported_ids(mail: Mail, report: Report | None, text: str) -> tuple[str, ...]:
    """The ids of ours in what a report returns of the message it is about."""
    returned = [
        value
        for inner in enclosed(mail)
        for name in ("Message-ID", "Original-Message-ID")
        for value in headers(inner, name)
    ]
    fields = [
        value
        for part in leaves(mail)
        if type_of(part) in ("message/disposition-notification", "message/feedback-report")
        for block in _blocks(part)
        for value in headers(block, "Original-Message-ID")
    ]
    envelope = [f"{report.envelope_id}@"] if report and report.envelope_id else []
    return our_ids_in([*envelope, *returned, *fields, text[:MOST_TEXT]])


def disposition_in(mail: Mail) -> Report | None:
    """What a message disposition notification says (RFC 8098), in small letters; None where it is
    none."""
    for part in leaves(mail):
        if type_of(part) == "message/disposition-notification":
            blocks = [each for each in _blocks(part) if header(each, "Disposition")]
            fields = blocks[0] if blocks else part
            return Report(
                action=header(fields, "Disposition").lower().replace(" ", ""),
                reason="",
                recipient=_address(header(fields, "Final-Recipient")),
                original_recipient=_address(header(fields, "Original-Recipient")),
            )
    return None


def is_feedback(mail: Mail) -> bool:
    """Whether somebody's provider tells that they marked our message as unwanted (RFC 5965)."""
    is_report = param_of(mail, "report-type").lower() == "feedback-report"
    return is_report or any(type_of(part) == "message/feedback-report" for part in leaves(mail))
