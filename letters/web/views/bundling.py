"""Bundles: choosing what goes in, watching one being made, and taking its volumes."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.bundling import actions
from letters.bundling.models import Bundle
from letters.bundling.offering import READERS
from letters.bundling.queries import bundles_of
from letters.web.bundling import choosing_of, shown, usual_title, volume_file_name
from letters.web.forms.bundling import MakeBundleForm
from letters.web.forms.form import sent
from letters.web.refusals import REFUSALS
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me


@require_safe
def bundles(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Those of a case, and who another could be for."""
    row = find.seen_case(request, case_id)
    made = bundles_of(row, by=me(request))
    return show(request, "bundles", case=row, bundles=made, readers=READERS, form=None)


def make_bundle(request: HttpRequest, case_id: UUID, reader: str) -> HttpResponse:
    """What can go in, what is left out and why, and how large a volume may be."""
    row, to, by, at = (
        find.case(request, case_id),
        find.bundle_reader(reader),
        me(request),
        timezone.now(),
    )
    choosing = choosing_of(row, to, by=by, day=timezone.localdate())
    return ask(
        request,
        "make_bundle",
        MakeBundleForm(sent(request), offer=choosing.offer, title=usual_title(row, to)),
        partial(actions.ask_for_bundle, case=row, reader=to, by=by, at=at),
        then=lambda made: go(request, "letters:bundle", bundle_id=made.pk),
        case=row,
        reader=to,
        choosing=choosing,
    )


@require_safe
def bundle(request: HttpRequest, bundle_id: UUID) -> HttpResponse:
    """How far it is, and its volumes once it is made."""
    return _page(request, find.seen_bundle(request, bundle_id))


@require_safe
def bundle_volume(request: HttpRequest, bundle_id: UUID, number: int) -> HttpResponse:
    """One volume, to be sent on; the page says why where it may not go."""
    row = find.bundle(request, bundle_id)
    volume = find.volume(row, number)
    try:
        data = actions.take_volume(volume=volume, by=me(request), at=timezone.now())
    except REFUSALS:
        return _page(request, row, status=409)
    response = HttpResponse(data, content_type="application/pdf")
    name = volume_file_name(volume)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(request: HttpRequest, row: Bundle, *, status: int = 200) -> HttpResponse:
    page = shown(row, day=timezone.localdate())
    return show(request, "bundle", status=status, page=page, case=row.case, form=None)
