"""The settings that differ by place, read from the environment; a missing one is named."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from hjp_letters.env_notify import NotifyVariables, read_notify
from hjp_letters.env_oidc import OidcVariables, read_oidc

ROOT = Path(__file__).resolve().parent.parent
KEY_BYTES = 32
SECRET_LENGTH = 32
YES = frozenset({"true", "yes", "on", "1"})
NO = frozenset({"false", "no", "off", "0"})
# Whatever the server is set to: one that forgets, when it dies, that a letter was handed over lets
# it go twice.
_LASTING = "-c synchronous_commit=on"

WHAT_TO_SET = {
    "SECRET_KEY": "a long random text, the same for web and worker",
    "ALLOWED_HOSTS": "the host names of the service, with commas between",
    "PUBLIC_URL": "the address people type, such as https://letters.example.org",
    "DATABASE_URL": "postgresql://user:password@host:5432/name",
    "REDIS_URL": "redis://host:6379/0",
    "FIELD_KEYS": "name:key pairs with commas between, each key 32 random bytes in base64; "
    "the first encrypts, all decrypt",
    "LOOKUP_KEY": "32 random bytes in base64, not one of FIELD_KEYS",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What this place is told from outside; everything else is the same everywhere."""

    secret_key: str
    allowed_hosts: tuple[str, ...]
    public_url: str
    database: dict[str, object]
    redis_url: str
    email: dict[str, object]
    mail_from: str
    field_keys: str
    lookup_key: str
    https: bool
    behind_proxy: bool
    var_dir: Path
    undo_seconds: int
    metrics_token: str
    notify: NotifyVariables
    mail_limit_bytes: int
    webhook_networks: tuple[str, ...]
    reply_mailbox: str
    imap_url: str
    inbound_secret: str
    clamd: str
    oidc: OidcVariables


def read(variables: Mapping[str, str]) -> Environment:
    """Refuse to start without the whole of what this place must say."""
    _refuse_missing(variables)
    source = environ.Env()
    source.ENVIRON = variables
    return Environment(
        secret_key=source.str("SECRET_KEY"),
        allowed_hosts=tuple(host.strip() for host in source.list("ALLOWED_HOSTS")),
        public_url=source.str("PUBLIC_URL").rstrip("/"),
        database=_database(source),
        redis_url=source.str("REDIS_URL"),
        email=_email(source),
        mail_from=source.str("MAIL_FROM", default=""),
        field_keys=_checked_keys(source.str("FIELD_KEYS")),
        lookup_key=_checked_key("LOOKUP_KEY", source.str("LOOKUP_KEY")),
        https=_yes_or_no("HTTPS", source.str("HTTPS", default="true")),
        behind_proxy=_yes_or_no("BEHIND_PROXY", source.str("BEHIND_PROXY", default="false")),
        var_dir=Path(source.str("VAR_DIR", default=str(ROOT / "var"))),
        webhook_networks=_networks(source.list("WEBHOOK_NETWORKS", default=[])),
        reply_mailbox=_mailbox(source.str("REPLY_MAILBOX", default="")),
        imap_url=_imap_url(source.str("IMAP_URL", default="")),
        inbound_secret=_inbound_secret(source.str("INBOUND_SECRET", default="")),
        clamd=_clamd(source.str("CLAMD", default="")),
        oidc=read_oidc(variables),
        metrics_token=source.str("METRICS_TOKEN", default=""),
        undo_seconds=_seconds("UNDO_SECONDS", source.str("UNDO_SECONDS", default="60")),
        notify=read_notify(variables),
        mail_limit_bytes=_megabytes("MAIL_LIMIT_MB", source.str("MAIL_LIMIT_MB", default="10")),
    )


def _networks(given: list[str]) -> tuple[str, ...]:
    try:
        return tuple(str(ip_network(each.strip())) for each in given)
    except ValueError:
        raise ImproperlyConfigured(
            "WEBHOOK_NETWORKS: write networks as 10.1.2.0/24, with commas between."
        ) from None


