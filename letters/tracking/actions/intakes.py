"""An intake becomes a case with its first letter."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from letters.access.models import User
from letters.cases.errors import CaseError
from letters.cases.intakes.actions import Told, become_case
from letters.cases.intakes.models import Intake
from letters.cases.models import Case
from letters.drafting.errors import DraftingError
from letters.drafting.stages import Stage
from letters.issuing.errors import IssuingError
from letters.issuing.models import Letter
from letters.issuing.queries import letters_of
from letters.law.errors import LawError
from letters.tracking.actions.steps import draft_step
from letters.tracking.errors import TrackingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The case that was opened, with its letter; `why_no_letter` is why there is none yet."""

    case: Case
    letter: Letter | None
    why_no_letter: str = ""


@transaction.atomic
def finish_intake(*, intake: Intake, told: Told, by: User, at: datetime) -> Finished:
    """Record everything and draft the first letter; a second time leads to the same two. Where no
    letter can be written yet, because nobody knows the landlord or the patient said no, what was
    recorded stays: an adviser goes on from it."""
    case = become_case(intake=intake, told=told, by=by, at=at)
    there = letters_of(case).last()
    if there is not None:
        return Finished(case=case, letter=there)
    try:
        with transaction.atomic():
            letter = draft_step(
                case=case,
                stage=Stage.FIRST_LETTER,
                body=None,
                narrative="",
                also=(),
                by=by,
                at=at,
            )
    except (CaseError, DraftingError, IssuingError, LawError, TrackingError) as refusal:
        return Finished(case=case, letter=None, why_no_letter=str(refusal))
    return Finished(case=case, letter=letter)
