"""Starting what runs from a letter: presumed at first, counted anew once something is known."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.models import HazardReport
from letters.delivery.models import LEFT, Channel, Dispatch, DispatchStatus, Receipt, Says
from letters.delivery.queries import presumed_receipt, sent
from letters.drafting.frozen import to_json
from letters.drafting.stages import Stage
from letters.issuing.clauses import grounds_told_by
from letters.issuing.facts import kind_of
from letters.issuing.models import Letter
from letters.issuing.sources import nations, wording
from letters.law.clocks import Clock, clocks_of
from letters.law.periods import AT_SENDING, Bound, StartEvent
from letters.law.working_days import WorkingDays
from letters.tracking.actions.changes import ENDED, Kind, end_deadline
from letters.tracking.errors import (
    LetterNotSent,
    MomentNotYetCome,
)
from letters.tracking.models import (
    ClockStart,
    Deadline,
    DeadlineStatus,
    Evidence,
    Knowledge,
)
from letters.tracking.queries import current_starts

# What shows that the letter reached its reader, with the moment at which it did.
_ARRIVED = {Says.OPENED: Evidence.OPENED, Says.SIGNED_FOR: Evidence.SIGNED_FOR}


def follow_dispatch(*, dispatch: Dispatch, at: datetime) -> None:
    """Start or stop what runs from a letter as what is known of its dispatch has it; as often as
    anybody likes."""
    if dispatch.status in (DispatchStatus.RETURNED, DispatchStatus.FAILED):
        _stop_clocks(dispatch, at)
        return
    start_clocks(dispatch=dispatch, at=at)
    if sent(dispatch):
        _count_from_arrival(dispatch, at)


@transaction.atomic
def _stop_clocks(dispatch: Dispatch, at: datetime) -> None:
    """A letter that came back starts nothing: what ran from it ends, and says why. What is known
    from elsewhere, such as a reply, stands."""
    Letter.objects.select_for_update(of=("self",)).get(pk=dispatch.letter_id)
    starts = ClockStart.objects.filter(dispatch=dispatch, superseded_at__isnull=True)
    for start in starts.exclude(evidence__in=_ARRIVED.values()):
        _supersede(start, reason="the letter came back", by=None, at=at)


@transaction.atomic
def _count_from_arrival(dispatch: Dispatch, at: datetime) -> None:
    """Where the letter is known to have been opened or signed for, that day takes the place of the
    presumed one."""
    told = Receipt.objects.filter(dispatch=dispatch, says__in=list(_ARRIVED))
    arrived = told.order_by("happened_at").first()
    if arrived is None:
        return
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=dispatch.letter_id)
    presumed = list(current_starts(letter).filter(knowledge=Knowledge.DEEMED, dispatch=dispatch))
    for start in presumed:
        _supersede(start, reason="counted anew", by=None, at=at)
    starts = tuple(
        _start(
            letter,
            StartEvent(start.event),
            arrived.happened_at,
            knowledge=Knowledge.ACTUAL,
            evidence=_ARRIVED[Says(arrived.says)],
            dispatch=dispatch,
            by=None,
            at=at,
        )
        for start in presumed
    )
    _open_deadlines(letter, starts)


@transaction.atomic
def start_clocks(*, dispatch: Dispatch, at: datetime) -> tuple[ClockStart, ...]:
    """Start what runs from a letter that has left: some of it from that moment, the rest from its
    presumed receipt. A second time, or once something is actually known, it changes nothing."""
    if not sent(dispatch) or dispatch.sent_at is None:
        return ()
    letters = Letter.objects.select_related("case__tenancy__home")
    letter = letters.select_for_update(of=("self",)).get(pk=dispatch.letter_id)
    known = set(current_starts(letter).values_list("event", flat=True))
    starts = tuple(
        _start_presumed(letter, event, dispatch, at=at)
        for event in kind_of(letter.case, Stage(letter.stage)).starts
        if event.value not in known
    )
    _open_deadlines(letter, starts)
    return starts


def _start_presumed(
    letter: Letter, event: StartEvent, dispatch: Dispatch, *, at: datetime
) -> ClockStart:
    """From its sending, which is known, or from its receipt, which is presumed."""
    assert dispatch.sent_at is not None  # noqa: S101 - the caller has looked
    by_email = dispatch.channel == Channel.EMAIL
    if event in AT_SENDING:
        moment, knowledge, evidence = dispatch.sent_at, Knowledge.ACTUAL, Evidence.SENT
    else:
        moment = presumed_receipt(letter, Channel(dispatch.channel), dispatch.sent_at)
        knowledge = Knowledge.DEEMED
        evidence = Evidence.SENT_BY_EMAIL if by_email else Evidence.POSTED
    return _start(
        letter,
        event,
        moment,
        knowledge=knowledge,
        evidence=evidence,
        dispatch=dispatch,
        by=None,
        at=at,
    )


def start_missing_clocks(*, at: datetime) -> None:
    """Start what a crash between sending and starting left unstarted, and stop what it left running
    from letters that came back."""
    left = Dispatch.objects.filter(
        status__in=LEFT, letter__stage__in=_stages_with_clocks()
    ).exclude(letter__in=ClockStart.objects.filter(superseded_at=None).values("letter"))
    for dispatch in left:
        follow_dispatch(dispatch=dispatch, at=at)
    came_back = ClockStart.objects.filter(
        dispatch__status__in=(DispatchStatus.RETURNED, DispatchStatus.FAILED), superseded_at=None
    ).exclude(evidence__in=_ARRIVED.values())
    for start in came_back.select_related("dispatch"):
        assert start.dispatch is not None  # noqa: S101 - the rows were chosen by it
        follow_dispatch(dispatch=start.dispatch, at=at)


def _stages_with_clocks() -> list[str]:
    """Kinds whose receipt starts something; what kinds are made of is the same in every nation."""
    kinds = wording(nations()[0]).kinds
    return [stage.value for stage, kind in kinds.items() if kind.starts]


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
    if not Dispatch.objects.filter(letter=letter, status__in=LEFT).exists():
        raise LetterNotSent
    for start in current_starts(letter).filter(event=event.value):
        if start.knowledge == Knowledge.ACTUAL and start.at <= happened_at:
            return start  # it was known earlier
        _supersede(start, reason="counted anew", by=by, at=at)
    start = _start(
        letter,
        event,
        happened_at,
        knowledge=Knowledge.ACTUAL,
        evidence=evidence,
        dispatch=None,
        by=by,
        at=at,
    )
    _open_deadlines(letter, (start,))
    return start


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
    return start


def _open_deadlines(letter: Letter, starts: Collection[ClockStart]) -> None:
    """A deadline for each period that the law of the frozen letter runs from these events; none for
    what was left out of it."""
    if not starts:
        return
    facts = letter.case_facts
    kind = kind_of(letter.case, Stage(letter.stage))
    clocks = clocks_of(
        grounds_told_by(letter),
        # a period may run from either of two events: it is the one's from which it ends earlier
        {StartEvent(each.event): each.at for each in (*current_starts(letter), *starts)},
        WorkingDays.of(facts.jurisdiction),
        kind.duties_of,
        with_advisers_law=kind.cites_advisers_law,
    )
    reports = {r.hazard: r for r in HazardReport.objects.filter(case=letter.case)}
    started = {StartEvent(each.event): each for each in starts}
    Deadline.objects.bulk_create(
        _deadline(
            started[clock.due.start_event],
            clock,
            reports[clock.hazard.value] if clock.hazard else None,
        )
        for clock in _each_once(clocks)
        if clock.due is not None
        and clock.due.start_event in started
        and clock.due.bound is Bound.NO_LATER_THAN
    )


def _each_once(clocks: Iterable[Clock]) -> Iterable[Clock]:
    """A provision may stand in the grounds twice, for certain and perhaps; its clock runs once."""
    return {
        (clock.ground.provision_id, clock.period.id, clock.hazard): clock for clock in clocks
    }.values()


def _deadline(start: ClockStart, clock: Clock, report: HazardReport | None) -> Deadline:
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


def _supersede(start: ClockStart, *, reason: str, by: User | None, at: datetime) -> None:
    for deadline in Deadline.objects.filter(start=start).exclude(status__in=ENDED):
        end_deadline(deadline, DeadlineStatus.CLOSED, Kind.CLOSE, reason=reason, by=by, at=at)
    start.superseded_at = at
    start.save(update_fields=["superseded_at"])
