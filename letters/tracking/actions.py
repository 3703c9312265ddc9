"""Starting clocks, watching them, and preparing the next step when one is missed."""

import logging
from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.errors import CaseError
from letters.cases.models import HazardReport
from letters.delivery.models import Channel, Dispatch
from letters.delivery.queries import sent
from letters.drafting.errors import DraftingError
from letters.drafting.frozen import to_json
from letters.drafting.reminder import Earlier
from letters.drafting.stages import Stage
from letters.issuing.actions import draft_letter, redraft_letter
from letters.issuing.errors import IssuingError
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.sources import library, wording
from letters.law.clocks import Clock, clocks_of
from letters.law.grounds import grounds_for
from letters.law.ladder import Step
from letters.law.periods import LONDON, Bound, StartEvent
from letters.law.working_days import WorkingDays
from letters.tracking.errors import (
    DeadlineEnded,
    LetterNotSent,
    MomentNotYetCome,
    NotLater,
    NotPaused,
    ReasonMissing,
)
from letters.tracking.models import (
    ClockStart,
    Deadline,
    DeadlineChange,
    DeadlineStatus,
    Escalation,
    Evidence,
    Knowledge,
)
from letters.tracking.queries import current_starts, missed_of

logger = logging.getLogger(__name__)

_RECEIPT = (StartEvent.AWARENESS, StartEvent.NOTICE_RECEIVED)
_ENDED = (DeadlineStatus.MET, DeadlineStatus.MISSED, DeadlineStatus.CLOSED)
Kind = DeadlineChange.Kind


@transaction.atomic
def start_clocks(*, dispatch: Dispatch, at: datetime) -> tuple[ClockStart, ...]:
    """Presume receipt of a letter that has left, and start what runs from it; a second time, or
    once something is actually known, it changes nothing."""
    if not sent(dispatch) or dispatch.sent_at is None:
        return ()
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=dispatch.letter_id)
    known = set(current_starts(letter).values_list("event", flat=True))
    by_email = dispatch.channel == Channel.EMAIL
    moment = _presumed_receipt(letter, dispatch.sent_at, by_email=by_email)
    return tuple(
        _start(
            letter,
            event,
            moment,
            knowledge=Knowledge.DEEMED,
            evidence=Evidence.SENT_BY_EMAIL if by_email else Evidence.POSTED,
            dispatch=dispatch,
            by=None,
            at=at,
        )
        for event in _RECEIPT
        if event.value not in known
    )


def start_missing_clocks(*, at: datetime) -> None:
    """Start what a crash between sending and starting left unstarted."""
    left = Dispatch.objects.filter(sent_at__isnull=False).exclude(
        letter__in=ClockStart.objects.values("letter")
    )
    for dispatch in left:
        start_clocks(dispatch=dispatch, at=at)


@transaction.atomic
def record_event(
    *,
    letter: Letter,
    event: StartEvent,
    happened_at: datetime,
    evidence: Evidence,
    by: User,
    at: datetime,
) -> ClockStart:
    """Record when something is known to have happened. What was presumed gives way: deadlines that
    still run from it are closed and counted anew; ended ones stay as they ended."""
    require(by, Right.RECORD_OUTCOME)
    if happened_at > at:
        raise MomentNotYetCome
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if not Dispatch.objects.filter(letter=letter, sent_at__isnull=False).exists():
        raise LetterNotSent
    for start in current_starts(letter).filter(event=event.value):
        if start.knowledge == Knowledge.ACTUAL and start.at <= happened_at:
            return start  # it was known earlier
        _supersede(start, by=by, at=at)
    return _start(
        letter,
        event,
        happened_at,
        knowledge=Knowledge.ACTUAL,
        evidence=evidence,
        dispatch=None,
        by=by,
        at=at,
    )


def _presumed_receipt(letter: Letter, sent_at: datetime, *, by_email: bool) -> datetime:
    jurisdiction = letter.case_facts.jurisdiction
    rules, calendar = wording(jurisdiction).receipt, WorkingDays.of(jurisdiction)
    if by_email:
        return rules.of_email(sent_at, calendar)
    return rules.of_post(sent_at.astimezone(LONDON).date(), calendar)


def _start(
    letter: Letter,
    event: StartEvent,
    moment: datetime,
    *,
    knowledge: Knowledge,
    evidence: Evidence,
    dispatch: Dispatch | None,
    by: User | None,
    at: datetime,
) -> ClockStart:
    start = ClockStart.objects.create(
        letter=letter,
        dispatch=dispatch,
        event=event,
        at=moment,
        knowledge=knowledge,
        evidence=evidence,
        recorded_by=by,
        recorded_at=at,
    )
    record("start_clock", start, by=by, letter=letter.pk, event=event.value)
    _open_deadlines(start, event, moment)
    return start


