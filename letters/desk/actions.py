"""Giving a case to an adviser, arranging cover, and keeping a list."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_closed
from letters.cases.models import Case
from letters.desk.errors import (
    CoveredAlready,
    CoverEndsTooSoon,
    ListNameMissing,
    NotColleagues,
    NotInTheTeam,
    TooManyLists,
)
from letters.desk.models import Assignment, Cover, KeptList
from letters.desk.queries import advisers_of, colleagues_of, lists_of
from letters.law.periods import LONDON

MOST_LISTS: Final = 20


@transaction.atomic
def assign_case(*, case: Case, person: User, by: User, at: datetime) -> Assignment:
    """Give the case to an adviser of its advice team, in place of whoever had it; to give it to
    the same person again changes nothing."""
    locked = _locked(case, by=by)
    if not advisers_of(locked.advice_team).filter(pk=person.pk).exists():
        raise NotInTheTeam
    there = _given(locked)
    if there is not None and there.person_id == person.pk:
        return there
    _end(there, at)
    given = Assignment.objects.create(case=locked, person=person, assigned_by=by, assigned_at=at)
    record("assign_case", given, by=by, case=locked.pk, person=person.pk)
    return given


@transaction.atomic
def release_case(*, case: Case, by: User, at: datetime) -> None:
    """Nobody in particular works on it any more; a second time changes nothing."""
    locked = _locked(case, by=by)
    there = _given(locked)
    if there is not None:
        _end(there, at)
        record("release_case", there, by=by, case=locked.pk, person=there.person_id)


def _locked(case: Case, *, by: User) -> Case:
    require(by, Right.WATCH_DEADLINES)
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    refuse_closed(locked)
    return locked


def _given(case: Case) -> Assignment | None:
    """The last one, were it of somebody who has left the team."""
    return Assignment.objects.filter(case=case, ended_at=None).first()


def _end(assignment: Assignment | None, at: datetime) -> None:
    if assignment is not None:
        assignment.ended_at = at
        assignment.save(update_fields=["ended_at"])


@transaction.atomic
def arrange_cover(
    *,
    person: User,
    covered_by: User,
    first_day: date,
    last_day: date,
    by: User,
    at: datetime,
) -> Cover:
    """A colleague stands in for somebody of the same team; whoever falls ill need not arrange it
    themselves. The same again is the same."""
    require(by, Right.WATCH_DEADLINES)
    if not colleagues_of(by).filter(pk=person.pk).exists() or person.pk == covered_by.pk:
        raise NotColleagues
    if not colleagues_of(person).filter(pk=covered_by.pk).exists():
        raise NotColleagues
    if last_day < max(first_day, at.astimezone(LONDON).date()):
        raise CoverEndsTooSoon
    User.objects.select_for_update().get(pk=person.pk)  # two who arrange wait for each other
    there = Cover.objects.filter(person=person, ended_at=None)
    days = {"first_day": first_day, "last_day": last_day}
    if same := there.filter(covered_by=covered_by, **days).first():
        return same
    if there.filter(first_day__lte=last_day, last_day__gte=first_day).exists():
        raise CoveredAlready
    cover = Cover.objects.create(
        person=person, covered_by=covered_by, arranged_by=by, arranged_at=at, **days
    )
    record("arrange_cover", cover, by=by, person=person.pk, covered_by=covered_by.pk)
    return cover


@transaction.atomic
def end_cover(*, cover: Cover, by: User, at: datetime) -> None:
    """They are back, or somebody else will; a second time changes nothing."""
    require(by, Right.WATCH_DEADLINES)
    if Cover.objects.filter(pk=cover.pk, ended_at=None).update(ended_at=at):
        record("end_cover", cover, by=by)


@transaction.atomic
def keep_list(*, name: str, chosen: Mapping[str, str], by: User, at: datetime) -> KeptList:
    """Keep what is chosen under a name; a list of that name is replaced."""
    require(by, Right.DRAFT_LETTER)
    User.objects.select_for_update().get(pk=by.pk)  # two clicks wait for each other
    called = " ".join(name.split())
    if not called:
        raise ListNameMissing
    kept = tuple(lists_of(by))
    there = next((each for each in kept if each.name.casefold() == called.casefold()), None)
    if there is None and len(kept) >= MOST_LISTS:
        raise TooManyLists(MOST_LISTS)
    row = there or KeptList(owner=by)
    row.name, row.chosen, row.kept_at = called, dict(chosen), at
    row.save()
    record("keep_list", row, by=by)
    return row


@transaction.atomic
def remove_list(*, kept: KeptList, by: User) -> None:
    """It is not needed any more."""
    require(by, Right.DRAFT_LETTER)
    record("remove_list", kept, by=by)
    kept.delete()
