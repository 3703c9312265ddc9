"""What GOV.UK Notify is set up with, if it is: all of it, or start-up stops by name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LIVE: Final = "https://api.notifications.service.gov.uk"
_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SHORTEST_TOKEN: Final = 24
_GOES_WITH_KEY: Final = {
    "NOTIFY_EMAIL_TEMPLATE": "the template of e-mails, as its page at Notify shows it",
    "NOTIFY_CALLBACK_TOKENS": "what Notify shows when it calls back: one text of 24 signs or more, "
    "two with a comma between while you change it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyVariables:
    """All empty where Notify is not used."""

    api_key: str
    base_url: str
    email_template: str
    text_template: str
    photographs_template: str
    uploads: bool
    callback_tokens: tuple[str, ...]


def read_notify(variables: Mapping[str, str]) -> NotifyVariables:
    """Refuse a key without what it needs, and anything without the key. A key and a token are
    secrets: a message tells their shape and no more."""
    given = {name: text.strip() for name, text in variables.items() if name.startswith("NOTIFY_")}
    key = given.get("NOTIFY_API_KEY", "")
    _refuse_halves(given, key)
    return NotifyVariables(
        api_key=_checked_key(key),
        base_url=_checked_address(given.get("NOTIFY_BASE_URL") or LIVE),
        email_template=_checked_template(given, "NOTIFY_EMAIL_TEMPLATE"),
        text_template=_checked_template(given, "NOTIFY_TEXT_TEMPLATE"),
        photographs_template=_checked_template(given, "NOTIFY_PHOTOGRAPHS_TEMPLATE"),
        uploads=_yes_or_no(given.get("NOTIFY_UPLOADS") or "false"),
        callback_tokens=_checked_tokens(given.get("NOTIFY_CALLBACK_TOKENS", "")),
    )


def _refuse_halves(given: Mapping[str, str], key: str) -> None:
    if key:
        missing = [name for name in _GOES_WITH_KEY if not given.get(name)]
        if missing:
            lines = "".join(f"\n  {name}: {_GOES_WITH_KEY[name]}" for name in missing)
            raise ImproperlyConfigured(f"NOTIFY_API_KEY is set. Set also, before starting:{lines}")
    elif any(given.values()):
        names = ", ".join(sorted(name for name, text in given.items() if text))
        raise ImproperlyConfigured(f"NOTIFY_API_KEY: set it, or none of these: {names}")


def _checked_key(key: str) -> str:
    if key and not re.fullmatch(rf".*{_UUID}-{_UUID}", key):
        raise ImproperlyConfigured(
            "NOTIFY_API_KEY: copy all of it: a name, the service's id and a secret"
        )
    return key


def _checked_address(address: str) -> str:
    """Encrypted, but on this machine, where a stand-in may listen."""
    parts = urlsplit(address)
    is_here = parts.hostname in ("127.0.0.1", "localhost")
    if not parts.hostname or (parts.scheme != "https" and not is_here):
        raise ImproperlyConfigured("NOTIFY_BASE_URL must begin with https://")
    return address.rstrip("/")


def _checked_template(given: Mapping[str, str], name: str) -> str:
    template = given.get(name, "")
    if template and not re.fullmatch(_UUID, template):
        raise ImproperlyConfigured(f"{name}: copy the template's id, like f33517ff-2a88-4f6e-…")
    return template


def _checked_tokens(text: str) -> tuple[str, ...]:
    tokens = tuple(token.strip() for token in text.split(",") if token.strip())
    if any(len(token) < _SHORTEST_TOKEN for token in tokens) or len(tokens) > 2:
        raise ImproperlyConfigured(
            f"NOTIFY_CALLBACK_TOKENS: one or two, of {_SHORTEST_TOKEN} signs or more"
        )
    return tokens


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ImproperlyConfigured("NOTIFY_UPLOADS: write true or false.")
    return text.lower() == "true"
