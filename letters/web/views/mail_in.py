"""Where a mail service hands on what came to the mailbox. Anybody can reach this address: nothing
is believed without the signature."""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from letters.incoming import actions as incoming
from letters.incoming.actions.keeping import MOST_BYTES
from letters.incoming.models import MessageSource

# How far the clocks of both sides may be apart; what is older is a copy of an old request.
WINDOW_SECONDS: Final = 300


@csrf_exempt
@require_POST
def take_mail(request: HttpRequest) -> HttpResponse:
    """One message as it came, with `X-Timestamp` (seconds) and `X-Signature`: the HMAC-SHA256, in
    hexadecimal, of the timestamp, a full stop and the message. 202: it is kept; the same again is
    the same message."""
    if not settings.INBOUND_SECRET:
        return HttpResponse(status=404)
    if (request.content_type or "").lower() != "message/rfc822":
        return HttpResponse(status=415)
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        return HttpResponse(status=411)
    if int(length) > MOST_BYTES:
        return HttpResponse(status=413)
    at = timezone.now()
    stamp = request.headers.get("X-Timestamp", "")
    if not _is_fresh(stamp, at):
        return HttpResponse(status=401)
    raw = request.read(MOST_BYTES)
    if len(raw) != int(length):
        return HttpResponse(status=400)  # cut off on its way
    if not _is_signed(stamp, raw, request.headers.get("X-Signature", "")):
        return HttpResponse(status=401)
    incoming.keep_message(raw=raw, source=MessageSource.WEBHOOK, received_at=at, at=at)
    return HttpResponse(status=202)


def _is_fresh(stamp: str, at: datetime) -> bool:
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
        return False
    given = datetime.fromtimestamp(int(stamp), UTC)
    return abs((at - given).total_seconds()) <= WINDOW_SECONDS


def _is_signed(stamp: str, raw: bytes, given: str) -> bool:
    secret = settings.INBOUND_SECRET.encode()
    wanted = hmac.new(secret, stamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), given.strip().lower().encode())
