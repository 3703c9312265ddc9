"""The page on which a letter's reader opens it, as those who sent it see it."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.delivery.links import actions as links
from letters.delivery.links import queries
from letters.delivery.models import Dispatch
from letters.web.forms.form import Confirmation, Form, sent
from letters.web.views import find
from letters.web.views.pages import go, show
from letters.web.visitor import me


@require_safe
def letter_link(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """Whether the letter can be opened, and what was done there."""
    return _page(request, find.dispatch(request, dispatch_id))


def _page(request: HttpRequest, row: Dispatch, *, form: Form | None = None) -> HttpResponse:
    live = queries.live_link(row)
    return show(
        request,
        "letter_link",
        dispatch=row,
        live=live,
        opens_at=queries.url_of(live) if live else "",
        shut=queries.why_shut(live, timezone.now()) if live else None,
        visits=queries.visits_of(row),
        form=form,
    )


def renew_link(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """A new one in place of the old."""
    row, form = find.dispatch(request, dispatch_id), Confirmation(sent(request))
    if form.does(partial(links.renew_link, dispatch=row, by=me(request), at=timezone.now())):
        says = "There is a new link. Tell it to the reader: nothing is sent by itself."
        return go(request, "letters:letter_link", says=says, dispatch_id=row.pk)
    return _page(request, row, form=form)


def end_link(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """Nobody opens the letter by it any more."""
    row, form = find.dispatch(request, dispatch_id), Confirmation(sent(request))
    if form.does(partial(links.end_link, dispatch=row, by=me(request), at=timezone.now())):
        return go(request, "letters:letter_link", says="The link has ended", dispatch_id=row.pk)
    return _page(request, row, form=form)
