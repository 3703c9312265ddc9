"""What would go out, before it does."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.web.rehearsing import rehearsals_for
from letters.web.views.pages import show
from letters.web.visitor import me


@require_safe
def rehearsal(request: HttpRequest) -> HttpResponse:
    """Every letter that could go: to whom, by which way, what would run from it, what stops it."""
    rehearsals = rehearsals_for(me(request), timezone.now())
    return show(request, "rehearsal", rehearsals=rehearsals)
