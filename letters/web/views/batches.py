"""Batches of letters for a team's own printer."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.delivery.batches import actions, queries
from letters.delivery.batches.models import PrintBatch
from letters.web.forms.form import Confirmation, Form, sent
from letters.web.forms.sending import TickOffForm
from letters.web.refusals import REFUSALS
from letters.web.views import find
from letters.web.views.pages import go, show
from letters.web.visitor import me

_RECENT = 30


@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """What waits to be printed in each of the person's teams, and the batches of late."""
    return _overview(request, None)


def make_batch(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Have all that waits put together."""
    team, form = find.printing_team(request, team_id), Confirmation(sent(request))
    make = partial(actions.ask_for_batch, team=team, by=me(request), at=timezone.now())
    if form.does(make):
        return go(request, "letters:batch", batch_id=form.done.pk)
    return _overview(request, form)


def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Print it, and say what is in the post."""
    row = find.batch(request, batch_id)
    form = TickOffForm(sent(request), items=queries.to_tick(row), today=timezone.localdate())
    tick = partial(actions.tick_off, batch=row, by=me(request), at=timezone.now())
    if request.method == "POST" and form.does(tick):
        says = f"Recorded for {form.done} letters. What runs from them starts within minutes."
        return go(request, "letters:batch", says=says, batch_id=row.pk)
    return _page(request, row, form)


@require_safe
def batch_pages(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The PDF for the printer; the page says why where it may not be had."""
    row = find.batch(request, batch_id)
    try:
        data = actions.take_batch(batch=row, by=me(request))
    except REFUSALS as refusal:
        form = TickOffForm(items=queries.to_tick(row), today=timezone.localdate())
        return _page(request, row, form, refusal=str(refusal), status=409)
    response = HttpResponse(data, content_type="application/pdf")
    name = f"letters-{row.day.isoformat()}-{row.number}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _overview(request: HttpRequest, form: Form | None) -> HttpResponse:
    person = me(request)
    teams = [
        (team, queries.waiting_for(team).count()) for team in queries.printing_teams_of(person)
    ]
    recent = queries.visible_to(person)[:_RECENT]
    return show(request, "batches", teams=teams, batches=recent, form=form)


def _page(
    request: HttpRequest, row: PrintBatch, form: Form, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    items = tuple(queries.items_of(row))
    waits = any(item.freed_at is None and item.dispatch.status == "ready" for item in items)
    return show(
        request,
        "batch",
        status=status,
        batch=row,
        items=items,
        waits=waits,
        form=form,
        refusal=refusal,
    )
