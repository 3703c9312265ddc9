"""What every recording refuses: a closed case, and a day that has not come."""

from datetime import date, datetime

from letters.cases.errors import (
    CaseClosed,
    DateInTheFuture,
)
from letters.cases.models import (
    Case,
)
from letters.law.periods import LONDON


def refuse_closed(case: Case) -> None:
    """CaseClosed: nothing is added to what has ended."""
    if case.closed_at is not None:
        raise CaseClosed


def refuse_future(at: datetime, **days: date | None) -> None:
    """DateInTheFuture for the first of the named days that comes after `at`, in London."""
    today = at.astimezone(LONDON).date()
    for field, day in days.items():
        if day is not None and day > today:
            raise DateInTheFuture(field)
