"""Telling what a machine answered from what a person wrote.

A machine's headers alone never make a message one that nobody reads: help desks send their people's
answers with them. It takes the words of an automatic reply too, and no appointment among them.
"""

import re
from typing import Final

from letters.incoming.reading import phrases
from letters.incoming.reading.phrases import any_of
from letters.incoming.reading.structure import Mail, header, headers

MOST_TEXT: Final = 5_000

_AWAY_SUBJECT = any_of(phrases.AWAY_SUBJECTS, at_start=True)
_AWAY_TEXT = any_of(phrases.AWAY_TEXTS)
_TICKET = any_of(phrases.TICKETS)
_CHALLENGE = any_of(phrases.CHALLENGES)
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NUMBERS = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
_DATE = rf"(\d{{1,2}}(st|nd|rd|th)?( of)? {_MONTH}|{_MONTH} \d{{1,2}}|{_NUMBERS})"
_VISIT = (
    r"(inspect|appointment|survey|visit|attend|engineer|operative|contractor|plumber|repairs? |"
    r"works? (will|is|are))"
)
_APPOINTMENT = re.compile(
    rf"{_VISIT}.{{0,120}}{_DATE}|{_DATE}.{{0,120}}{_VISIT}", re.IGNORECASE | re.DOTALL
)
_ANSWERS = ("x-autoreply", "x-autorespond", "x-autoreply-from", "x-auto-reply", "x-mail-autoreply",
            "x-ms-exchange-inbox-rules-loop", "x-vacation", "x-oof")  # fmt: skip


def answers_by_itself(mail: Mail) -> bool:
    """Whether its headers say that it is an answer that nobody wrote (RFC 3834, and others')."""
    submitted = header(mail, "Auto-Submitted").lower()
    precedence = header(mail, "Precedence").lower()
    suppress = header(mail, "X-Auto-Response-Suppress").lower()
    return (
        submitted.startswith(("auto-replied", "auto-notified"))
        or precedence in ("auto_reply", "auto-reply")
        or any(header(mail, name) for name in _ANSWERS)
        or ("oof" in suppress and submitted.startswith("auto"))
        or "oof" in header(mail, "X-MS-Exchange-Organization-AuthAs").lower()
        or header(mail, "X-MS-Exchange-Generated-Message-Source")
        .lower()
        .startswith("mailbox rules")
    )


def is_sent_by_machine(mail: Mail) -> bool:
    """Whether a program sent it, whoever may have written it."""
    submitted = header(mail, "Auto-Submitted").lower()
    is_bulk = header(mail, "Precedence").lower() in ("bulk", "junk", "list")
    is_automatic = bool(submitted) and not submitted.startswith("no")
    suppress = bool(header(mail, "X-Auto-Response-Suppress"))
    return answers_by_itself(mail) or is_automatic or is_bulk or suppress


def says_away(subject: str) -> bool:
    """Whether the subject is that of an automatic reply."""
    return _AWAY_SUBJECT.search(subject[:200]) is not None


def reads_as_away(text: str) -> bool:
    """Whether the words are those of an automatic reply."""
    return _AWAY_TEXT.search(text[:MOST_TEXT]) is not None


def reads_as_ticket(subject: str, text: str) -> bool:
    """Whether the words are those of an acknowledgement with a number."""
    return _TICKET.search(f"{subject}\n{text[:MOST_TEXT]}") is not None


def asks_to_confirm(subject: str, text: str) -> bool:
    """Whether our message waits until somebody confirms it."""
    return _CHALLENGE.search(f"{subject}\n{text[:MOST_TEXT]}") is not None


def names_a_visit(text: str) -> bool:
    """Whether it speaks of somebody coming, with a date: then a person must read it."""
    return _APPOINTMENT.search(text[:MOST_TEXT]) is not None


def is_junk(mail: Mail) -> bool:
    """Whether the server that took it marked it as unwanted, or it is sent to a list."""
    flagged = header(mail, "X-Spam-Flag").lower() == "yes"
    status = header(mail, "X-Spam-Status").lower().startswith("yes")
    level = header(mail, "X-MS-Exchange-Organization-SCL").strip()
    is_level = level.isdecimal() and int(level[:3]) >= 5
    is_list = bool(headers(mail, "List-Unsubscribe")) or bool(header(mail, "List-Id"))
    return flagged or status or is_level or is_list
