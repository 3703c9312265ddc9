"""One deadline, and what comes after one that was missed."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.tracking import actions as tracking
from letters.web.deadlines import CHANGES, deadline_page_of
from letters.web.forms.form import Form, sent
from letters.web.views import find
from letters.web.views.pages import go, show
from letters.web.visitor import me


@require_safe
def deadline(request: HttpRequest, deadline_id: UUID) -> HttpResponse:
    """How a deadline was counted, and what has changed it."""
    row = find.deadline(request, deadline_id)
    return show(request, "deadline", page=deadline_page_of(row), form=None)


def change_deadline(request: HttpRequest, deadline_id: UUID, change: str) -> HttpResponse:
    """Pause, resume, extend, meet or close, with the reason."""
    if change not in CHANGES:
        raise Http404
    row, wanted = find.deadline(request, deadline_id), CHANGES[change]
    form: Form = wanted.form(sent(request))
    if request.method == "POST" and form.does(
        partial(wanted.action, deadline=row, by=me(request), at=timezone.now())
    ):
        return go(request, "letters:deadline", says=wanted.says, deadline_id=row.pk)
    return show(request, "change_deadline", page=deadline_page_of(row), wanted=wanted, form=form)


def settle_escalation(request: HttpRequest, escalation_id: UUID) -> HttpResponse:
    """An adviser has dealt with the next step."""
    row = find.escalation(request, escalation_id)
    tracking.settle_escalation(escalation=row, by=me(request), at=timezone.now())
    return go(request, "letters:worklist", says="Done")
