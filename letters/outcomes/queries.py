"""Reads about outcomes."""

from django.db.models import QuerySet

from letters.cases.models import Case, HazardReport
from letters.drafting.history import Happened
from letters.drafting.vocabulary import Happening
from letters.law.hazards import Hazard
from letters.law.periods import LONDON
from letters.outcomes.models import HealthChange, Remediation, Response

_INSPECTED = (Response.Kind.INSPECTED,)
_WORKS = {
    Remediation.Extent.FULL.value: Happening.WORK_DONE,
    Remediation.Extent.RECURRED.value: Happening.RETURNED,
}


def responses_to(case: Case) -> QuerySet[Response]:
    """What the landlord said, the earliest first."""
    return Response.objects.filter(letter__case=case).select_related("letter")


def inspections() -> QuerySet[Response]:
    """Answers that say that somebody went to look."""
    return Response.objects.filter(kind__in=_INSPECTED)


def checked_mends() -> QuerySet[Remediation]:
    """Claims of a hazard mended in full that do not rest on anybody's word alone."""
    full = Remediation.objects.filter(extent=Remediation.Extent.FULL)
    return full.exclude(verification=Remediation.Verification.NONE)


def remediations_of(report: HazardReport) -> QuerySet[Remediation]:
    """Every claim about a hazard, side by side."""
    return Remediation.objects.filter(hazard_report=report)


def health_changes_of(case: Case) -> QuerySet[HealthChange]:
    return HealthChange.objects.filter(case=case)


def happened_in(case: Case) -> tuple[Happened, ...]:
    """What a letter may tell of answers and works: kinds and days, never anybody's own words."""
    answers = (
        Happened(
            on=response.received_at.astimezone(LONDON).date(),
            what=Happening.INSPECTION if response.kind in _INSPECTED else Happening.REPLY,
            says="" if response.kind in _INSPECTED else response.get_kind_display(),
        )
        for response in responses_to(case)
        if response.kind != Response.Kind.RETALIATED  # an adviser decides who is told of that
    )
    works = (
        Happened(on=claim.completed_on, what=what, says=Hazard(claim.hazard_report.hazard).label)
        for claim in claims_about(case)
        if claim.completed_on is not None and (what := _WORKS.get(claim.extent)) is not None
    )
    return tuple(dict.fromkeys((*answers, *works)))


def claims_about(case: Case) -> QuerySet[Remediation]:
    """Every claim about any hazard of a case, the earliest first."""
    return Remediation.objects.filter(hazard_report__case=case).select_related("hazard_report")
