"""What stands before every page of somebody who has signed in: a session in which nobody did
anything for a while is locked, and who sees patients must have a second factor.

The page that asks for the password stands at the address that was asked for, and carries what was
posted there in its own form. Nothing of it is kept here, and the browser sends it back only with
the token of the same session: signing in as somebody else makes a new one.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from letters.access import organisation, sessions
from letters.web.forms.account import UnlockForm
from letters.web.views.pages import show
from letters.web.visitor import me

View = Callable[..., HttpResponse]
_CAME_BY, _PASSWORD = "unlock-came-by", "unlock-password"
_OURS = {_CAME_BY, _PASSWORD, "csrfmiddlewaretoken"}


def guarded(view: View, *, needs_factor: bool = True) -> View:
    """The view, for somebody who is there and has shown who they are."""

    @wraps(view)
    def stand_before(request: HttpRequest, **ids: object) -> HttpResponse:
        at = timezone.now()
        answer = _at_the_lock(request)
        if answer is not None:
            return answer
        if needs_factor and sessions.lacks_second_factor(request.session, me(request)):
            return redirect("mfa_index")
        sessions.note_activity(request.session, at=at)
        return view(request, **ids)

    return stand_before


def _at_the_lock(request: HttpRequest) -> HttpResponse | None:
    """None for who may go on. Two windows may show the same lock: what opened it in one must not
    be taken for a form by the page behind the other."""
    came_by = request.POST.get(_CAME_BY)
    if sessions.is_locked(request.session, at=timezone.now()):
        form = UnlockForm(request.POST if came_by else None, request=request)
        if not form.is_valid():
            return _lock(request, form, came_by or request.method or "")
        sessions.note_sign_in(request.session, at=timezone.now())
    if came_by is None:
        return None
    if came_by != "POST":
        return redirect(request.get_full_path())
    request.POST = _carried(request)  # type: ignore[assignment]  # the setter takes any
    return None


def _lock(request: HttpRequest, form: UnlockForm, came_by: str) -> HttpResponse:
    kept = [(name, value) for name, values in _carried(request).lists() for value in values]
    return show(
        request,
        "locked",
        form=form,
        came_by=came_by,
        kept=kept,
        had_files=bool(request.FILES),
        organisation=organisation.name_for(me(request)),
    )


def _carried(request: HttpRequest) -> QueryDict:
    """What was posted to the page itself."""
    posted = request.POST.copy()
    for name in _OURS:
        posted.pop(name, None)
    return posted
