"""Reads about outcomes."""

from django.db.models import QuerySet

from letters.cases.models import Case, HazardReport
from letters.outcomes.models import HealthChange, Remediation, Response


def responses_to(case: Case) -> QuerySet[Response]:
    """What the landlord said, the earliest first."""
    return Response.objects.filter(letter__case=case).select_related("letter")


def remediations_of(report: HazardReport) -> QuerySet[Remediation]:
    """Every claim about a hazard, side by side."""
    return Remediation.objects.filter(hazard_report=report)


def health_changes_of(case: Case) -> QuerySet[HealthChange]:
    return HealthChange.objects.filter(case=case)


def claims_about(case: Case) -> QuerySet[Remediation]:
    """Every claim about any hazard of a case, the earliest first."""
    return Remediation.objects.filter(hazard_report__case=case).select_related("hazard_report")
