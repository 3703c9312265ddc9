"""The days of appointments in a calendar file (RFC 5545)."""

import re
from datetime import date, datetime
from typing import Final

from letters.law.periods import LONDON

MOST_DATES: Final = 20
MOST_CALENDAR: Final = 200_000
_FOLDED = re.compile(r"\n[ \t]")
_START = re.compile(r"^DTSTART[^:\n]{0,200}:(\d{8})(T\d{6})?(Z)?\s*$", re.MULTILINE)
_METHOD = re.compile(r"^METHOD:([A-Z-]{1,20})\s*$", re.MULTILINE | re.IGNORECASE)


def method_of(calendar: str) -> str:
    """What it asks for: REQUEST, CANCEL, REPLY; '' where it does not say."""
    found = _METHOD.search(calendar[:MOST_CALENDAR])
    return found[1].upper() if found else ""


def dates_in(calendar: str) -> tuple[date, ...]:
    """Each day once, as it is in London; a day that no calendar has is left out."""
    text = _FOLDED.sub("", calendar[:MOST_CALENDAR].replace("\r\n", "\n"))
    events = text[text.find("BEGIN:VEVENT") :] if "BEGIN:VEVENT" in text else text
    found = (_day(match) for match in _START.finditer(events))
    return tuple(dict.fromkeys(day for day in found if day is not None))[:MOST_DATES]


def _day(match: "re.Match[str]") -> date | None:
    day, time, is_utc = match[1], match[2], match[3]
    try:
        if time and is_utc:
            return (
                datetime.strptime(f"{day}{time}+0000", "%Y%m%dT%H%M%S%z").astimezone(LONDON).date()
            )
        return date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except (ValueError, OverflowError):
        return None
