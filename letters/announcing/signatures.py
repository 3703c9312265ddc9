"""Signs what goes out as Standard Webhooks does it, so that any library of theirs can check it."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

_PREFIX: Final = "whsec_"
_KEY_BYTES: Final = 32


def new_secret() -> str:
    """A key that nobody can guess, as the libraries take it."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def headers_of(
    body: bytes, *, message_id: UUID, at: datetime, keys: Iterable[str]
) -> dict[str, str]:
    """One signature for each secret that counts; whoever checks takes any that fits."""
    moment = str(int(at.timestamp()))
    signed = b".".join((str(message_id).encode(), moment.encode(), body))
    return {
        "webhook-id": str(message_id),
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(_signature(key, signed) for key in keys),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
