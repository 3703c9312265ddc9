"""Recording illness, how often it got worse, and what the clinician is prepared to say."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_closed
from letters.cases.errors import (
    BasisMissing,
)
from letters.cases.models import (
    Case,
    Diagnosis,
    Exacerbation,
    Opinion,
)
from letters.drafting.vocabulary import (
    Event,
    OpinionLevel,
)
from letters.law.facts import Answer, HealthCondition
from letters.law.periods import LONDON


@transaction.atomic
def record_diagnosis(
    *, case: Case, condition: HealthCondition, basis: str, severity: str, treatment: str, by: User
) -> Diagnosis:
    """Record an illness of the patient that the home may worsen; the same one again is a
    correction."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    diagnosis = _diagnosed(case, condition) or Diagnosis(case=case, condition=condition.value)
    diagnosis.basis, diagnosis.severity, diagnosis.treatment = basis, severity, treatment
    diagnosis.save()
    record("record_diagnosis", diagnosis, by=by, case=case.pk)
    return diagnosis


def _diagnosed(case: Case, condition: HealthCondition) -> Diagnosis | None:
    """Looked for row by row: the condition is encrypted."""
    there = Diagnosis.objects.select_for_update().filter(case=case)
    return next((each for each in there if each.health_condition is condition), None)


@transaction.atomic
def count_exacerbations(
    *, case: Case, event: Event, count: int, months: int, until: date, by: User
) -> Exacerbation:
    """Record how often something happened in a window of months; a later count replaces it."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    exacerbation, _ = Exacerbation.objects.update_or_create(
        case=case, event=event, defaults={"number": str(count), "months": months, "until": until}
    )
    record("count_exacerbations", exacerbation, by=by, case=case.pk)
    return exacerbation


@transaction.atomic
def give_opinion(
    *,
    case: Case,
    level: OpinionLevel,
    better_away_from_home: Answer,
    basis: str,
    by: User,
    at: datetime,
) -> Opinion:
    """Record what the clinician is prepared to say; 'likely' only with its basis."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    if level == OpinionLevel.LIKELY and not basis.strip():
        raise BasisMissing
    opinion, _ = Opinion.objects.update_or_create(
        case=case,
        defaults={
            "level": level,
            "better_away_from_home": better_away_from_home,
            "basis": basis,
            "given_by": by,
            "given_at": at,
        },
    )
    record("give_opinion", opinion, by=by, case=case.pk)
    return opinion


@transaction.atomic
def record_health(
    *,
    case: Case,
    condition: HealthCondition,
    basis: str,
    severity: str,
    treatment: str,
    counts: Mapping[Event, int],
    months: int,
    level: OpinionLevel,
    better_away_from_home: Answer,
    opinion_basis: str,
    by: User,
    at: datetime,
) -> Diagnosis:
    """Record an illness, how often it flared up, and the opinion, all or nothing: one page of a
    consultation."""
    diagnosis = record_diagnosis(
        case=case, condition=condition, basis=basis, severity=severity, treatment=treatment, by=by
    )
    for event, count in counts.items():
        count_exacerbations(
            case=case,
            event=event,
            count=count,
            months=months,
            until=at.astimezone(LONDON).date(),
            by=by,
        )
    give_opinion(
        case=case,
        level=level,
        better_away_from_home=better_away_from_home,
        basis=opinion_basis,
        by=by,
        at=at,
    )
    return diagnosis
