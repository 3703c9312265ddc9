"""Recording what came of a letter. Claims are added, never overwritten."""

from datetime import date, datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.announcing.kinds import EventKind
from letters.announcing.record import announce
from letters.audit.record import record
from letters.cases.models import Case, HazardReport
from letters.drafting.stages import Stage
from letters.issuing.facts import kind_of
from letters.issuing.models import Letter
from letters.law.facts import Answer
from letters.law.periods import LONDON, StartEvent
from letters.outcomes.errors import DayOfCompletionMissing, NotYetHappened
from letters.outcomes.models import HealthChange, Remediation, Response
from letters.tracking.actions import close_for_hazard, record_event
from letters.tracking.models import Evidence

# What each answer shows: that the landlord knows of the letter, and by what.
_SHOWS_AWARENESS = {
    Response.Kind.INSPECTED: Evidence.INSPECTION,
    Response.Kind.WRITTEN_FINDINGS: Evidence.WRITTEN_FINDINGS,
}
_ACKNOWLEDGED = {
    StartEvent.COMPLAINT_RECEIVED: StartEvent.COMPLAINT_ACKNOWLEDGED,
    StartEvent.ESCALATION_RECEIVED: StartEvent.ESCALATION_ACKNOWLEDGED,
}


@transaction.atomic
def record_response(
    *,
    letter: Letter,
    kind: Response.Kind,
    received_at: datetime,
    summary: str,
    by: User,
    at: datetime,
) -> Response:
    """Record what the landlord said or did. Whatever it was, it shows that the letter came; from
    written findings the clocks of a concluded investigation run, from an acknowledged complaint
    those of the answer to it."""
    require(by, Right.RECORD_OUTCOME)
    if received_at > at:
        raise NotYetHappened
    response = Response.objects.create(
        letter=letter,
        kind=kind,
        received_at=received_at,
        summary=summary,
        recorded_by=by,
        recorded_at=at,
    )
    record("record_response", response, by=by, letter=letter.pk, kind=kind.value)
    _announce(EventKind.RESPONSE_RECORDED, response, case=letter.case, at=at)
    for event in _shown_by(letter, kind):
        record_event(
            letter=letter,
            event=event,
            happened_at=received_at,
            evidence=_SHOWS_AWARENESS.get(kind, Evidence.REPLY),
            by=by,
            at=at,
        )
    return response


def _announce(
    kind: EventKind, subject: Response | Remediation, *, case: Case, at: datetime
) -> None:
    announce(
        kind,
        partnership_id=case.team.organisation.partnership_id,
        subject_id=subject.pk,
        case_id=case.pk,
        at=at,
    )


def _shown_by(letter: Letter, kind: Response.Kind) -> tuple[StartEvent, ...]:
    """What has happened by then: all that receipt of such a letter brings about, and more."""
    starts = kind_of(letter.case, Stage(letter.stage)).starts
    more = _ACKNOWLEDGED if kind == Response.Kind.ACKNOWLEDGED else {}
    concluded = (
        (StartEvent.INVESTIGATION_CONCLUDED,) if kind == Response.Kind.WRITTEN_FINDINGS else ()
    )
    return (
        *(event for event in starts if event is not StartEvent.CLAIM_SENT),
        *(more[event] for event in starts if event in more),
        *concluded,
    )


@transaction.atomic
def record_remediation(
    *,
    hazard_report: HazardReport,
    claimed_by: Remediation.Claimant,
    extent: Remediation.Extent,
    completed_on: date | None,
    cause_addressed: Answer,
    verification: Remediation.Verification,
    description: str,
    by: User,
    at: datetime,
) -> Remediation:
    """Add one claim about what was done; a verified full mend ends the deadlines of the hazard."""
    require(by, Right.RECORD_OUTCOME)
    if completed_on is not None and completed_on > at.astimezone(LONDON).date():
        raise NotYetHappened
    if extent == Remediation.Extent.FULL and completed_on is None:
        raise DayOfCompletionMissing
    remediation = Remediation.objects.create(
        hazard_report=hazard_report,
        claimed_by=claimed_by,
        extent=extent,
        completed_on=completed_on,
        cause_addressed=cause_addressed,
        verification=verification,
        description=description,
        recorded_by=by,
        recorded_at=at,
    )
    record("record_remediation", remediation, by=by, hazard_report=hazard_report.pk)
    _announce(EventKind.REMEDIATION_RECORDED, remediation, case=hazard_report.case, at=at)
    if extent == Remediation.Extent.FULL and verification != Remediation.Verification.NONE:
        close_for_hazard(report=hazard_report, reason="mended and verified", by=by, at=at)
    return remediation


@transaction.atomic
def record_health_change(
    *,
    case: Case,
    observed_on: date,
    change: HealthChange.Change,
    respondent: HealthChange.Respondent,
    steroid_courses: int | None,
    admissions: int | None,
    by: User,
    at: datetime,
) -> HealthChange:
    """Record how the patient is; None for what was not asked."""
    require(by, Right.RECORD_OUTCOME)
    if observed_on > at.astimezone(LONDON).date():
        raise NotYetHappened
    health_change = HealthChange.objects.create(
        case=case,
        observed_on=observed_on,
        change=change,
        respondent=respondent,
        steroid_courses="" if steroid_courses is None else str(steroid_courses),
        admissions="" if admissions is None else str(admissions),
        recorded_by=by,
        recorded_at=at,
    )
    record("record_health_change", health_change, by=by, case=case.pk)
    return health_change
