"""When a letter is taken to have arrived, while nobody knows when it did."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from letters.law import strict_yaml
from letters.law.errors import NaiveMoment
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import LONDON
from letters.law.working_days import WorkingDays

# A day's last second: whoever presumes does not presume too early.
_END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRules:
    """One nation's rules: an e-mail before `email_before` on a working day arrives that day; post
    arrives `post_days` after posting; otherwise on the next working day."""

    jurisdiction: Jurisdiction
    citation: str
    email_before: time
    email_says: str
    post_days: int
    post_says: str

    def of_email(self, sent_at: datetime, calendar: WorkingDays) -> datetime:
        """The moment of sending itself, or the end of the day on which it is taken to arrive."""
        if sent_at.utcoffset() is None:
            raise NaiveMoment("the moment of sending needs a time zone")
        local = sent_at.astimezone(LONDON)
        if calendar.is_working(local.date()) and local.time() < self.email_before:
            return local
        return _end_of(calendar.next_working_day(local.date()))

    def of_post(self, posted_on: date, calendar: WorkingDays) -> datetime:
        """The end of the day on which first-class post is taken to arrive."""
        day = posted_on + timedelta(days=self.post_days)
        return _end_of(day if calendar.is_working(day) else calendar.next_working_day(day))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, _END_OF_DAY, tzinfo=LONDON)


def read_receipt_rules(root: Path, jurisdiction: Jurisdiction) -> ReceiptRules:
    """Read `<root>/<jurisdiction>/receipt.yaml`."""
    entry = strict_yaml.read(root / jurisdiction.value / "receipt.yaml")
    entry.allow(("citation", "verification", "sources", "email", "post"))
    email, post = entry.entry("email"), entry.entry("post")
    email.allow(("before", "says"))
    post.allow(("days", "says"))
    before = email.text("before")
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", before):
        email.refuse("before must be a time of day, like '16:30'", email.line_of("before"))
    return ReceiptRules(
        jurisdiction=jurisdiction,
        citation=entry.text("citation"),
        email_before=time.fromisoformat(before),
        email_says=email.text("says"),
        post_days=post.number("days"),
        post_says=post.text("says"),
    )
