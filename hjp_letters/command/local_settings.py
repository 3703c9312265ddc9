"""What a place must say, made up once for this machine; what the person gives always wins."""

import base64
import os
import secrets
from pathlib import Path

from hjp_letters.command import servers
from hjp_letters.command.places import VAR

FILE = VAR / "local.env"


def generated() -> dict[str, str]:
    """The secrets of this machine's own service, made on the first call and then kept."""
    VAR.mkdir(parents=True, exist_ok=True)
    if not FILE.exists():
        _write(FILE, _new_secrets())
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def like_production(addresses: servers.Addresses) -> dict[str, str]:
    """The settings a real service would have, for the deployment check."""
    return _new_secrets() | {
        "DJANGO_SETTINGS_MODULE": "hjp_letters.settings",
        "ALLOWED_HOSTS": "letters.partnership.example",
        "PUBLIC_URL": "https://letters.partnership.example",
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "HTTPS": "true",
    }


def _new_secrets() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": f"k1:{_key()}",
        "LOOKUP_KEY": _key(),
    }


def _key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def _write(path: Path, values: dict[str, str]) -> None:
    """Complete or absent: half a file would lose the key that the rows are encrypted with."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    note = "# Made by ./hjp up. Without FIELD_KEYS the encrypted rows cannot be read again.\n"
    text = note + "".join(f"{name}={value}\n" for name, value in values.items())
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    unfinished.rename(path)
