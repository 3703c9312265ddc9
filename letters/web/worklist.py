"""What waits for a person, by clock: what was missed, what did not arrive, what falls due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from letters.access.models import User
from letters.delivery.models import Dispatch
from letters.delivery.queries import to_send, to_settle
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
from letters.tracking.queries import escalations_to_settle, promises_to_settle, worklist
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
    """Each part the most pressing first. `more` counts what did not fit."""

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
    more: int

    @property
    def is_empty(self) -> bool:
        drafts = (self.drafts, self.to_sign, self.to_send)
        waiting = (self.next_steps, self.unsettled, self.held, *drafts)
        came_in = (self.to_read, self.promises, self.waits_in_post)
        deadlines = (self.overdue, self.soon, self.later)
        return self.waiting.is_empty and not any((*waiting, *came_in, *deadlines))


def worklist_of(user: User, *, at: datetime) -> Worklist:
    """The person's worklist at a moment."""
    running = worklist(user)
    deadlines, held = tuple(running[:MOST]), letters_held_for(user)
    held_ids = {each.letter.pk for each in held}
    soon = {nation: _soon(nation, at) for nation in {_nation(each) for each in deadlines}}
    return Worklist(
        next_steps=_next_steps(escalations_to_settle(user)),
        unsettled=tuple(to_settle(user)),
        held=held,
        to_read=tuple(to_read(user)[:MOST]),
        promises=tuple(promises_to_settle(user)[:MOST]),
        waits_in_post=queue_of(user).count(),
        held_files=held_for(user).count(),
        waiting=waiting_for(user),
        drafts=tuple(each for each in drafts_visible_to(user) if each.pk not in held_ids),
        to_sign=tuple(
            (letter, signature_of(letter, user)) for letter in awaiting_second_visible_to(user)
        ),
        to_send=tuple(to_send(user)[:MOST]),
        overdue=tuple(each for each in deadlines if each.due_at < at),
        soon=tuple(each for each in deadlines if at <= each.due_at <= soon[_nation(each)]),
        later=tuple(each for each in deadlines if each.due_at > soon[_nation(each)]),
        more=max(0, running.count() - MOST) if len(deadlines) == MOST else 0,
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
