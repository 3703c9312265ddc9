"""Which other programs are told what happens, and how well that goes."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.announcing import actions, queries
from letters.announcing.models import Subscription
from letters.web.forms.announcing import SubscribeForm
from letters.web.forms.form import Confirmation, Form, sent
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me

_MOST_SHOWN = 50
# Whose secret is shown on the next page, and never again; the session holds no secret itself.
_TOLD_ONCE = "subscription_to_show"


@require_safe
def subscriptions(request: HttpRequest) -> HttpResponse:
    """Who is told."""
    rows = queries.subscriptions_visible_to(me(request))
    return show(request, "subscriptions", subscriptions=rows)


def subscribe(request: HttpRequest) -> HttpResponse:
    """Another program is told from now on."""
    form = SubscribeForm(sent(request), partnerships=queries.partnerships_to_subscribe(me(request)))
    return ask(
        request,
        "subscribe",
        form,
        partial(actions.subscribe, by=me(request), at=timezone.now()),
        then=partial(_with_secret, request, "It is told from now on"),
    )


def _with_secret(request: HttpRequest, says: str, made: Subscription) -> HttpResponse:
    request.session[_TOLD_ONCE] = str(made.pk)
    return go(request, "letters:subscription", says=says, subscription_id=made.pk)


@require_safe
def subscription(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """One program: what it is told, what it did not take."""
    row = find.subscription(request, subscription_id)
    is_new = request.session.get(_TOLD_ONCE) == str(row.pk)
    if is_new:
        del request.session[_TOLD_ONCE]
    return _page(request, row, secret=row.secret if is_new else "")


def _page(
    request: HttpRequest, row: Subscription, *, secret: str = "", form: Form | None = None
) -> HttpResponse:
    return show(
        request,
        "subscription",
        subscription=row,
        secret=secret,
        waiting=queries.waiting_count(row),
        given_up=queries.given_up(row)[:_MOST_SHOWN],
        form=form,
    )


def change_secret(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """A new secret, shown once."""
    row, form = find.subscription(request, subscription_id), Confirmation(sent(request))
    change = partial(actions.change_secret, subscription=row, by=me(request), at=timezone.now())
    if form.does(change):
        return _with_secret(request, "For a day, both secrets sign", row)
    return _page(request, row, form=form)


def resume_subscription(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Go on after a pause."""
    row, form = find.subscription(request, subscription_id), Confirmation(sent(request))
    resume = partial(actions.resume, subscription=row, by=me(request), at=timezone.now())
    if form.does(resume):
        says = "It is told again, also of what has waited"
        return go(request, "letters:subscription", says=says, subscription_id=row.pk)
    return _page(request, row, form=form)


def end_subscription(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Tell it nothing more."""
    row, form = find.subscription(request, subscription_id), Confirmation(sent(request))
    end = partial(actions.end_subscription, subscription=row, by=me(request), at=timezone.now())
    if form.does(end):
        return go(request, "letters:subscription", says="Ended", subscription_id=row.pk)
    return _page(request, row, form=form)


def tell_again(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """Start anew with what was given up."""
    row, form = find.announcement(request, announcement_id), Confirmation(sent(request))
    again = partial(actions.tell_again, announcement=row, by=me(request), at=timezone.now())
    if form.does(again):
        says = "It is told again within a minute"
        return go(request, "letters:subscription", says=says, subscription_id=row.subscription_id)
    return _page(request, row.subscription, form=form)
