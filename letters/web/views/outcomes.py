"""What came of a letter, and the summary of it."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.outcomes import actions as outcomes
from letters.outcomes.measures import partnerships_to_measure, summary_of
from letters.outcomes.months import months_of
from letters.web.forms.form import sent
from letters.web.forms.outcomes import HealthChangeForm, RemediationForm, ResponseForm
from letters.web.month_chart import chart_of
from letters.web.summary import rows_of
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me


def record_response(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """What the landlord said or did."""
    row = find.letter(request, letter_id)
    return ask(
        request,
        "record_response",
        ResponseForm(sent(request)),
        partial(outcomes.record_response, letter=row, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:case", says="Response recorded", case_id=row.case_id),
        letter=row,
    )


def record_remediation(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What was done to a hazard, and who says so."""
    row = find.hazard_report(request, report_id)
    return ask(
        request,
        "record_remediation",
        RemediationForm(sent(request)),
        partial(outcomes.record_remediation, hazard_report=row, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:case", says="Claim recorded", case_id=row.case_id),
        report=row,
    )


def record_health_change(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """How the patient is now."""
    row = find.case(request, case_id)
    return ask(
        request,
        "record_health_change",
        HealthChangeForm(sent(request)),
        partial(outcomes.record_health_change, case=row, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:case", says="Health recorded", case_id=row.pk),
        case=row,
    )


@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    """Counts that single nobody out."""
    measured = [
        (partnership, rows_of(summary_of(partnership)))
        for partnership in partnerships_to_measure(me(request))
    ]
    return show(request, "summary", measured=measured)


@require_safe
def my_month(request: HttpRequest) -> HttpResponse:
    """The person's own letters, month by month, and what came of their cases."""
    months = months_of(me(request), day=timezone.localdate())
    return show(request, "my_month", months=months, chart=chart_of(months))
