"""Finding a patient before anything is created, and opening a case."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from letters.cases import actions as cases
from letters.issuing.sources import nations
from letters.web import searches
from letters.web.forms.form import sent
from letters.web.forms.opening import OpenCaseForm
from letters.web.forms.patients import FindPatientForm, RegisterPatientForm
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me


def start(request: HttpRequest) -> HttpResponse:
    """One box. A search is sent by POST, so that no number stands in an address; it only reads, and
    so answers where it is."""
    form = FindPatientForm(sent(request))
    if request.method == "POST" and (found := searches.search(form, by=me(request))) is not None:
        register = RegisterPatientForm(user=me(request), initial=searches.searched_for(form))
        return show(request, "found_patients", found=found, form=register)
    return show(request, "start", form=form, **searches.begun_by(me(request)))


def register_patient(request: HttpRequest) -> HttpResponse:
    """Enter somebody whom a search did not find."""
    form = RegisterPatientForm(sent(request), user=me(request))
    return ask(
        request,
        "register_patient",
        form,
        partial(cases.register_patient, by=me(request), at=timezone.now()),
        then=lambda patient: go(request, "letters:open_case", patient_id=patient.pk),
    )


def open_case(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """The home and how it is held."""
    user, patient = me(request), find.patient(request, patient_id)
    form = OpenCaseForm(sent(request), patient=patient, user=user, nations=nations())
    return ask(
        request,
        "open_case",
        form,
        partial(cases.open_case, patient=patient, by=user, at=timezone.now()),
        then=lambda case: go(request, _next(form), says="Case opened", case_id=case.pk),
        patient=patient,
        there=searches.cases_beside(user, patient),
    )


def _next(form: OpenCaseForm) -> str:
    return "letters:name_new_landlord" if form.landlord_is_new else "letters:report_hazard"
