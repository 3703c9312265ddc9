"""Reads about deadlines: the adviser's worklist by clock."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from letters.access.models import User
from letters.cases.models import Case
from letters.drafting.reminder import Missed
from letters.issuing.models import Letter
from letters.issuing.queries import visible_to as visible_letters
from letters.law.periods import LONDON, Basis
from letters.tracking.models import (
    ClockStart,
    Deadline,
    DeadlineChange,
    DeadlineStatus,
    Escalation,
)

_RUNNING = (DeadlineStatus.OPEN, DeadlineStatus.PAUSED)


def visible_to(user: User) -> QuerySet[Deadline]:
    """The deadlines of letters the person may see."""
    return Deadline.objects.filter(letter__in=visible_letters(user)).select_related(
        "letter__case__tenancy__home", "letter__case__patient", "hazard_report", "start"
    )


def worklist(user: User) -> QuerySet[Deadline]:
    """Everything that runs, the first due first."""
    return visible_to(user).filter(status__in=_RUNNING).order_by("due_at", "requires")


def due_within(user: User, *, at: datetime, days: int) -> QuerySet[Deadline]:
    """What falls due in the next days."""
    return worklist(user).filter(due_at__lte=at + timedelta(days=days))


def escalations_to_settle(user: User) -> QuerySet[Escalation]:
    """Next steps that wait for a person, the oldest first."""
    return (
        Escalation.objects.filter(letter__in=visible_letters(user), settled_at__isnull=True)
        .select_related("letter__case__patient", "deadline__hazard_report", "next_letter")
        .order_by("made_at")
    )


def deadlines_of(case: Case) -> QuerySet[Deadline]:
    """Every deadline of a case, running ones first."""
    return (
        Deadline.objects.filter(letter__case=case)
        .select_related("letter", "hazard_report", "start")
        .order_by("ended_at", "due_at")
    )


def running(letter: Letter) -> QuerySet[Deadline]:
    return Deadline.objects.filter(letter=letter, status__in=_RUNNING)


def current_starts(letter: Letter) -> QuerySet[ClockStart]:
    """The start events that count now."""
    return ClockStart.objects.filter(letter=letter, superseded_at__isnull=True)


def missed_of(letter: Letter) -> tuple[Missed, ...]:
    """What a reminder says has passed, each date once, the earliest first."""
    rows = Deadline.objects.filter(Q(letter=letter), status=DeadlineStatus.MISSED).order_by(
        "due_at"
    )
    missed = (
        Missed(requires=row.requires, due_on=_day(row.due_at), basis=Basis(row.basis))
        for row in rows
    )
    return tuple(dict.fromkeys(missed))


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def changes_of(deadline: Deadline) -> QuerySet[DeadlineChange]:
    """What was done to a deadline, the earliest first."""
    return DeadlineChange.objects.filter(deadline=deadline)