def _mailbox(text: str) -> str:
    """Without REPLY_MAILBOX answers go to the team's own address, and nobody here reads them."""
    local, at, domain = text.partition("@")
    if text and not (local and at and "." in domain and "+" not in local and text.isascii()):
        raise ImproperlyConfigured("REPLY_MAILBOX: write an address as replies@letters.example.org")
    return text.lower()


def _imap_url(text: str) -> str:
    """Encrypted, but for a server on this very machine."""
    url = urlsplit(text)
    is_near = url.scheme == "imap" and url.hostname in ("127.0.0.1", "::1", "localhost")
    if text and not ((url.scheme == "imaps" or is_near) and url.hostname and url.username):
        # The value holds a password, so the message tells its shape and no more.
        raise ImproperlyConfigured("IMAP_URL: write imaps://user:password@host/INBOX")
    return text


def _inbound_secret(text: str) -> str:
    if text and len(text) < SECRET_LENGTH:
        raise ImproperlyConfigured(f"INBOUND_SECRET: take at least {SECRET_LENGTH} characters")
    return text


def _clamd(text: str) -> str:
    """A socket in the file system, or a host with its port."""
    host, _, port = text.rpartition(":")
    if text and not (text.startswith("/") or (host and port.isdecimal())):
        raise ImproperlyConfigured("CLAMD: write /run/clamav/clamd.ctl, or host:3310")
    return text


def _seconds(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 24 * 60 * 60:
        raise ImproperlyConfigured(f"{name} must be a number of seconds, at most a day")
    return int(text)


def _megabytes(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 100:
        raise ImproperlyConfigured(f"{name} must be a whole number of megabytes, from 1 to 100")
    return int(text) * 1_000_000


def _refuse_missing(variables: Mapping[str, str]) -> None:
    missing = [name for name in WHAT_TO_SET if not variables.get(name, "").strip()]
    if variables.get("EMAIL_URL") and not variables.get("MAIL_FROM"):
        missing.append("MAIL_FROM")
    if missing:
        told = WHAT_TO_SET | {"MAIL_FROM": "the address letters are sent from (EMAIL_URL is set)"}
        lines = "".join(f"\n  {name}: {told[name]}" for name in missing)
        raise ImproperlyConfigured(f"Set in the environment before starting:{lines}")


def _database(source: environ.Env) -> dict[str, object]:
    database = dict(source.db_url("DATABASE_URL"))
    if database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL: only PostgreSQL is supported.")
    options: dict[str, str] = database.get("OPTIONS", {})
    said = f"{options.get('options', '')} {_LASTING}".strip()
    return database | {"OPTIONS": options | {"options": said}}


def _email(source: environ.Env) -> dict[str, object]:
    """Without EMAIL_URL the service sends no email and letters can only be downloaded."""
    return dict(source.email_url("EMAIL_URL")) if source.str("EMAIL_URL", default="") else {}


def _checked_keys(text: str) -> str:
    pairs = [pair.partition(":") for pair in text.split(",")]
    for _, _, key in pairs:
        _checked_key("FIELD_KEYS", key)
    names = [name for name, _, _ in pairs]
    if len(set(names)) != len(names) or not all(name.isalnum() for name in names):
        raise ImproperlyConfigured("FIELD_KEYS: name each key once, with letters and digits.")
    return text


def _checked_key(variable: str, text: str) -> str:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        # The value itself is a secret, so the message tells its shape and no more.
        raise ImproperlyConfigured(f"{variable}: a key must be {KEY_BYTES} bytes in base64.")
    return text


def _yes_or_no(variable: str, text: str) -> bool:
    """Stricter than django-environ, to which every unknown word means no."""
    if text.lower() not in YES | NO:
        raise ImproperlyConfigured(f"{variable}: write true or false.")
    return text.lower() in YES
