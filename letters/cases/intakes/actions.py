"""Beginning an intake, keeping each answer, and making a case of all of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record, record_each
from letters.cases import actions as cases
from letters.cases.intakes.errors import IntakeFinished
from letters.cases.intakes.models import Intake, Screen
from letters.cases.intakes.queries import unfinished_intakes_of
from letters.cases.models import Case, Patient

KEPT_UNFINISHED = timedelta(days=30)

Boxes = Mapping[str, Sequence[str]]  # what stands in the boxes of one screen, by their names
Values = Mapping[str, Any]  # what one action takes besides the case and who does it


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The answers of all screens, each as its action takes it; `patient` is None for somebody who
    is here already, `opinion` None where the clinician says nothing."""

    patient: Values | None
    home: Values
    hazards: tuple[Values, ...]
    diagnoses: tuple[Values, ...]
    counts: tuple[Values, ...]
    opinion: Values | None
    consent: Values
    safety: Values


@transaction.atomic
def begin_intake(
    *, patient: Patient | None, answers: Mapping[Screen, Boxes], by: User, at: datetime
) -> Intake:
    """Begin with what a search has asked for and found; one that was begun in the same way and is
    not finished is gone on with."""
    require(by, Right.RECORD_CASE)
    User.objects.select_for_update().get(pk=by.pk)  # two clicks wait for each other
    for begun in unfinished_intakes_of(by).filter(patient=patient):
        if patient is not None or _says(begun, answers.get(Screen.HEALTH, {})):
            return begun
    intake = Intake.objects.create(
        owner=by,
        patient=patient,
        answers=_plain(answers),
        screen=Screen.HEALTH,
        begun_at=at,
        changed_at=at,
    )
    record("begin_intake", intake, by=by, patient=patient.pk if patient else None)
    return intake


def _says(intake: Intake, asked: Boxes) -> bool:
    there = intake.answers.get(Screen.HEALTH.value, {})
    return all(there.get(name) == list(values) for name, values in asked.items())


def _plain(answers: Mapping[Screen, Boxes]) -> dict[str, dict[str, list[str]]]:
    return {
        screen.value: {name: list(values) for name, values in boxes.items()}
        for screen, boxes in answers.items()
    }


@transaction.atomic
def keep_answers(*, intake: Intake, screen: Screen, boxes: Boxes, by: User, at: datetime) -> Intake:
    """Keep what stands in some boxes of a screen; what the others hold stays, whoever wrote it."""
    require(by, Right.RECORD_CASE)
    locked = _locked(intake)
    kept = dict(locked.answers)
    kept[screen.value] = kept.get(screen.value, {}) | _plain({screen: boxes})[screen.value]
    locked.answers, locked.changed_at = kept, at
    locked.save(update_fields=["answers", "changed_at"])
    return locked  # what is typed is no record yet: the audit tells of its beginning and its end


@transaction.atomic
def go_on_at(*, intake: Intake, screen: Screen, by: User, at: datetime) -> Intake:
    """Note the screen on which the person goes on."""
    require(by, Right.RECORD_CASE)
    locked = _locked(intake)
    locked.screen, locked.changed_at = screen, at
    locked.save(update_fields=["screen", "changed_at"])
    return locked


@transaction.atomic
def discard_intake(*, intake: Intake, by: User) -> None:
    """Throw away what was never made a case of."""
    require(by, Right.RECORD_CASE)
    locked = _locked(intake)
    record("discard_intake", locked, by=by)
    locked.delete()


@transaction.atomic
def discard_old_intakes(*, at: datetime) -> int:
    """Throw away what nobody has touched for a month: a patient's data is not kept for nothing.
    The number that went."""
    old = Intake.objects.select_for_update(of=("self",)).filter(
        case=None, changed_at__lt=at - KEPT_UNFINISHED
    )
    there = list(old)
    record_each("discard_intake", there, by=None)
    Intake.objects.filter(pk__in=[each.pk for each in there]).delete()
    return len(there)


@transaction.atomic
def become_case(*, intake: Intake, told: Told, by: User, at: datetime) -> Case:
    """Record everything that was told, or nothing; a second time leads to the same case."""
    require(by, Right.RECORD_CASE)
    locked = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    if locked.case is not None:
        return locked.case
    patient = locked.patient or cases.register_patient(**told.patient or {}, by=by, at=at)
    case = cases.open_case(patient=patient, **told.home, by=by, at=at)
    for place, hazard in enumerate(told.hazards):
        # letters name hazards in the order of their reports: the screen's own
        cases.report_hazard(case=case, **hazard, by=by, at=at + timedelta(microseconds=place))
    for diagnosis in told.diagnoses:
        cases.record_diagnosis(case=case, **diagnosis, by=by)
    for counted in told.counts:
        cases.count_exacerbations(case=case, **counted, by=by)
    if told.opinion is not None:
        cases.give_opinion(case=case, **told.opinion, by=by, at=at)
    cases.record_safety(case=case, **told.safety, by=by, at=at)
    cases.give_consent(case=case, **told.consent, by=by, at=at)
    locked.case, locked.patient, locked.answers, locked.changed_at = case, patient, {}, at
    locked.save()
    record("finish_intake", locked, by=by, case=case.pk)
    return case


def _locked(intake: Intake) -> Intake:
    locked = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    if locked.case_id is not None:
        raise IntakeFinished
    return locked
