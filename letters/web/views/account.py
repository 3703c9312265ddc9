"""Signing in and out, and where a person's work begins."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from letters.web.forms.account import SignInForm
from letters.web.views.pages import show
from letters.web.visitor import Visitor, me

sign_in = LoginView.as_view(
    template_name="letters/sign_in.jinja",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)
sign_out = LogoutView.as_view()


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the page the person's work begins on."""
    visitor = Visitor(me(request))
    return redirect(visitor.start) if visitor.rights else show(request, "no_role", status=403)
