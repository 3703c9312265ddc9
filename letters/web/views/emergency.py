"""Seeing another team's cases in an emergency, and looking at that later."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.cases import actions as cases
from letters.cases.emergency import emergencies_to_review, running_emergency
from letters.web import searches
from letters.web.forms.emergency import EmergencyForm, ReviewForm
from letters.web.forms.form import sent
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me


def open_in_emergency(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Why it cannot wait; while it runs, what can be seen."""
    patient, user = find.patient(request, patient_id), me(request)
    running = running_emergency(user, patient)
    if running is not None:
        found = searches.cases_beside(user, patient)
        return show(request, "emergency_open", patient=patient, running=running, found=found)
    return ask(
        request,
        "open_in_emergency",
        EmergencyForm(sent(request)),
        partial(cases.open_in_emergency, patient=patient, by=user, at=timezone.now()),
        then=lambda _: go(request, "letters:open_in_emergency", patient_id=patient.pk),
        patient=patient,
    )


def end_emergency(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Nothing more to see."""
    patient, user = find.patient(request, patient_id), me(request)
    running = running_emergency(user, patient)
    if running is not None:
        cases.end_emergency(emergency=running, by=user, at=timezone.now())
    return go(request, "letters:start", says="Ended")


@require_safe
def emergencies(request: HttpRequest) -> HttpResponse:
    """Who opened what in an emergency, and has not been asked about it yet."""
    return show(request, "emergencies", waiting=emergencies_to_review(me(request)))


def review_emergency(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """Whether there was a reason to look."""
    row = find.emergency(request, emergency_id)
    return ask(
        request,
        "review_emergency",
        ReviewForm(sent(request)),
        partial(cases.review_emergency, emergency=row, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:emergencies", says="Reviewed"),
        emergency=row,
    )
