"""Showing a page, and asking a question until it is answered."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from letters.web.forms.form import Form

Go = Callable[[Any], HttpResponse]  # given what the action made


def show(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """One page by its name."""
    return render(request, f"letters/{name}.jinja", context, status=status)


def go(request: HttpRequest, to: str, *, says: str = "", **ids: UUID | str) -> HttpResponse:
    """On to another page, on which `says` is shown once."""
    if says:
        messages.success(request, says)
    return redirect(reverse(to, kwargs=ids or None))


def confirmed(action: Callable[..., object], confirm: Callable[[], None]) -> Callable[..., object]:
    """The action, once it is written down that the person has said whom it is about."""

    def act(**given: object) -> object:
        confirm()
        return action(**given)

    return act


def ask(
    request: HttpRequest,
    name: str,
    form: Form,
    action: Callable[..., object],
    *,
    then: Go,
    **context: Any,
) -> HttpResponse:
    """Show the form; once it is sent and its action done, go on. A refusal shows it again, with
    what was typed."""
    if request.method == "POST" and form.does(action):
        return then(form.done)
    return show(request, name, form=form, **context)
