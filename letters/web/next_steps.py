"""The ladder of a case as its page shows it, and what the page that drafts one letter says."""

from dataclasses import dataclass
from datetime import datetime

from letters.access.models import User
from letters.access.queries import roles_of
from letters.access.roles import Role
from letters.cases.models import Case
from letters.drafting.kinds import LetterKind
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Recipient
from letters.issuing.models import Letter
from letters.law.ladder import Step
from letters.law.periods import LONDON
from letters.tracking.next_steps import (
    KindNow,
    StepNow,
    kinds_now,
    next_steps_of,
    standing_of,
)

# Offered by one click as soon as they can be drafted, and not among the other letters then.
_COPIES = (Stage.PATIENT_COPY, Stage.RECORD_COPY)


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderShown:
    """`emergency` is empty where nothing known calls for it; `reserved` where the person is no
    adviser. `copies` are those that can be drafted now."""

    emergency: tuple[Step, ...]
    steps: tuple[StepNow, ...]
    reserved: tuple[StepNow, ...]
    beside: tuple[KindNow, ...]
    copies: tuple[KindNow, ...]


def ladder_of(case: Case, *, is_urgent: bool, by: User, at: datetime) -> LadderShown:
    """What may come next in the case, for this person."""
    standing = standing_of(case, day=at.astimezone(LONDON).date())
    found = next_steps_of(standing, by=by)
    is_adviser = Role.ADVISER in roles_of(by)
    copies = tuple(each for each in found.beside if each.kind.stage in _COPIES and not each.why_not)
    return LadderShown(
        emergency=found.emergency if is_urgent else (),
        steps=found.steps,
        reserved=found.reserved if is_adviser else (),
        beside=tuple(each for each in found.beside if each not in copies),
        copies=copies,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """What stands in the way of one letter, '' for nothing; the one of its kind that waits; and
    what its step on the ladder says."""

    why_not: str
    waiting: Letter | None
    step: Step | None
    needs_consent: bool


def drafting_of(case: Case, kind: LetterKind, *, by: User, at: datetime) -> Drafting:
    """Whether such a letter can be drafted now."""
    standing = standing_of(case, day=at.astimezone(LONDON).date())
    found = next_steps_of(standing, by=by)
    now = next(each for each in kinds_now(standing, by=by) if each.kind.stage is kind.stage)
    steps = (each.step for each in (*found.steps, *found.reserved))
    is_told = (kind.reader, kind.purpose) in standing.told
    return Drafting(
        why_not=now.why_not,
        waiting=standing.waiting.get(kind.stage),
        step=next((step for step in steps if step.key == kind.stage), None),
        needs_consent=kind.reader is not Recipient.PATIENT and not is_told,
    )
