"""Reads about deadlines: the adviser's worklist by clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from letters.access.models import User
from letters.cases.models import Case
from letters.cases.queries import visible_to as visible_cases
from letters.delivery.models import LEFT, Dispatch
from letters.drafting.history import Earlier, Happened, Missed
from letters.drafting.particulars import WITHOUT_ADDRESS
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Happening, Recipient
from letters.issuing.models import Letter
from letters.issuing.queries import WORDS, content_of
from letters.issuing.queries import visible_to as visible_letters
from letters.issuing.sources import library
from letters.law.grounds import Strength, grounds_for
from letters.law.periods import LONDON, Basis, StartEvent, due, latest_extension
from letters.law.working_days import WorkingDays
from letters.tracking.models import (
    ClockStart,
    Commitment,
    CommitmentChange,
    CommitmentStatus,
    Deadline,
    DeadlineChange,
    DeadlineStatus,
    Escalation,
    Knowledge,
)

_RUNNING = (DeadlineStatus.OPEN, DeadlineStatus.PAUSED)


def visible_to(user: User) -> QuerySet[Deadline]:
    """The deadlines of letters the person may see."""
    return Deadline.objects.filter(letter__in=visible_letters(user)).select_related(
        "letter__case__tenancy__home", "letter__case__patient", "hazard_report", "start"
    )


def worklist(user: User) -> QuerySet[Deadline]:
    """Everything that runs, the first due first."""
    running = visible_to(user).filter(status__in=_RUNNING).order_by("due_at", "requires")
    return running.defer(*(f"letter__{name}" for name in WORDS))


def due_within(user: User, *, at: datetime, days: int) -> QuerySet[Deadline]:
    """What falls due in the next days."""
    return worklist(user).filter(due_at__lte=at + timedelta(days=days))


def escalations_to_settle(user: User) -> QuerySet[Escalation]:
    """Next steps that wait for a person, the oldest first."""
    return (
        Escalation.objects.filter(letter__in=visible_letters(user), settled_at__isnull=True)
        .select_related("letter__case__patient", "deadline__hazard_report", "next_letter")
        .order_by("made_at")
    )


def deadlines_of(case: Case) -> QuerySet[Deadline]:
    """Every deadline of a case, running ones first."""
    return (
        Deadline.objects.filter(letter__case=case)
        .select_related("letter", "hazard_report", "start")
        .order_by("ended_at", "due_at")
    )


def deadlines_from(letter: Letter) -> QuerySet[Deadline]:
    """Every deadline of one letter."""
    return Deadline.objects.filter(letter=letter).select_related("start", "hazard_report")


def running(letter: Letter) -> QuerySet[Deadline]:
    return Deadline.objects.filter(letter=letter, status__in=_RUNNING)


def current_starts(letter: Letter) -> QuerySet[ClockStart]:
    """The start events that count now."""
    return ClockStart.objects.filter(letter=letter, superseded_at__isnull=True)


def missed_of(letter: Letter) -> tuple[Missed, ...]:
    """What a reminder says has passed, each date once, the earliest first."""
    rows = Deadline.objects.filter(Q(letter=letter), status=DeadlineStatus.MISSED).order_by(
        "due_at"
    )
    certain = certain_of(letter)
    missed = (
        Missed(
            requires=row.requires,
            due_on=_day(row.due_at),
            basis=Basis(row.basis),
            is_certain=(row.provision_id, hazard_of(row)) in certain,
        )
        for row in rows
    )
    return tuple(dict.fromkeys(missed))


def latest_sent(case: Case) -> Letter | None:
    """The letter to somebody outside that left last."""
    sent = Dispatch.objects.filter(letter__case=case, status__in=LEFT)
    sent = sent.exclude(letter__recipient__in=WITHOUT_ADDRESS).select_related(
        "letter__case__tenancy__landlord", "letter__responsible_body"
    )
    latest = sent.order_by("sent_at").last()
    return latest.letter if latest else None


def certain_of(letter: Letter) -> frozenset[tuple[str, str]]:
    """The provisions that are certain to apply, each for which hazard, '' for the whole case."""
    grounds = grounds_for(letter.case_facts, letter.day, library())
    return frozenset(
        (ground.provision_id, hazard)
        for ground in (*grounds.applying, *grounds.for_adviser)
        if ground.strength is Strength.APPLIES
        for hazard in ([h.value for h in ground.hazards] or [""])
    )


def hazard_of(deadline: Deadline) -> str:
    """For which hazard it runs, '' for the whole case."""
    return deadline.hazard_report.hazard if deadline.hazard_report else ""


def earlier_of(letter: Letter) -> Earlier:
    """The letter as the one after it tells of it, with what else is known to have happened."""
    landlord, body = letter.case.tenancy.landlord, letter.responsible_body
    reader = body.name if body else landlord.name if landlord else Recipient(letter.recipient).label
    letterhead = content_of(letter).letterhead
    return Earlier(
        stage=Stage(letter.stage),
        written_on=letter.day,
        reference=letter.case.reference,
        addressee=reader,
        written_by=f"{letterhead.team}, {letterhead.organisation}",
        missed=missed_of(letter),
        history=history_of(letter.case),
    )


def history_of(case: Case) -> tuple[Happened, ...]:
    """What happened in a case, the earliest first: letters that left, what is known to have come of
    them, and dates that passed. Copies for the patient and for the record are left out."""
    found = [*_letters_sent(case), *_events_known(case)]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.on))


def _letters_sent(case: Case) -> Iterable[Happened]:
    sent = Dispatch.objects.filter(letter__case=case, status__in=LEFT)
    for dispatch in sent.exclude(letter__recipient__in=WITHOUT_ADDRESS).select_related("letter"):
        stage = Stage(dispatch.letter.stage)
        what = _HAPPENINGS.get(stage, Happening.LETTER_SENT)
        says = stage.label if what is Happening.LETTER_SENT else ""
        assert dispatch.sent_at is not None  # noqa: S101 - the rows were chosen by it
        yield Happened(on=_day(dispatch.sent_at), what=what, says=says)


def _events_known(case: Case) -> Iterable[Happened]:
    known = ClockStart.objects.filter(
        letter__case=case, superseded_at__isnull=True, knowledge=Knowledge.ACTUAL
    )
    for start in known.filter(event=StartEvent.INVESTIGATION_CONCLUDED.value):
        yield Happened(on=_day(start.at), what=Happening.INSPECTION, says="")


_HAPPENINGS = {
    Stage.MISSED_DEADLINE: Happening.REMINDER_SENT,
    Stage.COMPLAINT: Happening.COMPLAINT_MADE,
    Stage.COMPLAINT_STAGE_2: Happening.STAGE_2_ASKED,
}


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """How far the law lets a time be put off, and what it asks for then."""

    latest: date
    says: str


def extension_of(deadline: Deadline) -> Allowed | None:
    """The longest extension of a deadline's period; None where the law names none."""
    letter = deadline.letter
    nation = letter.case_facts.jurisdiction
    version = library().provision(nation, deadline.provision_id).on(letter.day)
    period = next((each for each in version.periods if each.id == deadline.period_id), None)
    if period is None or period.extension is None:
        return None
    end = due(period, deadline.start.at, WorkingDays.of(nation))
    latest = latest_extension(end, period.extension, WorkingDays.of(nation))
    return Allowed(latest=latest, says=period.extension.says)


