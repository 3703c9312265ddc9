"""Whose work it is, as the worklist, the case and the page of a team say it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from letters.access.models import User
from letters.cases.models import Case
from letters.cases.queries import visible_to
from letters.desk.models import Cover
from letters.desk.queries import (
    assignees_of,
    case_counts,
    cases_of_nobody,
    colleagues_of,
    covers_from,
)
from letters.desk.several import Outcome
from letters.law.periods import LONDON
from letters.tracking.queries import escalations_to_settle, worklist


def whose_are(case_ids: Iterable[UUID], user: User, covers: Iterable[Cover]) -> Mapping[UUID, str]:
    """By case: who works on it, in words; `covers` are those of the person who reads them."""
    covered = {cover.person_id for cover in covers}
    people = assignees_of(case_ids)
    return {case_id: _words(person, user, covered) for case_id, person in people.items()}


def _words(person: User, user: User, covered: set[UUID]) -> str:
    if person.pk == user.pk:
        return "Yours"
    return f"{'Covering for' if person.pk in covered else 'With'} {person.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one adviser has; `person` is None for what is nobody's."""

    person: User | None
    cases: int
    steps: int
    overdue: int
    covers: tuple[Cover, ...]


def loads_of(user: User, *, at: datetime) -> tuple[Load, ...]:
    """The person's colleagues by name, and last what is nobody's; counted over the cases that the
    person may see."""
    cases = case_counts(user)
    steps = list(escalations_to_settle(user).values_list("letter__case_id", flat=True))
    late = list(worklist(user).filter(due_at__lt=at).values_list("letter__case_id", flat=True))
    people = assignees_of({*steps, *late})
    steps_by, late_by = (
        Counter(people[each].pk if each in people else None for each in found)
        for found in (steps, late)
    )
    covers = tuple(covers_from(user, day=at.astimezone(LONDON).date()))
    each_of_them = tuple(
        Load(
            person=person,
            cases=cases.get(person.pk, 0),
            steps=steps_by[person.pk],
            overdue=late_by[person.pk],
            covers=tuple(cover for cover in covers if cover.person_id == person.pk),
        )
        for person in colleagues_of(user)
    )
    nobodys = Load(
        person=None,
        cases=cases_of_nobody(user).count(),
        steps=steps_by[None],
        overdue=late_by[None],
        covers=(),
    )
    return (*each_of_them, nobodys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one of several things, with its case where the person may see it."""

    case: Case | None
    refused: str


def kept_outcomes(outcomes: Iterable[Outcome]) -> list[list[str]]:
    """As a session keeps them: ids, and refusals, which name nobody."""
    return [[str(each.case_id or ""), each.refused] for each in outcomes]


def outcomes_kept(kept: Iterable[Iterable[str]], user: User) -> tuple[Done, ...]:
    """What a session kept, with cases as the person may see them now."""
    pairs = [tuple(each) for each in kept]
    cases = visible_to(user).in_bulk([UUID(case_id) for case_id, _ in pairs if case_id])
    return tuple(
        Done(case=cases.get(UUID(case_id)) if case_id else None, refused=refused)
        for case_id, refused in pairs
    )
