"""What waits for a person, by clock: what was missed, what did not arrive, what falls due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from letters.access.models import User
from letters.delivery.models import Dispatch
from letters.delivery.queries import to_send, to_settle
from letters.desk.models import Cover
from letters.desk.queries import covers_by
from letters.drafting.stages import Stage
from letters.incoming.models import MessageLink
from letters.incoming.queries import held_for, queue_of, to_read
from letters.issuing.models import Letter
from letters.issuing.queries import awaiting_second_visible_to, drafts_visible_to
from letters.issuing.sources import wording
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import LONDON
from letters.law.working_days import WorkingDays
from letters.tracking.models import Commitment, Deadline, Escalation
from letters.tracking.queries import (
    due_within,
    escalations_to_settle,
    promises_to_settle,
    worklist,
)
from letters.web.chosen import EVERYTHING, Chosen, Part
from letters.web.desk import whose_are
from letters.web.reading import Signature, signature_of
from letters.web.safety import Held, letters_held_for
from letters.web.waiting import Waiting, waiting_for

SOON_WORKING_DAYS = 3
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A missed deadline and what the ladder says comes next."""

    escalation: Escalation
    says: str
    is_letter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """Each part the most pressing first. `more` says that not every deadline fitted: how many did
    not would take longer to count than the rest to show."""

    next_steps: tuple[NextStep, ...]
    unsettled: tuple[Dispatch, ...]
    held: tuple[Held, ...]
    to_read: tuple[MessageLink, ...]
    promises: tuple[Commitment, ...]
    waits_in_post: int
    held_files: int
    waiting: Waiting
    drafts: tuple[Letter, ...]
    to_sign: tuple[tuple[Letter, Signature], ...]
    to_send: tuple[Letter, ...]
    overdue: tuple[Deadline, ...]
    soon: tuple[Deadline, ...]
    later: tuple[Deadline, ...]
    more: bool
    covers: tuple[Cover, ...]  # of today, by the person themselves
    whose: Mapping[UUID, str]  # by case: who works on it, in words; not in it where nobody does

    @property
    def is_empty(self) -> bool:
        drafts = (self.drafts, self.to_sign, self.to_send)
        waiting = (self.next_steps, self.unsettled, self.held, *drafts)
        came_in = (self.to_read, self.promises, self.waits_in_post)
        deadlines = (self.overdue, self.soon, self.later)
        return self.waiting.is_empty and not any((*waiting, *came_in, *deadlines))

    @property
    def case_ids(self) -> frozenset[UUID]:
        """The cases that anything here is about."""
        letters = (
            *(each.escalation.letter for each in self.next_steps),
            *(dispatch.letter for dispatch in self.unsettled),
            *(held.letter for held in self.held),
            *(each.letter for each in (*self.overdue, *self.soon, *self.later)),
            *(letter for letter, _ in self.to_sign),
            *self.drafts,
            *self.to_send,
        )
        others = (*self.to_read, *self.promises, *self.waiting.rows)
        return frozenset(each.case_id for each in (*letters, *others))


def worklist_of(user: User, *, at: datetime, chosen: Chosen = EVERYTHING) -> Worklist:
    """The person's worklist at a moment, as far as they chose to see it."""
    deadlines, held = tuple(_running(user, chosen, at)[: MOST + 1]), letters_held_for(user)
    more, deadlines = len(deadlines) > MOST, deadlines[:MOST]
    covers = tuple(covers_by(user, day=at.astimezone(LONDON).date()))
    held_ids = {each.letter.pk for each in held}
    soon = {nation: _soon(nation, at) for nation in {_nation(each) for each in deadlines}}
    work = Worklist(
        next_steps=_next_steps(chosen.of(escalations_to_settle(user), Part.NEXT, **_BY_LETTER)),
        unsettled=tuple(chosen.of(to_settle(user), Part.UNSETTLED, **_BY_LETTER)),
        held=_held(held, chosen),
        to_read=tuple(chosen.of(to_read(user), Part.REPLIES)[:MOST]),
        promises=tuple(chosen.of(promises_to_settle(user), Part.PROMISES)[:MOST]),
        waits_in_post=queue_of(user).count(),
        held_files=held_for(user).count(),
        waiting=waiting_for(user, chosen, covered=[cover.person_id for cover in covers]),
        drafts=tuple(
            each for each in _letters(drafts_visible_to(user), chosen) if each.pk not in held_ids
        ),
        to_sign=tuple(
            (letter, signature_of(letter, user))
            for letter in _letters(awaiting_second_visible_to(user), chosen)
        ),
        to_send=tuple(_letters(to_send(user), chosen)[:MOST]),
        overdue=tuple(each for each in deadlines if each.due_at < at),
        soon=tuple(each for each in deadlines if at <= each.due_at <= soon[_nation(each)]),
        later=tuple(each for each in deadlines if each.due_at > soon[_nation(each)]),
        more=more,
        covers=covers,
        whose={},
    )
    return replace(work, whose=whose_are(work.case_ids, user, covers))


# Where a row is about a letter, and the letter about a case.
_BY_LETTER: Final[Mapping[str, str]] = {"case": "letter__case", "letter": "letter__"}


def _running(user: User, chosen: Chosen, at: datetime) -> QuerySet[Deadline]:
    rows = worklist(user)
    if chosen.within is not None:
        rows = due_within(user, at=at, days=chosen.within)
    return chosen.of(rows, Part.DEADLINES, **_BY_LETTER)


def _letters(rows: QuerySet[Letter], chosen: Chosen) -> QuerySet[Letter]:
    return chosen.of(rows, Part.LETTERS, letter="")


def _held(held: tuple[Held, ...], chosen: Chosen) -> tuple[Held, ...]:
    """What holds a letter is encrypted, so that these are no rows to choose from."""
    if chosen == EVERYTHING:
        return held
    if not chosen.leaves(Part.HELD):
        return ()
    cases = None if chosen.cases is None else set(chosen.cases.values_list("pk", flat=True))
    return tuple(
        each
        for each in held
        if (cases is None or each.letter.case_id in cases)
        and chosen.stage in (None, each.letter.stage)
    )


def _nation(deadline: Deadline) -> Jurisdiction:
    return Jurisdiction(deadline.letter.case.tenancy.home.jurisdiction)


def _soon(nation: Jurisdiction, at: datetime) -> datetime:
    """The end of the third working day from now."""
    calendar, day = WorkingDays.of(nation), at.astimezone(LONDON).date()
    counted = 0
    while counted < SOON_WORKING_DAYS:
        day += timedelta(days=1)
        counted += calendar.is_working(day)
    return _end_of(day)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=LONDON)


def _next_steps(escalations: Iterable[Escalation]) -> tuple[NextStep, ...]:
    return tuple(
        NextStep(escalation=each, says=_says(each), is_letter=each.step in list(Stage))
        for each in escalations
    )


def _says(escalation: Escalation) -> str:
    facts = escalation.letter.case_facts
    steps = wording(facts.jurisdiction).ladder.steps(facts.tenure)
    return next((step.says for step in steps if step.key == escalation.step), escalation.step)
