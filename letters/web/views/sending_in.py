"""Photographs sent by somebody who has a link and no account. Nothing of the case is shown, and no
photograph comes back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from letters.incoming.asking import actions as asking
from letters.incoming.asking.actions import Opening
from letters.incoming.asking.models import PhotographRequest
from letters.incoming.asking.queries import request_by_token, sent_by, why_shut
from letters.web.attempts import is_over
from letters.web.forms.asking import OpenSendingForm, SendPhotographsForm
from letters.web.forms.form import sent
from letters.web.openings import has_opened, note_opening
from letters.web.refusals import REFUSALS
from letters.web.views.pages import show

_COOKIE = "opened_sending"
Page = Callable[..., HttpResponse]


def _of_a_link(view: Page, *, shut_out: bool) -> Page:
    """A page of a link that still takes photographs; with `shut_out` for who has shown that it is
    theirs."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @cache_control(no_store=True, private=True)
    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        row = request_by_token(token)
        if row is None:
            raise Http404
        if why_shut(row, timezone.now()) is not None:
            page = show(request, "sending_shut", status=410, team=row.case.team)
        elif shut_out and not has_opened(request, _COOKIE, row.pk):
            page = redirect("letters:open_sending", token=token)
        else:
            page = view(request, row=row, token=token)
        page["X-Robots-Tag"] = "noindex"
        return page

    return guarded


def _open_sending(request: HttpRequest, *, row: PhotographRequest, token: str) -> HttpResponse:
    """Ask for the date of birth. Looking at the page does nothing: programs that look through
    messages follow every link."""
    form, team = OpenSendingForm(sent(request)), row.case.team
    if request.method != "POST":
        return show(request, "open_sending", form=form, team=team, token=token)
    if is_over(request):
        return show(request, "open_sending_later", status=429, team=team)
    if not form.is_valid():
        return show(request, "open_sending", form=form, team=team, token=token)
    outcome = asking.let_in(request=row, **form.cleaned_data, at=timezone.now())
    if outcome is Opening.LOCKED:
        return show(request, "open_sending_later", status=429, team=team)
    if outcome is Opening.REFUSED:
        form.add_error("date_of_birth", "Check the date of birth: it is not the one we have")
        return show(request, "open_sending", form=form, team=team, token=token)
    path = reverse("letters:open_sending", kwargs={"token": token})
    onward = redirect("letters:send_photographs", token=token)
    return note_opening(onward, _COOKIE, row.pk, path=path)


def _send_photographs(request: HttpRequest, *, row: PhotographRequest, token: str) -> HttpResponse:
    """Several at once; those that can be used are taken, and of the others it is said why not."""
    form, taken = SendPhotographsForm(sent(request), files=request.FILES or None), 0
    if request.method == "POST" and form.is_valid():
        files = form.cleaned_data["photographs"]
        faults = _send_each(row, files, form.cleaned_data["shows"], at=timezone.now())
        if not faults:
            return redirect("letters:photographs_sent", token=token)
        for fault in faults:
            form.add_error("photographs", fault)
        taken = len(files) - len(faults)
    return show(
        request, "send_photographs", form=form, token=token, taken=taken, count=sent_by(row).count()
    )


def _send_each(
    row: PhotographRequest, files: Sequence[bytes], shows: str, *, at: datetime
) -> list[str]:
    """What is wrong with those that were not taken, by their place among those that were sent."""
    faults = []
    for number, data in enumerate(files, start=1):
        try:
            asking.send_photograph(request=row, data=data, shows=shows, at=at)
        except REFUSALS as refusal:
            place = f"File {number} of {len(files)}" if len(files) > 1 else "It"
            faults.append(f"{place} was not sent. {refusal}")
    return faults


def _photographs_sent(request: HttpRequest, *, row: PhotographRequest, token: str) -> HttpResponse:
    """How many have come, and no more."""
    count = sent_by(row).count()
    return show(request, "photographs_sent", count=count, token=token, team=row.case.team)


def _decline_sending(request: HttpRequest, *, row: PhotographRequest, token: str) -> HttpResponse:
    """End the link. It needs no date of birth: a number may have been written down wrongly."""
    if request.method != "POST":
        return show(request, "decline_sending", token=token)
    asking.decline(request=row, at=timezone.now())
    return redirect("letters:open_sending", token=token)


open_sending = _of_a_link(_open_sending, shut_out=False)
send_photographs = _of_a_link(_send_photographs, shut_out=True)
photographs_sent = _of_a_link(_photographs_sent, shut_out=True)
decline_sending = _of_a_link(_decline_sending, shut_out=False)