def _open_deadlines(start: ClockStart, event: StartEvent, moment: datetime) -> None:
    """A deadline for each period that the frozen letter's law runs from the event."""
    letter = start.letter
    facts = letter.case_facts
    grounds = grounds_for(facts, letter.day, library())
    clocks = clocks_of(grounds, {event: moment}, WorkingDays.of(facts.jurisdiction))
    reports = {r.hazard: r for r in HazardReport.objects.filter(case=letter.case)}
    Deadline.objects.bulk_create(
        _deadline(start, clock, reports[clock.hazard.value])
        for clock in _each_once(clocks)
        if clock.due is not None and clock.due.bound is Bound.NO_LATER_THAN
    )


def _each_once(clocks: Iterable[Clock]) -> Iterable[Clock]:
    """A provision may stand in the grounds twice, for certain and perhaps; its clock runs once."""
    return {
        (clock.ground.provision_id, clock.period.id, clock.hazard): clock for clock in clocks
    }.values()


def _deadline(start: ClockStart, clock: Clock, report: HazardReport) -> Deadline:
    assert clock.due is not None  # noqa: S101 - the caller has looked
    return Deadline(
        letter=start.letter,
        start=start,
        hazard_report=report,
        provision_id=clock.ground.provision_id,
        period_id=clock.period.id,
        requires=clock.period.requires,
        basis=clock.period.basis,
        due_at=clock.due.due_at,
        original_due_at=clock.due.due_at,
        working=to_json(clock.due),
    )


def _supersede(start: ClockStart, *, by: User, at: datetime) -> None:
    for deadline in Deadline.objects.filter(start=start).exclude(status__in=_ENDED):
        _end(deadline, DeadlineStatus.CLOSED, Kind.CLOSE, reason="counted anew", by=by, at=at)
    start.superseded_at = at
    start.save(update_fields=["superseded_at"])


@transaction.atomic
def pause_deadline(*, deadline: Deadline, reason: str, by: User, at: datetime) -> Deadline:
    """Stop a clock for a reason; the days until it is resumed are added to it then."""
    locked = _locked(deadline.pk, by=by, reason=reason)
    if locked.status == DeadlineStatus.PAUSED:
        return locked
    locked.status, locked.paused_at = DeadlineStatus.PAUSED, at
    locked.save(update_fields=["status", "paused_at"])
    _note(locked, Kind.PAUSE, reason=reason, due_before=locked.due_at, by=by, at=at)
    return locked


@transaction.atomic
def resume_deadline(*, deadline: Deadline, reason: str, by: User, at: datetime) -> Deadline:
    """Let a paused clock run on, later by the time it stood still."""
    locked = _locked(deadline.pk, by=by, reason=reason)
    if locked.paused_at is None:
        raise NotPaused
    before = locked.due_at
    locked.due_at = before + (at - locked.paused_at)
    locked.status, locked.paused_at = DeadlineStatus.OPEN, None
    locked.save(update_fields=["status", "paused_at", "due_at"])
    _note(locked, Kind.RESUME, reason=reason, due_before=before, by=by, at=at)
    return locked


@transaction.atomic
def extend_deadline(
    *, deadline: Deadline, until: date, reason: str, by: User, at: datetime
) -> Deadline:
    """Put a deadline off to the end of a later day; the original day is kept beside it."""
    locked = _locked(deadline.pk, by=by, reason=reason)
    before = locked.due_at
    after = datetime.combine(until, time(23, 59, 59), tzinfo=LONDON)
    if after <= before:
        raise NotLater
    locked.due_at = after
    locked.save(update_fields=["due_at"])
    _note(locked, Kind.EXTEND, reason=reason, due_before=before, by=by, at=at)
    return locked


@transaction.atomic
def meet_deadline(*, deadline: Deadline, reason: str, by: User, at: datetime) -> Deadline:
    """Record that what was due has been done."""
    locked = _locked(deadline.pk, by=by, reason=reason)
    _end(locked, DeadlineStatus.MET, Kind.MEET, reason=reason, by=by, at=at)
    return locked


@transaction.atomic
def close_deadline(*, deadline: Deadline, reason: str, by: User, at: datetime) -> Deadline:
    """End a deadline that does not matter any more, with the reason."""
    locked = _locked(deadline.pk, by=by, reason=reason)
    _end(locked, DeadlineStatus.CLOSED, Kind.CLOSE, reason=reason, by=by, at=at)
    return locked


def mark_missed(*, at: datetime) -> tuple[Escalation, ...]:
    """Mark every deadline that has passed and prepare what comes next; each in a transaction of
    its own, so that one that cannot be prepared holds up no other."""
    passed = Deadline.objects.filter(status=DeadlineStatus.OPEN, due_at__lt=at)
    escalations = [_miss(pk, at) for pk in passed.order_by("due_at").values_list("pk", flat=True)]
    return tuple(escalation for escalation in escalations if escalation is not None)


@transaction.atomic
def _miss(pk: UUID, at: datetime) -> Escalation | None:
    deadline = Deadline.objects.select_for_update(of=("self",)).get(pk=pk)
    if deadline.status != DeadlineStatus.OPEN or deadline.due_at >= at:
        return None  # another sweep was first, or somebody put it off
    _end(deadline, DeadlineStatus.MISSED, Kind.MISS, reason="", by=None, at=at)
    return escalate(deadline=deadline, at=at)


