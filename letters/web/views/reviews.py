"""Law and wording, unit by unit, and the reviewers who stand for them."""

from collections.abc import Callable, Sized
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.issuing import signing
from letters.web.forms.form import Form, sent
from letters.web.forms.reviews import SignForm, StatusForm, TickedForm, WithdrawForm
from letters.web.reviews import (
    day_of,
    listing_of,
    partnership_to_sign_for,
    sign_off_of,
    standings_of,
    unit_page_of,
)
from letters.web.views.explorer import nation_with_law
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me

_HALF_A_YEAR = timedelta(days=182)


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """How far each nation is signed in each partnership of the person's."""
    return show(request, "reviews", standings=standings_of(me(request), at=timezone.now()))


@require_safe
def review(request: HttpRequest, nation: str) -> HttpResponse:
    """One nation's units, to be read, ticked and signed."""
    return _listed(request, nation, request.GET.get("partnership", ""), None)


def _listed(
    request: HttpRequest, nation: str, partnership_id: str, form: Form | None
) -> HttpResponse:
    at, asked = timezone.now(), StatusForm(request.GET)
    given = asked.cleaned_data if asked.is_valid() else {}
    listing = listing_of(
        request,
        me(request),
        nation_with_law(nation),
        partnership_id=partnership_id,
        status=given.get("status"),
        kind=given.get("kind"),
        at=at,
    )
    sign = form if isinstance(form, SignForm) else SignForm(suggested=day_of(at) + _HALF_A_YEAR)
    return show(request, "review", listing=listing, asked=asked, sign=sign, form=form)


@require_safe
def review_unit(request: HttpRequest, nation: str, unit_id: str) -> HttpResponse:
    """One unit: what it says, what changed, what rests on it."""
    at = timezone.now()
    page = unit_page_of(request, me(request), nation_with_law(nation), unit_id, at=at)
    sign = SignForm(suggested=day_of(at) + _HALF_A_YEAR)
    return show(request, "review_unit", page=page, sign=sign, form=None)


def sign_units(request: HttpRequest, nation: str, partnership_id: UUID) -> HttpResponse:
    """Stand for what was ticked, as it was read."""
    form = SignForm(sent(request))
    says = "Signed: {count}. A second reviewer must confirm."
    return _done(request, nation, partnership_id, form, signing.sign_units, says=says)


def confirm_units(request: HttpRequest, nation: str, partnership_id: UUID) -> HttpResponse:
    """Confirm what was ticked, as a second person."""
    form = TickedForm(sent(request))
    says = "Confirmed: {count}."
    return _done(request, nation, partnership_id, form, signing.confirm_units, says=says)


def _done(
    request: HttpRequest,
    nation: str,
    partnership_id: UUID,
    form: TickedForm,
    action: Callable[..., Sized],
    *,
    says: str,
) -> HttpResponse:
    """Do it and come back to the same listing; a refusal stands above it."""
    user, at = me(request), timezone.now()
    partnership = partnership_to_sign_for(user, partnership_id)
    for_nation = partial(action, partnership=partnership, jurisdiction=nation_with_law(nation))
    if not form.does(for_nation, by=user, at=at):
        return _listed(request, nation, str(partnership.pk), form)
    messages.success(request, says.format(count=len(form.done)))
    asked = request.GET.urlencode() or f"partnership={partnership.pk}"
    return redirect(f"{reverse('letters:review', kwargs={'nation': nation})}?{asked}")


def withdraw_sign_off(request: HttpRequest, sign_off_id: UUID) -> HttpResponse:
    """Take a signature back, with the reason."""
    user, at = me(request), timezone.now()
    row = sign_off_of(user, sign_off_id)
    says = "Signature taken back. Letters that rest on it stop."
    return ask(
        request,
        "withdraw_sign_off",
        WithdrawForm(sent(request)),
        partial(signing.withdraw_sign_off, sign_off=row, by=user, at=at),
        then=lambda _: go(request, "letters:reviews", says=says),
        sign_off=row,
    )
