"""Reads about who works on what; nothing here lets anybody see a case that they could not."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from letters.access.models import Membership, Team, User
from letters.access.queries import teams_of
from letters.access.roles import Role
from letters.cases.models import Case
from letters.cases.queries import visible_to as visible_cases
from letters.desk.models import Assignment, Cover, KeptList


def advisers_of(team: Team) -> QuerySet[User]:
    """The advisers of a team who can sign in, by name."""
    members = Membership.objects.filter(team=team, role=Role.ADVISER).values("user")
    return User.objects.filter(pk__in=members, is_active=True).order_by("name", "pk")


def colleagues_of(user: User) -> QuerySet[User]:
    """The advisers of the person's advice teams, themselves among them."""
    teams = teams_of(user, Role.ADVISER)
    members = Membership.objects.filter(team__in=teams, role=Role.ADVISER).values("user")
    return User.objects.filter(pk__in=members, is_active=True).order_by("name", "pk")


def given_now() -> QuerySet[Assignment]:
    """Who works on what. The case of somebody who has left its team is nobody's, so that it is
    not forgotten with them."""
    still_there = Membership.objects.filter(
        user=OuterRef("person"),
        team=OuterRef("case__advice_team"),
        role=Role.ADVISER,
        user__is_active=True,
    )
    return Assignment.objects.filter(Exists(still_there), ended_at=None)


def assignment_of(case: Case) -> Assignment | None:
    """Who works on the case now; None for nobody."""
    return given_now().filter(case=case).select_related("person").first()


def assignees_of(case_ids: Iterable[UUID]) -> Mapping[UUID, User]:
    """Who works on each of these cases; a case that is nobody's is not in it."""
    rows = given_now().filter(case__in=list(case_ids)).select_related("person")
    return {row.case_id: row.person for row in rows}


def covers_among_colleagues_of(user: User) -> QuerySet[Cover]:
    """All that was ever arranged among the person's colleagues of today."""
    colleagues = colleagues_of(user).order_by()
    rows = Cover.objects.filter(person__in=colleagues, covered_by__in=colleagues)
    return rows.select_related("person", "covered_by")


def covers_from(user: User, *, day: date) -> QuerySet[Cover]:
    """What of it has not passed on that day, and was not ended."""
    return covers_among_colleagues_of(user).filter(ended_at=None, last_day__gte=day)


def covers_by(user: User, *, day: date) -> QuerySet[Cover]:
    """For whom the person stands in on that day: colleagues of a team that both are in still."""
    return covers_from(user, day=day).filter(covered_by=user, first_day__lte=day)


def cases_of(user: User, people: Iterable[UUID]) -> QuerySet[Case]:
    """The cases of these people, as far as the person who asks may see them."""
    theirs = given_now().filter(person__in=list(people))
    return visible_cases(user).filter(pk__in=theirs.values("case"))


def cases_of_nobody(user: User) -> QuerySet[Case]:
    """The open cases that the person may see and nobody has been given."""
    rows = visible_cases(user).filter(closed_at=None)
    return rows.exclude(pk__in=given_now().values("case"))


def case_counts(user: User) -> Mapping[UUID, int]:
    """By person: how many open cases of those that the one who asks may see are theirs."""
    rows = given_now().filter(case__in=visible_cases(user).filter(closed_at=None))
    counted = rows.values("person").annotate(number=Count("pk"))
    return dict(counted.values_list("person", "number"))


def lists_of(owner: User) -> QuerySet[KeptList]:
    """The lists that the person keeps; nobody else sees them."""
    return KeptList.objects.filter(owner=owner)