@transaction.atomic
def escalate(*, deadline: Deadline, at: datetime) -> Escalation | None:
    """Prepare the next step on the ladder: a draft where it is a letter, a task where it is not.
    One a step for each letter, however many deadlines pass and however many sweeps see it."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=deadline.letter_id)
    facts = letter.case_facts
    step = wording(facts.jurisdiction).ladder.next_step(facts.tenure, after=letter.stage)
    if step is None or letter.case.closed_at is not None:
        return None
    escalation, is_new = Escalation.objects.get_or_create(
        letter=letter, step=step.key, defaults={"deadline": deadline, "made_at": at}
    )
    if step.key in list(Stage):
        _prepare_letter(escalation, letter, step, at)
    if is_new:
        record("escalate", escalation, by=None, letter=letter.pk, step=step.key)
    return escalation if is_new else None


def _prepare_letter(escalation: Escalation, letter: Letter, step: Step, at: datetime) -> None:
    """Draft the next letter, or bring a draft up to date with what has passed since."""
    earlier = Earlier(
        written_on=letter.day, reference=letter.case.reference, missed=missed_of(letter)
    )
    try:
        with transaction.atomic():
            if escalation.next_letter is None:
                escalation.next_letter = _draft(letter, step, earlier, at)
            elif escalation.next_letter.status == LetterStatus.DRAFT:
                redraft_letter(letter=escalation.next_letter, earlier=earlier, at=at)
        escalation.blocked_by = ""
    except (CaseError, IssuingError, DraftingError) as refusal:
        # a person sees why; the refusals name nobody
        escalation.blocked_by = str(refusal)[:200]
    escalation.save(update_fields=["next_letter", "blocked_by"])


def _draft(letter: Letter, step: Step, earlier: Earlier, at: datetime) -> Letter:
    return draft_letter(
        case=letter.case,
        stage=Stage(step.key),
        narrative="",
        follows=letter,
        earlier=earlier,
        by=None,
        at=at,
    )


@transaction.atomic
def prepare_again(*, escalation: Escalation, by: User, at: datetime) -> Letter:
    """Draft the next letter that could not be drafted when the deadline was missed; what still
    stands in its way is refused to the person."""
    require(by, Right.DRAFT_LETTER)
    locked = Escalation.objects.select_for_update(of=("self",)).get(pk=escalation.pk)
    if locked.next_letter is not None:
        return locked.next_letter
    letter = locked.letter
    drafted = draft_letter(
        case=letter.case,
        stage=Stage(locked.step),
        narrative="",
        follows=letter,
        earlier=Earlier(
            written_on=letter.day, reference=letter.case.reference, missed=missed_of(letter)
        ),
        by=by,
        at=at,
    )
    locked.next_letter, locked.blocked_by = drafted, ""
    locked.save(update_fields=["next_letter", "blocked_by"])
    record("prepare_again", locked, by=by, letter=letter.pk, step=locked.step)
    return drafted


@transaction.atomic
def settle_escalation(*, escalation: Escalation, by: User, at: datetime) -> Escalation:
    """An adviser has dealt with the next step."""
    require(by, Right.WATCH_DEADLINES)
    if Escalation.objects.filter(pk=escalation.pk, settled_at=None).update(settled_at=at):
        record("settle_escalation", escalation, by=by)
    escalation.refresh_from_db()
    return escalation


def close_for_hazard(*, report: HazardReport, reason: str, by: User, at: datetime) -> int:
    """End every deadline that still runs for a hazard that has been mended; how many."""
    deadlines = Deadline.objects.filter(hazard_report=report).exclude(status__in=_ENDED)
    for deadline in deadlines:
        _end(deadline, DeadlineStatus.CLOSED, Kind.CLOSE, reason=reason, by=by, at=at)
    return len(deadlines)


def _locked(pk: UUID, *, by: User, reason: str) -> Deadline:
    require(by, Right.WATCH_DEADLINES)
    if not reason.strip():
        raise ReasonMissing
    deadline = Deadline.objects.select_for_update(of=("self",)).get(pk=pk)
    if deadline.status in _ENDED:
        raise DeadlineEnded
    return deadline


def _end(
    deadline: Deadline,
    status: DeadlineStatus,
    kind: DeadlineChange.Kind,
    *,
    reason: str,
    by: User | None,
    at: datetime,
) -> None:
    deadline.status, deadline.ended_at, deadline.paused_at = status, at, None
    deadline.save(update_fields=["status", "ended_at", "paused_at"])
    _note(deadline, kind, reason=reason, due_before=deadline.due_at, by=by, at=at)


def _note(
    deadline: Deadline,
    kind: DeadlineChange.Kind,
    *,
    reason: str,
    due_before: datetime,
    by: User | None,
    at: datetime,
) -> None:
    DeadlineChange.objects.create(
        deadline=deadline,
        kind=kind,
        reason=reason,
        due_before=due_before,
        due_after=deadline.due_at,
        made_by=by,
        made_at=at,
    )
    record(f"deadline_{kind.value}", deadline, by=by, letter=deadline.letter_id)
