"""Which law a letter tells of, and leaving out what only may apply."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.issuing import actions as issuing
from letters.issuing.models import Letter
from letters.web.clauses import clause_page_of
from letters.web.forms.clauses import LeaveOutForm
from letters.web.forms.form import Confirmation, Form, sent
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me


@require_safe
def clauses(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """What the law has in the letter, and what was left out."""
    return _clauses(request, find.seen_letter(request, letter_id), None)


def _clauses(request: HttpRequest, letter: Letter, form: Form | None) -> HttpResponse:
    page = clause_page_of(letter, by=me(request), at=timezone.now())
    return show(request, "clauses", page=page, form=form)


def leave_clause_out(request: HttpRequest, letter_id: UUID, provision_id: str) -> HttpResponse:
    """Why it does not belong there."""
    row, by, at = find.letter(request, letter_id), me(request), timezone.now()
    told = clause_page_of(row, by=by, at=at).clauses
    clause = next((each for each in told if each.provision_id == provision_id), None)
    if clause is None:
        raise Http404
    action = partial(issuing.leave_clause_out, letter=row, provision_id=provision_id, by=by, at=at)
    return ask(
        request,
        "leave_clause_out",
        LeaveOutForm(sent(request)),
        action,
        then=lambda _: go(request, "letters:clauses", says="Left out", letter_id=row.pk),
        letter=row,
        clause=clause,
    )


def take_clause_in(request: HttpRequest, letter_id: UUID, provision_id: str) -> HttpResponse:
    """It belongs there after all."""
    row, form = find.letter(request, letter_id), Confirmation(sent(request))
    take_in = partial(
        issuing.take_clause_in,
        letter=row,
        provision_id=provision_id,
        by=me(request),
        at=timezone.now(),
    )
    if form.does(take_in):
        return go(request, "letters:clauses", says="Taken in again", letter_id=row.pk)
    return _clauses(request, row, form)
