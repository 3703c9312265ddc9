"""Signing in with an organisation's own account: the way there, and the way back."""

import logging
from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError
from requests import RequestException

from letters.access import organisation, sessions
from letters.access.errors import NotLetIn
from letters.access.organisation import Arrival
from letters.web.views.pages import show

logger = logging.getLogger(__name__)
View = Callable[[HttpRequest], HttpResponse]


def _where_it_is_set_up(view: View) -> View:
    """Counted with other tries to sign in, and not there at all without an issuer."""

    @wraps(view)
    def counted(request: HttpRequest) -> HttpResponse:
        if not settings.OIDC.issuer:
            raise Http404
        try:
            too_many = ratelimit.consume_or_429(request, action="login")
            return too_many or view(request)
        except (RedisError, RequestException):
            return show(request, "sign_in_later", status=503)

    return never_cache(counted)


@_where_it_is_set_up
def go_to_organisation(request: HttpRequest) -> HttpResponse:
    """A page that leads on, not a redirect: browsers hold those that answer a form to our own
    addresses, however many the organisation sends them through."""
    if request.method != "POST":
        return redirect("letters:sign_in")
    address = organisation.begin(
        request,
        back_to=_back_to(),
        then=get_next_redirect_url(request) or reverse("letters:home"),
        at=timezone.now(),
    )
    return show(request, "to_organisation", address=address, organisation=settings.OIDC.name)


@_where_it_is_set_up
def come_from_organisation(request: HttpRequest) -> HttpResponse:
    """One page for whoever is not let in, whatever the reason."""
    try:
        arrival = organisation.arrive(request, back_to=_back_to())
    except NotLetIn as refusal:
        logger.warning("organisation's account not let in", extra={"reason": refusal.reason})
        return show(
            request, "not_let_in", status=403, refusal=refusal, organisation=settings.OIDC.name
        )
    organisation.note_arrival(arrival)
    return _let_in(request, arrival)


def unlocked(request: HttpRequest) -> HttpResponse:
    """Beside a window in which something typed waits to be sent."""
    return show(request, "unlocked")


def _let_in(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """Who is there already, behind a lock, stays: the form that waits there is good for this
    session alone."""
    if request.user.is_authenticated and request.user.pk == arrival.user.pk:
        sessions.note_sign_in(request.session, at=timezone.now())
    else:
        logout(request)
        if not arrival.showed_second_factor:
            login = Login(user=arrival.user, redirect_url=arrival.then)
            answer: HttpResponse = perform_login(request, login)
            return answer
        get_adapter(request).login(request, arrival.user)
    if arrival.showed_second_factor:
        sessions.note_second_factor(request.session, arrival.user)
    return redirect(arrival.then)


def _back_to() -> str:
    return settings.PUBLIC_URL + reverse("letters:come_from_organisation")
