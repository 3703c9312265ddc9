"""Landlords of several homes, and the one letter about all of them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from markupsafe import Markup

from letters.clusters.letter import preview_portfolio
from letters.clusters.queries import clusters_visible_to
from letters.drafting.errors import TooFewHomes
from letters.drafting.portfolio import LEAST_HOMES
from letters.rendering import html, text
from letters.web.views import find
from letters.web.views.files import kept
from letters.web.views.pages import show
from letters.web.visitor import me


@require_safe
def clusters(request: HttpRequest) -> HttpResponse:
    """Those that are large enough to be told of."""
    found = clusters_visible_to(me(request))
    return show(request, "clusters", clusters=found, least=LEAST_HOMES)


@require_safe
def cluster(request: HttpRequest, team_id: UUID, landlord_id: UUID, nation: str) -> HttpResponse:
    """Its hazards, and the letter as far as it can be written."""
    found = find.cluster(request, team_id, landlord_id, nation)
    shown, why_not = Markup(), ""
    try:
        letter = preview_portfolio(found, by=me(request), day=timezone.localdate())
        shown = Markup(html.render(letter.content))  # noqa: S704 - our own, escaped there
    except TooFewHomes as refusal:
        why_not = str(refusal)
    return show(request, "cluster", cluster=found, html=shown, why_not=why_not, least=LEAST_HOMES)


@require_safe
def portfolio_text(
    request: HttpRequest, team_id: UUID, landlord_id: UUID, nation: str
) -> HttpResponse:
    """The letter, to be taken along."""
    found = find.cluster(request, team_id, landlord_id, nation)
    try:
        letter = preview_portfolio(found, by=me(request), day=timezone.localdate())
    except TooFewHomes:
        raise Http404 from None
    return kept(text.render(letter.content).encode(), "portfolio-preview.txt")
