"""The same done with several things of the worklist, each by its own rules and in a transaction of
its own, so that one that cannot be done holds up no other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.cases.errors import CaseError
from letters.cases.models import Case
from letters.desk.actions import assign_case
from letters.desk.errors import DeskError, GoneFromTheList, NotTogether
from letters.drafting.errors import DraftingError
from letters.drafting.stages import Stage
from letters.issuing.errors import IssuingError
from letters.outcomes.queries import happened_in
from letters.tracking import actions as tracking
from letters.tracking.errors import TrackingError
from letters.tracking.models import Commitment, Deadline, Escalation
from letters.tracking.queries import escalations_to_settle, promises_to_settle, worklist

_REFUSALS = (CaseError, DeskError, DraftingError, IssuingError, TrackingError)


class Wanted(StrEnum):
    """What can be done with several things at once."""

    SETTLE = "settle"
    DRAFT = "draft"
    ASSIGN = "assign"


class ThingKind(StrEnum):
    """What can be ticked."""

    STEP = "step"
    PROMISE = "promise"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One line of the worklist."""

    kind: ThingKind
    id: UUID

    @classmethod
    def read(cls, key: str) -> "Thing":
        """From what a tick box sends; ValueError for anything else."""
        kind, _, row_id = key.partition(":")
        return cls(kind=ThingKind(kind), id=UUID(row_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one thing; `refused` says why it was not done, '' where it was."""

    thing: Thing
    case_id: UUID | None
    refused: str


def do_with_each(
    things: Iterable[Thing], *, wanted: Wanted, person: User | None, by: User, at: datetime
) -> tuple[Outcome, ...]:
    """Do it with each, in order; `person` is who is given the cases."""
    require(by, Right.WATCH_DEADLINES)
    return tuple(_one(each, wanted, person, by, at) for each in dict.fromkeys(things))


def _one(thing: Thing, wanted: Wanted, person: User | None, by: User, at: datetime) -> Outcome:
    case_id = None
    try:
        row = _row(thing, by)
        case_id = _case_of(row).pk
        _do(row, wanted, person, by, at)
    except _REFUSALS as refusal:
        return Outcome(thing=thing, case_id=case_id, refused=str(refusal))
    return Outcome(thing=thing, case_id=case_id, refused="")


_Row = Escalation | Commitment | Deadline


def _row(thing: Thing, user: User) -> _Row:
    """As it stands on the person's worklist now."""
    row: _Row | None
    match thing.kind:
        case ThingKind.STEP:
            row = escalations_to_settle(user).filter(pk=thing.id).first()
        case ThingKind.PROMISE:
            row = promises_to_settle(user).filter(pk=thing.id).first()
        case ThingKind.DEADLINE:
            row = worklist(user).filter(pk=thing.id).first()
    if row is None:
        raise GoneFromTheList
    return row


def _case_of(row: _Row) -> Case:
    return row.case if isinstance(row, Commitment) else row.letter.case


def _do(row: _Row, wanted: Wanted, person: User | None, by: User, at: datetime) -> None:
    match wanted:
        case Wanted.SETTLE:
            _settle(row, by, at)
        case Wanted.DRAFT:
            _draft(row, by, at)
        case Wanted.ASSIGN if person is not None:
            assign_case(case=_case_of(row), person=person, by=by, at=at)
        case Wanted.ASSIGN:
            raise NotTogether("Choose who gets the cases")
        case _:
            assert_never(wanted)


def _settle(row: _Row, by: User, at: datetime) -> None:
    match row:
        case Escalation():
            tracking.settle_escalation(escalation=row, by=by, at=at)
        case Commitment():
            tracking.settle_commitment(commitment=row, by=by, at=at)
        case Deadline():
            raise NotTogether("Open the deadline: it is met, put off or closed with its own reason")


def _draft(row: _Row, by: User, at: datetime) -> None:
    """The letter of a missed deadline's next step, unless it waits already."""
    if not isinstance(row, Escalation):
        raise NotTogether("Open the case: a letter is drafted once a deadline was missed")
    if row.step not in list(Stage):
        raise NotTogether("Take this step yourself: it is not a letter")
    if row.next_letter is None:
        case = row.letter.case
        tracking.draft_step(
            case=case,
            stage=Stage(row.step),
            body=None,
            narrative="",
            also=happened_in(case),
            by=by,
            at=at,
        )
