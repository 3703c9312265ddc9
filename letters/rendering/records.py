"""What a bundle prints itself, beside the documents it binds in: a page on something that was
recorded, and a page for a photograph. Plain values, so that pages can be asked for without the
press."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from letters.drafting.content import Picture

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`pairs` as ("Sent by", "E-mail"); `said` are somebody's own words, each under a heading;
    `steps` as ("9.30 am on ...", "Accepted by the mail server"); `note` says what the page shows
    and what it does not. `on` is the day that the page is about."""

    heading: str
    on: date
    pairs: Pairs
    said: Pairs = ()
    steps: Pairs = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotographPage:
    """One photograph, large, with what is known of it; `on` dates the page."""

    heading: str
    on: date
    picture: Picture
    pairs: Pairs


def digest_of_record(record: Record) -> str:
    """SHA-256 of everything the page says, in hexadecimal."""
    told = json.dumps(asdict(record), default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