def commitments_visible_to(user: User) -> QuerySet[Commitment]:
    """What was promised in the cases that the person may see."""
    rows = Commitment.objects.filter(case__in=visible_cases(user))
    return rows.select_related("case__patient", "case__team__organisation")


def commitments_of(case: Case) -> QuerySet[Commitment]:
    """Everything promised in a case, what is still to come first."""
    rows = Commitment.objects.filter(case=case)
    return rows.order_by(F("ended_at").asc(nulls_first=True), "promised_for")


def promises_to_settle(user: User) -> QuerySet[Commitment]:
    """Promises that were not kept, and that nobody has dealt with; the oldest first."""
    missed = commitments_visible_to(user).filter(
        status=CommitmentStatus.MISSED, settled_at__isnull=True
    )
    return missed.order_by("promised_for")


def changes_of(deadline: Deadline) -> QuerySet[DeadlineChange]:
    """What was done to a deadline, the earliest first."""
    return DeadlineChange.objects.filter(deadline=deadline)


def deadline_changes_about(case: Case) -> QuerySet[DeadlineChange]:
    """What was done to every deadline of a case, and by whom."""
    rows = DeadlineChange.objects.filter(deadline__letter__case=case)
    return rows.select_related("deadline", "made_by")


def commitment_changes_about(case: Case) -> QuerySet[CommitmentChange]:
    """What became of every promise in a case, and who said so."""
    rows = CommitmentChange.objects.filter(commitment__case=case)
    return rows.select_related("commitment", "made_by")
