"""The address at which answers about one case reach us: the mailbox, with a token of the case."""

import base64
import secrets
from collections.abc import Collection
from datetime import datetime

from django.conf import settings

from letters.cases.models import Case
from letters.delivery.models import ReplyAddress

_TOKEN_BYTES = 10  # 80 bits: sixteen letters and digits that nobody can guess


def reply_address_of(case: Case, *, at: datetime) -> str:
    """The same for a case on every call; '' where this place reads no mailbox."""
    if not settings.REPLY_MAILBOX:
        return ""
    row, _ = ReplyAddress.objects.get_or_create(
        case=case, defaults={"token": _new_token(), "made_at": at}
    )
    local, _, domain = settings.REPLY_MAILBOX.partition("@")
    return f"{local}+{row.token}@{domain}"


def cases_by_token(tokens: Collection[str]) -> dict[str, Case]:
    """The cases whose reply addresses hold these tokens."""
    rows = ReplyAddress.objects.filter(token__in=tokens).select_related("case__team__organisation")
    return {row.token: row.case for row in rows}


def _new_token() -> str:
    return base64.b32encode(secrets.token_bytes(_TOKEN_BYTES)).decode().lower()
