"""Letters in trouble on their way, brought to an end by a person."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.delivery.pauses import pauses_at
from letters.web.forms.form import sent
from letters.web.forms.operations import WayForm
from letters.web.operations import WAYS, parts_for
from letters.web.views import find
from letters.web.views.pages import go, show
from letters.web.visitor import me


@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """Stuck, unknown, returned, refused, and waiting for another try."""
    return _shown(request, form=None, status=200)


def settle_trouble(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """Do about one dispatch what was chosen."""
    row, at = find.dispatch(request, dispatch_id), timezone.now()
    ways = WAYS.get(row.status, ())
    form = WayForm(sent(request), ways=ways)
    chosen = form.data.get("way", "")
    action = next((way.action for way in ways if way.key == chosen), None)
    if action is not None and form.does(action, dispatch=row, by=me(request), at=at):
        return go(
            request, "letters:operations", says=f"Recorded for case {row.letter.case.reference}"
        )
    return _shown(request, form=form, status=422)


def _shown(request: HttpRequest, *, form: WayForm | None, status: int) -> HttpResponse:
    at = timezone.now()
    return show(
        request,
        "operations",
        parts=parts_for(me(request), at=at),
        pauses=pauses_at(at),
        ways=WAYS,
        form=form,
        status=status,
    )
