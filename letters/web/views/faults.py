"""Pages for what cannot be shown. Each works without knowing who is there."""

from django.http import HttpRequest, HttpResponse

from letters.access.errors import NotAllowed
from letters.web.views.pages import show


def not_allowed(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
    """The person's role does not hold the right; the page says whom to ask."""
    return show(request, "forbidden", status=403, says=str(refusal))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show(request, "forbidden", status=403, says="")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show(request, "not_found", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return show(request, "broken", status=500)


def too_large(request: HttpRequest) -> HttpResponse:
    return show(request, "too_large", status=413)


def too_many(request: HttpRequest) -> HttpResponse:
    return show(request, "too_many", status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return show(request, "csrf_failure", status=403)
