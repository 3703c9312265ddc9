"""Asking a patient for photographs by a link, as somebody here does it."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from letters.cases import actions as cases
from letters.incoming.asking import actions as asking
from letters.incoming.asking.queries import offered_ways
from letters.web.asking import hindrance
from letters.web.forms.asking import AskForPhotographsForm
from letters.web.forms.form import Confirmation, sent
from letters.web.views import find
from letters.web.views.pages import ask, confirmed, go
from letters.web.visitor import me


def ask_for_photographs(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Have a link sent; no letter waits for what comes by it."""
    row = find.case(request, case_id)
    ways = offered_ways(row.team.organisation.partnership)
    return ask(
        request,
        "ask_for_photographs",
        AskForPhotographsForm(sent(request), patient=row.patient, ways=ways),
        confirmed(
            partial(asking.ask_for_photographs, case=row, by=me(request), at=timezone.now()),
            partial(cases.confirm_patient, case=row, for_what=cases.Added.LINK, by=me(request)),
        ),
        then=lambda _: go(
            request, "letters:evidence", says="The link goes out within a minute", case_id=row.pk
        ),
        case=row,
        ways=ways,
        hindrance=hindrance(row),
    )


def end_photograph_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The link takes nothing any more."""
    row, form = find.photograph_request(request, request_id), Confirmation(sent(request))
    form.does(partial(asking.end_request, request=row, by=me(request), at=timezone.now()))
    return go(request, "letters:evidence", says="The link has ended", case_id=row.case_id)
