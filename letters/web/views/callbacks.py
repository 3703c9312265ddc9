"""What carriers call back with. Anybody can reach these addresses: nothing is believed without the
token, and little is read before."""

import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from letters.delivery import actions as delivery
from letters.delivery.notify_news import NotUnderstood
from letters.drafting.case_document import parse
from letters.drafting.errors import DocumentRefused
from letters.incoming.asking import sending as asking

# What Notify sends has some hundred bytes.
_MOST_BYTES = 16_384


@csrf_exempt
@require_POST
def notify_callback(request: HttpRequest) -> HttpResponse:
    """Notify tells what became of something. It calls again when we answer with an error of ours,
    and never when we say that the request was at fault."""
    if not settings.NOTIFY_CALLBACK_TOKENS:
        return HttpResponse(status=404)
    if not _is_from_notify(request):
        return HttpResponse(status=401)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > _MOST_BYTES:
        return HttpResponse(status=413)
    try:
        told = parse(request.body)
        if isinstance(told, dict):
            if not asking.take_callback(told=told):
                delivery.take_callback(told=told, at=timezone.now())
            return HttpResponse(status=204)
    except (DocumentRefused, NotUnderstood):
        pass  # told below
    return HttpResponse(status=400)


def _is_from_notify(request: HttpRequest) -> bool:
    """Each of the tokens is looked at, however the first compares: the time taken tells nothing."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    alike = [hmac.compare_digest(given, each.encode()) for each in settings.NOTIFY_CALLBACK_TOKENS]
    return any(alike)
