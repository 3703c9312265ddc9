"""Marking what was missed, and preparing what comes next."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.errors import CaseError
from letters.drafting.errors import DraftingError
from letters.drafting.history import Earlier
from letters.drafting.stages import Stage
from letters.issuing.actions import draft_letter, redraft_letter
from letters.issuing.errors import IssuingError
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.sources import wording
from letters.law.ladder import Step
from letters.tracking.actions.changes import Kind, end_deadline
from letters.tracking.models import (
    Deadline,
    DeadlineStatus,
    Escalation,
)
from letters.tracking.next_steps import WAITING, sent_of
from letters.tracking.queries import earlier_of


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
    end_deadline(deadline, DeadlineStatus.MISSED, Kind.MISS, reason="", by=None, at=at)
    return escalate(deadline=deadline, at=at)


@transaction.atomic
def escalate(*, deadline: Deadline, at: datetime) -> Escalation | None:
    """Prepare the next step on the ladder: a draft where it is a letter, a task where it is not.
    One a step for each letter, however many deadlines pass and however many sweeps see it."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=deadline.letter_id)
    step = _next_step(letter)
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


def _next_step(letter: Letter) -> Step | None:
    """The step after the letter's own that nobody has taken by now; a letter that stands beside
    the ladder leads to the first such step of it."""
    facts = letter.case_facts
    ladder = wording(facts.jurisdiction).ladder
    on_ladder = letter.stage in {step.key for step in ladder.steps(facts.tenure)}
    steps = (
        ladder.steps_after(facts.tenure, letter.stage) if on_ladder else ladder.steps(facts.tenure)
    )
    prepared = set(Escalation.objects.filter(letter=letter).values_list("step", flat=True))
    taken = {stage.value for stage in sent_of(letter.case)} - prepared
    return next((step for step in steps if step.key not in taken), None)


def _prepare_letter(escalation: Escalation, letter: Letter, step: Step, at: datetime) -> None:
    """Draft the next letter, or bring a draft up to date with what has passed since."""
    earlier = earlier_of(letter)
    try:
        with transaction.atomic():
            if escalation.next_letter is None:
                escalation.next_letter = _waiting(letter, step) or _draft(letter, step, earlier, at)
            elif escalation.next_letter.status == LetterStatus.DRAFT:
                redraft_letter(letter=escalation.next_letter, earlier=earlier, at=at)
        escalation.blocked_by = ""
    except (CaseError, IssuingError, DraftingError) as refusal:
        # a person sees why; the refusals name nobody
        escalation.blocked_by = str(refusal)[:200]
    escalation.save(update_fields=["next_letter", "blocked_by"])


def _waiting(letter: Letter, step: Step) -> Letter | None:
    """What a person has drafted for this step already."""
    there = Letter.objects.filter(case=letter.case, stage=step.key, status__in=WAITING)
    return there.order_by("drafted_at").last()


def _draft(letter: Letter, step: Step, earlier: Earlier, at: datetime) -> Letter:
    return draft_letter(
        case=letter.case,
        stage=Stage(step.key),
        narrative="",
        follows=letter,
        earlier=earlier,
        body=None,
        by=None,
        at=at,
    )


@transaction.atomic
def settle_escalation(*, escalation: Escalation, by: User, at: datetime) -> Escalation:
    """An adviser has dealt with the next step."""
    require(by, Right.WATCH_DEADLINES)
    if Escalation.objects.filter(pk=escalation.pk, settled_at=None).update(settled_at=at):
        record("settle_escalation", escalation, by=by)
    escalation.refresh_from_db()
    return escalation
