"""Signing in with an organisation's own account, by OpenID Connect.

django-allauth's client, its PKCE and the state it keeps in the session are used without its app,
whose tables would keep what an issuer says of a person. Nothing of that is kept here: the person is
found anew each time, by an address that the issuer vouches for.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from requests import RequestException

from letters.access.errors import NotLetIn
from letters.access.models import User
from letters.audit.record import record

_KEPT_AS: Final = "organisation"
_SCOPES: Final = ("openid", "email")
# Whose clock is a little slow has not asked for a password before we sent them.
_CLOCKS_DIFFER_BY: Final = timedelta(minutes=1)
# Always asked anew: at a computer left alone the organisation's own session may be open still.
_ASK_ANEW: Final = {"prompt": "login", "max_age": "0"}

_Said = dict[str, Any]  # JSON that an issuer answered, or kept in the session


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody who came back from their organisation. `then` is where they wanted to go."""

    user: User
    then: str
    showed_second_factor: bool


def name_for(user: User) -> str:
    """Whose account the person may sign in with; '' for nobody's."""
    return settings.OIDC.name if _domain_of(user.email) in settings.OIDC.email_domains else ""


def begin(request: HttpRequest, *, back_to: str, then: str, at: datetime) -> str:
    """The organisation's page that asks who somebody is; `back_to` is where it sends them after.
    RequestException where the organisation does not answer."""
    configuration = _configuration()
    challenge = generate_code_challenge()
    nonce = secrets.token_urlsafe()
    client = _client(request, configuration, back_to)
    client.state = statekit.stash_state(
        request,
        provider_id=_KEPT_AS,
        state={
            "code_verifier": challenge.pop("code_verifier"),
            "nonce": nonce,
            "then": then,
            "begun_at": at.timestamp(),
        },
    )
    asked = challenge | _ASK_ANEW | {"nonce": nonce}
    return str(client.get_redirect_url(configuration["authorization_endpoint"], _SCOPES, asked))


def arrive(request: HttpRequest, *, back_to: str) -> Arrival:
    """Who came back, or NotLetIn. Each journey ends once: its state is used up here."""
    begun = statekit.unstash_state(
        request, provider_id=_KEPT_AS, state_id=request.GET.get("state", "")
    )
    if begun is None:
        raise NotLetIn("journey_not_begun_here")
    if "code" not in request.GET:
        raise NotLetIn("issuer_sent_nobody")
    try:
        configuration = _configuration()
        tokens = _client(request, configuration, back_to).get_access_token(
            request.GET["code"], pkce_code_verifier=begun["code_verifier"]
        )
        claims = _claims(tokens["id_token"], keys_url=configuration["jwks_uri"])
        _refuse_another_sign_in(claims, begun)
        showed_second_factor = _is_trusted(claims)
    except (OAuth2Error, RequestException, KeyError, TypeError, ValueError):
        # From none: whatever these say may hold a token or an address.
        raise NotLetIn("answer_does_not_hold") from None
    return Arrival(
        user=_person(claims), then=begun["then"], showed_second_factor=showed_second_factor
    )


@transaction.atomic
def note_arrival(arrival: Arrival) -> None:
    """The organisation has said who they are; a second step of ours may still be to come."""
    record(
        "sign_in_by_organisation",
        arrival.user,
        by=arrival.user,
        second_factor="theirs" if arrival.showed_second_factor else "ours",
    )


def _configuration() -> _Said:
    """What the issuer says of its own addresses."""
    address = settings.OIDC.issuer.rstrip("/") + "/.well-known/openid-configuration"
    with get_adapter().get_requests_session() as session:
        response = session.get(address)
        response.raise_for_status()
        found: _Said = response.json()
    return found


def _client(request: HttpRequest, configuration: _Said, back_to: str) -> OAuth2Client:
    # Where an issuer says nothing of it, the standard's own way holds.
    ways = configuration.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return OAuth2Client(
        request,
        settings.OIDC.client_id,
        settings.OIDC.client_secret,
        "POST",
        configuration["token_endpoint"],
        back_to,
        basic_auth="client_secret_basic" in ways,
    )


def _claims(id_token: str, *, keys_url: str) -> _Said:
    """What the ID token says, once signature, issuer, audience and times hold."""
    claims: _Said = jwtkit.verify_and_decode(
        credential=id_token,
        keys_url=keys_url,
        issuer=settings.OIDC.issuer,
        audience=settings.OIDC.client_id,
        lookup_kid=jwtkit.lookup_kid_jwk,
    )
    # The library looks at these where they are there; they must be.
    ours = settings.OIDC.client_id
    if not claims["exp"] or claims["aud"] not in (ours, [ours]):
        raise ValueError
    return claims


def _refuse_another_sign_in(claims: _Said, begun: _Said) -> None:
    """The token must answer this very journey, and the person have been asked since it began."""
    if not secrets.compare_digest(claims["nonce"], begun["nonce"]):
        raise ValueError
    if claims["auth_time"] < begun["begun_at"] - _CLOCKS_DIFFER_BY.total_seconds():
        raise ValueError


def _person(claims: _Said) -> User:
    """Somebody who was invited here before, and is in a team still."""
    address = str(claims.get("email", "")).lower()
    if claims.get("email_verified") is not True:
        raise NotLetIn("address_not_verified")
    if _domain_of(address) not in settings.OIDC.email_domains:
        raise NotLetIn("domain_not_named")
    user = User.objects.filter(email=address, is_active=True).first()
    if user is None:
        raise NotLetIn("nobody_invited")
    return user


def _domain_of(address: str) -> str:
    return address.rpartition("@")[2]


def _is_trusted(claims: _Said) -> bool:
    """Whether the issuer asked for a second factor in a way that it is believed."""
    said = {claims.get("acr")} | set(claims.get("amr") or ())
    return bool(said & settings.OIDC.trusted_factors)
