"""Choosing a new password by a link that goes to one's own address."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from letters.access import passwords
from letters.web.attempts import is_over
from letters.web.forms.account import ForgottenForm, NewPasswordForm
from letters.web.forms.form import sent
from letters.web.views.faults import too_many
from letters.web.views.pages import ask, go, show

_open_to_everybody = require_http_methods(["GET", "HEAD", "POST"])


@_open_to_everybody
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """The answer is the same for every address: it must not tell who has an account."""
    if request.method == "POST" and is_over(request):
        return too_many(request)
    form = ForgottenForm(sent(request))
    if request.method == "POST" and form.does(passwords.ask_for_link):
        return show(request, "password_link_sent")
    return show(request, "forgotten_password", form=form)


@_open_to_everybody
@cache_control(no_store=True, private=True)
def choose_password(request: HttpRequest, user_id: UUID, token: str) -> HttpResponse:
    """The page behind the link. Looking at it does nothing: programs that look through mail follow
    every link."""
    user = passwords.user_by_link(user_id, token)
    if user is None:
        page = show(request, "password_link_over", status=410)
    else:
        page = ask(
            request,
            "choose_password",
            NewPasswordForm(sent(request), user=user),
            partial(passwords.choose_password, user_id=user_id, token=token),
            then=lambda _: go(request, "letters:sign_in", says="Your password is changed. Sign in"),
        )
    page["X-Robots-Tag"] = "noindex"
    return page
