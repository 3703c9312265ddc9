"""Reads about questions; who may not see the case sees none of them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from letters.access.models import User
from letters.access.queries import teams_of
from letters.access.roles import Role
from letters.cases.models import Case
from letters.cases.queries import visible_to as visible_cases
from letters.cases.questions.models import CaseAnswer, CaseQuestion, Side


def sides_of(user: User, case: Case) -> tuple[Side, ...]:
    """The sides of the case on which the person works; both for who is in both teams."""
    clinic = teams_of(user, Role.CLINICIAN).filter(pk=case.team_id).exists()
    advice = teams_of(user, Role.ADVISER).filter(pk=case.advice_team_id).exists()
    return tuple(side for side, is_in in ((Side.CLINIC, clinic), (Side.ADVICE, advice)) if is_in)


def visible_to(user: User) -> QuerySet[CaseQuestion]:
    """The questions in the cases that the person may see."""
    rows = CaseQuestion.objects.filter(case__in=visible_cases(user))
    return rows.select_related("case__patient", "asked_by")


def questions_of(case: Case) -> QuerySet[CaseQuestion]:
    """Every question in a case with its answers, the earliest first."""
    rows = CaseQuestion.objects.filter(case=case).select_related("asked_by", "settled_by")
    return rows.prefetch_related("answers__given_by")


def answers_in(case: Case) -> QuerySet[CaseAnswer]:
    """Every answer in a case."""
    rows = CaseAnswer.objects.filter(question__case=case)
    return rows.select_related("question", "given_by")


def questions_for(user: User) -> QuerySet[CaseQuestion]:
    """What the person's teams have been asked and nobody has settled, the oldest first."""
    clinic = Q(asked_of=Side.CLINIC, case__team__in=teams_of(user, Role.CLINICIAN))
    advice = Q(asked_of=Side.ADVICE, case__advice_team__in=teams_of(user, Role.ADVISER))
    rows = visible_to(user).filter(clinic | advice, settled_at=None, case__closed_at=None)
    return rows.order_by("asked_at")


def answers_to_read(user: User, *, covered: Collection[UUID] = ()) -> QuerySet[CaseQuestion]:
    """What the person asked, or those they cover for, was answered, and who asked has not read."""
    asked = visible_to(user).filter(asked_by__in=[user.pk, *covered])
    rows = asked.filter(read_at=None, is_dropped=False)
    return rows.filter(settled_at__isnull=False).order_by("settled_at")
