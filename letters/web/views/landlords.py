"""The directory of landlords: finding one, keeping what is said of them, merging duplicates."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.access.queries import partnerships_with
from letters.access.roles import Right
from letters.cases.landlords import actions, queries
from letters.cases.models import Landlord
from letters.web.forms.form import sent
from letters.web.forms.landlords import (
    ContactForm,
    EnterLandlordForm,
    EntryForm,
    MergeForm,
    SearchLandlordForm,
    as_entered,
    as_recorded,
)
from letters.web.landlords import entry_page
from letters.web.lists import LENGTH, one_page_of_counted
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me


def landlords(request: HttpRequest) -> HttpResponse:
    """All of them by name, or those that a search finds. A search is sent by POST, so that no name
    stands in an address; it only reads, and so answers where it is."""
    rows, form = queries.visible_to(me(request)), SearchLandlordForm(sent(request))
    if request.method == "POST" and form.is_valid():
        found = queries.named_like(rows, form.cleaned_data["words"])
        ids = queries.by_name(found)
        listed = queries.in_order(found, ids[:LENGTH])
        return show(request, "landlords", form=form, found=listed, count=len(ids), page=None)
    page = one_page_of_counted(request, queries.by_name(rows))
    listed = queries.in_order(rows, page)
    return show(request, "landlords", form=form, found=listed, count=None, page=page)


@require_safe
def landlord(request: HttpRequest, landlord_id: UUID) -> HttpResponse:
    """One of them, with what is known and was known before."""
    row = find.seen_landlord(request, landlord_id)
    return show(request, "landlord", entry=entry_page(row, by=me(request)))


def enter_landlord(request: HttpRequest) -> HttpResponse:
    """A landlord whom no case names yet."""
    partnerships = partnerships_with(me(request), Right.KEEP_LANDLORDS).order_by("name")
    return ask(
        request,
        "enter_landlord",
        EnterLandlordForm(sent(request), partnerships=partnerships),
        partial(actions.enter_landlord, by=me(request), at=timezone.now()),
        then=lambda row: _to(request, row, "Landlord added"),
    )


def change_landlord(request: HttpRequest, landlord_id: UUID) -> HttpResponse:
    """What the entry says."""
    row = find.kept_landlord(request, landlord_id)
    return ask(
        request,
        "change_landlord",
        EntryForm(sent(request), initial=as_entered(row)),
        partial(actions.change_landlord, landlord=row, by=me(request), at=timezone.now()),
        then=lambda _: _to(request, row, "Changed"),
        landlord=row,
    )


def record_landlord_contact(request: HttpRequest, landlord_id: UUID, role: str) -> HttpResponse:
    """Whom to reach for one thing."""
    row, chosen = find.kept_landlord(request, landlord_id), find.contact_role(role)
    return ask(
        request,
        "record_landlord_contact",
        ContactForm(sent(request), initial=as_recorded(queries.contact_of(row, chosen))),
        partial(
            actions.record_contact,
            landlord=row,
            role=chosen,
            by=me(request),
            at=timezone.now(),
        ),
        then=lambda _: _to(request, row, "Recorded"),
        landlord=row,
        role=chosen,
    )


def end_landlord_contact(request: HttpRequest, landlord_id: UUID, role: str) -> HttpResponse:
    """Nobody is reached there any more."""
    row, chosen = find.kept_landlord(request, landlord_id), find.contact_role(role)
    actions.end_contact(landlord=row, role=chosen, by=me(request), at=timezone.now())
    return _to(request, row, "Taken out")


@require_safe
def landlords_alike(request: HttpRequest) -> HttpResponse:
    """Entries that may be one landlord."""
    pairs = queries.likely_duplicates(queries.kept_by(me(request)))
    return show(request, "landlords_alike", listed=one_page_of_counted(request, pairs))


def merge_landlords(request: HttpRequest, landlord_id: UUID, other_id: UUID) -> HttpResponse:
    """Two entries side by side, and which of them stays."""
    one, other = find.kept_landlord(request, landlord_id), find.kept_landlord(request, other_id)
    return ask(
        request,
        "merge_landlords",
        MergeForm(sent(request), one=one, other=other),
        partial(actions.merge_landlords, by=me(request)),
        then=lambda kept: _to(request, kept, "Merged: cases of both name this landlord now"),
        entries=[entry_page(row, by=me(request)) for row in (one, other)],
    )


def _to(request: HttpRequest, row: Landlord, says: str) -> HttpResponse:
    return go(request, "letters:landlord", says=says, landlord_id=row.pk)
