"""Signing in and out, and where a person's work begins."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError
from typing_extensions import override

from letters.web.forms.account import SignInForm
from letters.web.views.pages import show
from letters.web.visitor import Visitor, me


class _SignIn(LoginView):  # type: ignore[misc]  # the package ships no types
    template_name = "letters/sign_in.jinja"
    form_class = SignInForm

    @override
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)
        return context | {"organisation": settings.OIDC.name}


_ask_to_sign_in = _SignIn.as_view()
sign_out = LogoutView.as_view()


def sign_in(request: HttpRequest) -> HttpResponse:
    """Failed tries are counted; without the counter passwords could be guessed, so nobody gets in
    while it is out of reach."""
    try:
        answer: HttpResponse = _ask_to_sign_in(request)
    except RedisError:
        return show(request, "sign_in_later", status=503)
    return answer


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the page the person's work begins on."""
    visitor = Visitor(me(request))
    return redirect(visitor.start) if visitor.rights else show(request, "no_role", status=403)
