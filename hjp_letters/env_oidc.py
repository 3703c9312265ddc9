"""What signing in with an organisation's own account is set up with, if it is: all of it, or
start-up stops by name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_ALL_OF: Final = {
    "OIDC_ISSUER": "the issuer, to the letter as its tokens name it: https://login.example.org",
    "OIDC_CLIENT_ID": "what the issuer calls this service",
    "OIDC_CLIENT_SECRET": "the secret that goes with OIDC_CLIENT_ID",
    "OIDC_NAME": "whose account it is, as people know it: Specimen Hospital",
    "OIDC_EMAIL_DOMAINS": "whose people it may sign in, as trust.example, with commas between",
}
_TRUSTED: Final = "OIDC_TRUSTED_FACTORS"
_DOMAIN: Final = re.compile(r"([a-z0-9-]+\.)+[a-z0-9-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcVariables:
    """All empty where nobody signs in so. `trusted_factors` are the values of `amr` and `acr` by
    which the issuer says that it has asked for a second factor, and is believed."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    email_domains: frozenset[str]
    trusted_factors: frozenset[str]


def read_oidc(variables: Mapping[str, str]) -> OidcVariables:
    """Refuse one without the others."""
    given = {name: variables.get(name, "").strip() for name in (*_ALL_OF, _TRUSTED)}
    missing = [name for name in _ALL_OF if not given[name]]
    if missing and any(given.values()):
        lines = "".join(f"\n  {name}: {_ALL_OF[name]}" for name in missing)
        raise ImproperlyConfigured(
            f"Some of OIDC_… is set. Set also, before starting, or none of them:{lines}"
        )
    return OidcVariables(
        issuer=_checked_issuer(given["OIDC_ISSUER"]),
        client_id=given["OIDC_CLIENT_ID"],
        client_secret=given["OIDC_CLIENT_SECRET"],
        name=given["OIDC_NAME"],
        email_domains=_checked_domains(given["OIDC_EMAIL_DOMAINS"]),
        trusted_factors=_parts(given[_TRUSTED]),
    )


def _checked_issuer(issuer: str) -> str:
    """Encrypted, but on this machine, where a stand-in may listen."""
    parts = urlsplit(issuer)
    is_near = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    is_whole = parts.hostname and not (parts.query or parts.fragment or parts.username)
    if issuer and not (is_whole and (parts.scheme == "https" or is_near)):
        raise ImproperlyConfigured("OIDC_ISSUER: write an address as https://login.example.org")
    return issuer


def _checked_domains(text: str) -> frozenset[str]:
    domains = _parts(text.lower())
    if text and not (domains and all(_DOMAIN.fullmatch(domain) for domain in domains)):
        raise ImproperlyConfigured(
            "OIDC_EMAIL_DOMAINS: write what stands after the @, as trust.example, with commas "
            "between"
        )
    return domains


def _parts(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())
