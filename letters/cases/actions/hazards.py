"""Reporting what is wrong with the home, and putting a report right."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_closed, refuse_future
from letters.cases.errors import (
    HazardAlreadyReported,
)
from letters.cases.models import (
    Case,
    HazardReport,
)
from letters.drafting.vocabulary import (
    Source,
)
from letters.law.facts import Answer, Severity
from letters.law.hazards import Hazard


@transaction.atomic
def report_hazard(
    *,
    case: Case,
    hazard: Hazard,
    severity: Severity,
    rooms: Sequence[str],
    description: str,
    source: Source,
    first_noticed_on: date | None,
    landlord_told_on: date | None,
    landlord_response: str,
    disrepair: Answer,
    landlord_controls_cause: Answer,
    heating_or_hot_water_lost: Answer,
    by: User,
    at: datetime,
) -> HazardReport:
    """Record one hazard in the home, once a case."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    refuse_future(at, first_noticed_on=first_noticed_on, landlord_told_on=landlord_told_on)
    if HazardReport.objects.filter(case=case, hazard=hazard).exists():
        raise HazardAlreadyReported
    report = HazardReport.objects.create(
        case=case,
        hazard=hazard,
        severity=severity,
        rooms=list(rooms),
        description=description,
        source=source,
        first_noticed_on=first_noticed_on,
        landlord_told_on=landlord_told_on,
        landlord_response=landlord_response,
        disrepair=disrepair,
        landlord_controls_cause=landlord_controls_cause,
        heating_or_hot_water_lost=heating_or_hot_water_lost,
        reported_by=by,
        reported_at=at,
    )
    record("report_hazard", report, by=by, case=case.pk)
    return report


@transaction.atomic
def correct_hazard(
    *,
    report: HazardReport,
    severity: Severity,
    rooms: Sequence[str],
    description: str,
    source: Source,
    first_noticed_on: date | None,
    landlord_told_on: date | None,
    landlord_response: str,
    disrepair: Answer,
    landlord_controls_cause: Answer,
    heating_or_hot_water_lost: Answer,
    by: User,
    at: datetime,
) -> HazardReport:
    """Put right what was reported of a hazard; approved letters keep what they said."""
    require(by, Right.RECORD_CASE)
    refuse_closed(report.case)
    refuse_future(at, first_noticed_on=first_noticed_on, landlord_told_on=landlord_told_on)
    report.severity, report.rooms = severity, list(rooms)
    report.description, report.source = description, source
    report.first_noticed_on, report.landlord_told_on = first_noticed_on, landlord_told_on
    report.landlord_response = landlord_response
    report.disrepair, report.landlord_controls_cause = disrepair, landlord_controls_cause
    report.heating_or_hot_water_lost = heating_or_hot_water_lost
    report.save()
    record("correct_hazard", report, by=by, case=report.case_id)
    return report
