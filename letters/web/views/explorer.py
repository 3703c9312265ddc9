"""The law as anybody may read it: no sign-in, no patient, nothing kept of what was asked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from letters.issuing.explorer import (
    NOTICE,
    NationsLaw,
    law_sought,
    listed_on,
    nations_with_law,
    title_of,
)
from letters.issuing.sources import library
from letters.issuing.what_applies import what_applies as applies_to
from letters.law.errors import UnknownProvision
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import LONDON
from letters.web.forms.explorer import HAZARDS, OCCUPANTS, SoughtForm, WhatAppliesForm
from letters.web.views.pages import show


@require_safe
@cache_control(private=True, no_cache=True)
def law(request: HttpRequest) -> HttpResponse:
    """Nations, instruments and provisions, as far as they are sought."""
    form = SoughtForm(request.GET or None)
    sought, today = form.sought, timezone.now().astimezone(LONDON).date()
    found: tuple[NationsLaw, ...] = () if form.errors else law_sought(sought, today=today)
    return show(
        request,
        "law",
        form=form,
        sought=sought,
        found=found,
        nations=nations_with_law(),
        notice=NOTICE,
    )


@require_safe
@cache_control(private=True, no_cache=True)
def provision(request: HttpRequest, nation: str, instrument: str, provision: str) -> HttpResponse:
    """One provision in every version it has had."""
    jurisdiction = nation_with_law(nation)
    try:
        found = library().provision(jurisdiction, f"{instrument}/{provision}")
    except UnknownProvision:
        raise Http404 from None
    today = timezone.now().astimezone(LONDON).date()
    listed = listed_on(found, today)
    title = title_of(found)
    return show(
        request,
        "provision",
        provision=found,
        listed=listed,
        title=title,
        today=today,
        notice=NOTICE,
    )


@require_safe
@cache_control(private=True, no_store=True)
def what_applies(request: HttpRequest, nation: str) -> HttpResponse:
    """The law held against a set of facts; the address is as private as what was typed."""
    jurisdiction = nation_with_law(nation)
    today = timezone.now().astimezone(LONDON).date()
    form = WhatAppliesForm(request.GET or None, nation=jurisdiction, today=today)
    answered = form.is_bound and form.does(applies_to)
    return show(
        request,
        "what_applies",
        form=form,
        nation=jurisdiction,
        nations=nations_with_law(),
        answer=form.done if answered else None,
        hazard_numbers=HAZARDS,
        occupant_numbers=OCCUPANTS,
        notice=NOTICE,
    )


def nation_with_law(name: str) -> Jurisdiction:
    """A nation that has law files; any other is not found."""
    if name not in nations_with_law():
        raise Http404
    return Jurisdiction(name)
