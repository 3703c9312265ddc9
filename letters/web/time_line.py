"""The clocks of a case, deadlines and promises, each with its place on a line of days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from letters.cases.models import Case
from letters.drafting.phrases import counted, short_day
from letters.issuing.sources import library
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import LONDON
from letters.law.provision import Provision
from letters.tracking.models import Commitment, CommitmentStatus, Deadline, DeadlineStatus

# Room at either end of the line for half a shape, in hundredths of its width.
_EDGE = 3.0


class Shape(StrEnum):
    """What is drawn at the end of a span; beside it stands the state in words."""

    RUNS = "runs"
    PAUSED = "paused"
    DONE = "done"
    MISSED = "missed"
    OFF = "off"


# A deadline and a promise that run, or were missed, have the same word for it.
_SHAPES: dict[str, Shape] = {
    DeadlineStatus.OPEN: Shape.RUNS,
    DeadlineStatus.PAUSED: Shape.PAUSED,
    DeadlineStatus.MET: Shape.DONE,
    CommitmentStatus.KEPT: Shape.DONE,
    DeadlineStatus.MISSED: Shape.MISSED,
    DeadlineStatus.CLOSED: Shape.OFF,
    CommitmentStatus.WITHDRAWN: Shape.OFF,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A deadline, with the provision that sets it, or a promise, from its start to its day. `left`
    is how long there still is, how long it has been over, or when it ended."""

    deadline: Deadline | None
    provision: Provision | None
    commitment: Commitment | None
    started_on: date
    due_on: date
    state: str
    shape: Shape
    left: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """The clocks of a case by the day they are due, and the first and last day of the line."""

    spans: tuple[Span, ...]
    today: date
    first: date
    last: date

    def place(self, day: date) -> float:
        """Where a day stands, in hundredths of the width."""
        days = max((self.last - self.first).days, 1)
        return round(_EDGE + (100 - 2 * _EDGE) * (day - self.first).days / days, 2)

    def anchor(self, day: date) -> str:
        """To which side words at a day run, so that none leave a narrow screen."""
        place = self.place(day)
        return "start" if place < 34 else "end" if place > 66 else "middle"


def time_line_of(
    case: Case,
    deadlines: Iterable[Deadline],
    commitments: Iterable[Commitment],
    *,
    at: datetime,
) -> TimeLine:
    """The clocks of one case as they stand at a moment."""
    nation = Jurisdiction(case.tenancy.home.jurisdiction)
    spans = sorted(
        (
            *(_of_deadline(each, nation, at) for each in deadlines),
            *(_of_commitment(each, at) for each in commitments),
        ),
        key=lambda span: (span.due_on, span.started_on),
    )
    today = _day(at)
    days = [today, *(day for each in spans for day in (each.started_on, each.due_on))]
    return TimeLine(spans=tuple(spans), today=today, first=min(days), last=max(days))


def _of_deadline(deadline: Deadline, nation: Jurisdiction, at: datetime) -> Span:
    due_on = _day(deadline.due_at)
    is_over = deadline.due_at < at
    return Span(
        deadline=deadline,
        provision=library().provision(nation, deadline.provision_id),
        commitment=None,
        started_on=_day(deadline.start.at),
        due_on=due_on,
        state=deadline.get_status_display(),
        shape=_SHAPES[deadline.status],
        left=_stands_still(deadline) or _left(deadline, due_on, at, is_over=is_over),
    )


def _of_commitment(commitment: Commitment, at: datetime) -> Span:
    due_on = commitment.promised_for
    return Span(
        deadline=None,
        provision=None,
        commitment=commitment,
        started_on=_day(commitment.recorded_at),
        due_on=due_on,
        state=commitment.get_status_display(),
        shape=_SHAPES[commitment.status],
        left=_left(commitment, due_on, at, is_over=due_on < _day(at)),
    )


def _stands_still(deadline: Deadline) -> str:
    return f"since {short_day(_day(deadline.paused_at))}" if deadline.paused_at else ""


def _left(row: Deadline | Commitment, due_on: date, at: datetime, *, is_over: bool) -> str:
    if row.ended_at is not None and _SHAPES[row.status] is not Shape.MISSED:
        return f"on {short_day(_day(row.ended_at))}"
    days = abs((due_on - _day(at)).days)
    if days == 0:
        return "passed today" if is_over else "due today"
    return f"{counted(days, 'day', 'days')} {'over' if is_over else 'left'}"


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
