"""What is sent by somebody who has not signed in is weighed before any of it is read.

Looking for the token against forged requests reads the whole body, files and all, before a page can
ask who is there.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from letters.web.views.faults import too_large
from letters.web.visitor import visitor_of

Respond = Callable[[HttpRequest], HttpResponse]


def refuse_large_from_visitors(get_response: Respond) -> Respond:
    """Those who have signed in hear from the form which of their files is too large."""

    def respond(request: HttpRequest) -> HttpResponse:
        length = _length_of(request)
        # Most requests are small, and need not ask the database who sends them.
        if length > settings.VISITOR_BYTES_AT_ONCE and not visitor_of(request):
            return too_large(request)
        return get_response(request)

    return respond


def _length_of(request: HttpRequest) -> int:
    """As the request says: no more of it is read, and nothing where it does not say."""
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isdecimal() else 0
