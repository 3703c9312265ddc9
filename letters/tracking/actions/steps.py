"""A person drafts a letter: the next step of the ladder, or one that stands beside it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require, roles_of
from letters.access.roles import Right, Role
from letters.audit.record import record
from letters.cases import actions as cases
from letters.cases.errors import AdjustmentNotSaid
from letters.cases.models import Case, ResponsibleBody
from letters.drafting.history import Earlier, Happened
from letters.drafting.stages import Stage
from letters.issuing.actions import draft_letter
from letters.issuing.errors import ReaderNotKnown
from letters.issuing.facts import kind_of
from letters.issuing.models import Letter
from letters.law.periods import LONDON
from letters.tracking.models import Escalation
from letters.tracking.next_steps import Standing, refuse_step, standing_of
from letters.tracking.queries import earlier_of


@transaction.atomic
def draft_step(
    *,
    case: Case,
    stage: Stage,
    body: ResponsibleBody | None,
    narrative: str,
    also: Iterable[Happened],
    by: User,
    at: datetime,
) -> Letter:
    """Draft a letter of any kind, once what has to come before it has; `also` is what is known to
    have happened besides letters and dates, such as what was mended."""
    require(by, Right.DRAFT_LETTER)
    Case.objects.select_for_update().get(pk=case.pk)  # two clicks wait for each other
    standing = standing_of(case, day=at.astimezone(LONDON).date())
    refuse_step(standing, stage, is_adviser=Role.ADVISER in roles_of(by))
    if stage is Stage.ADJUSTMENT and not case.adjustment.strip():
        raise AdjustmentNotSaid
    _refuse_strange_reader(case, stage, body)
    waiting = Escalation.objects.filter(
        letter__case=case, step=stage.value, next_letter=None, settled_at=None
    ).first()
    letter = draft_letter(
        case=case,
        stage=stage,
        narrative=narrative,
        follows=waiting.letter if waiting else None,
        earlier=_earlier(standing, stage, tuple(also)),
        body=body,
        by=by,
        at=at,
    )
    if waiting:
        waiting.next_letter, waiting.blocked_by = letter, ""
        waiting.save(update_fields=["next_letter", "blocked_by"])
        record("prepare_again", waiting, by=by, letter=waiting.letter_id, step=stage.value)
    return letter


@transaction.atomic
def draft_adjustment(
    *,
    case: Case,
    adjustment: str,
    narrative: str,
    also: Iterable[Happened],
    by: User,
    at: datetime,
) -> Letter:
    """Record what adjustment is asked for, and draft the letter that asks for it."""
    asked = cases.ask_for_adjustment(case=case, adjustment=adjustment, by=by)
    return draft_step(
        case=asked,
        stage=Stage.ADJUSTMENT,
        body=None,
        narrative=narrative,
        also=also,
        by=by,
        at=at,
    )


def _refuse_strange_reader(case: Case, stage: Stage, body: ResponsibleBody | None) -> None:
    """A reader of another partnership's directory is nobody here."""
    if body is not None and body.partnership_id != case.team.organisation.partnership_id:
        raise ReaderNotKnown(kind_of(case, stage).reader.label)


def _earlier(standing: Standing, stage: Stage, also: tuple[Happened, ...]) -> Earlier | None:
    """What went before, as the letter tells it; a first letter begins anew."""
    if standing.latest is None or stage is Stage.FIRST_LETTER:
        return None
    earlier = earlier_of(standing.latest)
    history = tuple(sorted({*earlier.history, *also}, key=lambda each: (each.on, each.what)))
    return replace(earlier, history=history)
