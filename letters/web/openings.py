"""Who has shown that a link is theirs: for half an hour, in one browser, for that link alone."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

OPEN_SECONDS: Final = 30 * 60
_SALT: Final = "letters.web.openings"


def note_opening(response: HttpResponse, name: str, row_id: UUID, *, path: str) -> HttpResponse:
    """Remember it under this name, for the pages below the path."""
    response.set_cookie(
        name,
        signing.dumps(str(row_id), salt=f"{_SALT}.{name}"),
        max_age=OPEN_SECONDS,
        path=path,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def has_opened(request: HttpRequest, name: str, row_id: UUID) -> bool:
    """Whether this browser has opened this very link lately."""
    given = request.COOKIES.get(name, "")
    try:
        opened = signing.loads(given, salt=f"{_SALT}.{name}", max_age=OPEN_SECONDS)
    except signing.BadSignature:
        return False
    return bool(opened == str(row_id))
