"""The summary an evaluator reads: counts and a median, protected against singling anybody out.

Only cases whose patients agreed to evaluation count. Rule A of outcomes.md §9: a count of 1 to 7 is
withheld, a larger one rounded to the nearest 5, a median over fewer than 8 withheld. The rule's own
wording was not read at its source: unverified.
"""

from dataclasses import dataclass
from statistics import median

from django.db.models import QuerySet

from letters.access.models import Partnership, User
from letters.access.queries import partnerships_with, require
from letters.access.roles import Right
from letters.cases.models import Case, ConsentGrant
from letters.delivery.models import LEFT, Dispatch
from letters.drafting.vocabulary import Purpose, Recipient
from letters.outcomes.models import HealthChange, Response
from letters.outcomes.queries import checked_mends, inspections
from letters.tracking.models import Deadline, DeadlineStatus

_SMALLEST = 8
_ROUND_TO = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What may be shown: None for a number that is withheld."""

    shown: int | None

    @property
    def withheld(self) -> bool:
        return self.shown is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What came of the letters of one partnership. `median_days_to_response` is None when withheld
    or when nothing has been answered."""

    partnership: Partnership
    cases: Count
    letters_sent: Count
    answered: Count
    inspected: Count
    mended_verified: Count
    deadlines_met: Count
    deadlines_missed: Count
    health_better: Count
    health_worse: Count
    median_days_to_response: int | None

    @property
    def median_withheld(self) -> bool:
        return self.median_days_to_response is None and self.answered.shown != 0


def protected(true_count: int) -> Count:
    """0 as it is, 1 to 7 withheld, the rest to the nearest 5."""
    if true_count == 0:
        return Count(shown=0)
    if true_count < _SMALLEST:
        return Count(shown=None)
    return Count(shown=_ROUND_TO * int(true_count / _ROUND_TO + 0.5))


def partnerships_to_measure(user: User) -> QuerySet[Partnership]:
    """The partnerships whose summary the person may read."""
    return partnerships_with(user, Right.READ_SUMMARY).order_by("name")


def summaries_for(user: User) -> tuple[Summary, ...]:
    """The summary of each of them; NotAllowed for a person who may read none."""
    require(user, Right.READ_SUMMARY)
    return tuple(summary_of(partnership) for partnership in partnerships_to_measure(user))


def summary_of(partnership: Partnership) -> Summary:
    """The summary as it stands now."""
    cases = _agreed_to_evaluation(partnership)
    letters = Dispatch.objects.filter(letter__case__in=cases, status__in=LEFT)
    responses = Response.objects.filter(letter__case__in=cases)
    inspected = inspections().filter(letter__case__in=cases)
    deadlines = Deadline.objects.filter(letter__case__in=cases)
    changes = HealthChange.objects.filter(case__in=cases)
    mended = checked_mends().filter(hazard_report__case__in=cases)
    return Summary(
        partnership=partnership,
        cases=protected(cases.count()),
        letters_sent=protected(letters.count()),
        answered=protected(responses.values("letter").distinct().count()),
        inspected=protected(inspected.values("letter").distinct().count()),
        mended_verified=protected(mended.values("hazard_report").distinct().count()),
        deadlines_met=protected(deadlines.filter(status=DeadlineStatus.MET).count()),
        deadlines_missed=protected(deadlines.filter(status=DeadlineStatus.MISSED).count()),
        health_better=protected(_patients(changes, HealthChange.Change.BETTER)),
        health_worse=protected(_patients(changes, HealthChange.Change.WORSE)),
        median_days_to_response=_median_days(letters, responses),
    )


def _agreed_to_evaluation(partnership: Partnership) -> QuerySet[Case]:
    granted = ConsentGrant.objects.filter(
        recipient=Recipient.EVALUATOR,
        purpose=Purpose.EVALUATION,
        withdrawn_at__isnull=True,
        consent__withdrawn_at__isnull=True,
    )
    return Case.objects.filter(
        team__organisation__partnership=partnership, pk__in=granted.values("consent__case")
    )


def _patients(changes: QuerySet[HealthChange], change: HealthChange.Change) -> int:
    return changes.filter(change=change).values("case").distinct().count()


def _median_days(letters: QuerySet[Dispatch], responses: QuerySet[Response]) -> int | None:
    sent = {letter_id: at for letter_id, at in letters.values_list("letter", "sent_at") if at}
    first: dict[object, int] = {}
    for letter_id, received_at in responses.values_list("letter", "received_at"):
        if letter_id in sent:
            first.setdefault(letter_id, max(0, (received_at - sent[letter_id]).days))
    return round(median(first.values())) if len(first) >= _SMALLEST else None
