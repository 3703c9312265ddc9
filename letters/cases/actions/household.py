"""Who else lives there, what the household does already, and what it offers and asks."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_closed
from letters.cases.errors import AdjustmentNotSaid
from letters.cases.models import (
    Case,
    Occupant,
)
from letters.law.facts import Answer, HealthCondition


@transaction.atomic
def add_occupant(  # an occupant is an age and illnesses, never a name
    *,
    case: Case,
    age: int | None,
    conditions: Iterable[HealthCondition],
    agreed_to_mention: Answer,
    by: User,
) -> Occupant:
    """Add another person in the home whose age or illness matters."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    occupant = Occupant.objects.create(
        case=case,
        age="" if age is None else str(age),
        conditions=[condition.value for condition in conditions],
        agreed_to_mention=agreed_to_mention == Answer.YES,
    )
    record("add_occupant", occupant, by=by, case=case.pk)
    return occupant


@transaction.atomic
def describe_household(
    *,
    case: Case,
    household_measures: Sequence[str],
    access_offered: str,
    adjustment_requested: Answer,
    adjustment: str,
    by: User,
) -> Case:
    """Record what the household already does, when the landlord may come, and whether a
    reasonable adjustment is asked for."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    case.household_measures = list(household_measures)
    case.access_offered = access_offered
    case.adjustment_requested = adjustment_requested
    case.adjustment = adjustment
    case.save(
        update_fields=[
            "household_measures",
            "access_offered",
            "adjustment_requested",
            "adjustment",
        ]
    )
    record("describe_household", case, by=by)
    return case


@transaction.atomic
def ask_for_adjustment(*, case: Case, adjustment: str, by: User) -> Case:
    """Record which reasonable adjustment is asked for; what else was recorded stays."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    if not adjustment.strip():
        raise AdjustmentNotSaid
    case.adjustment_requested, case.adjustment = Answer.YES, adjustment
    case.save(update_fields=["adjustment_requested", "adjustment"])
    record("ask_for_adjustment", case, by=by)
    return case
