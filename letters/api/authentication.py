"""Who asks: a program, as the user its application belongs to, or a person signed in."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from oauth2_provider.oauth2_backends import OAuthLibCore
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from typing_extensions import override

from letters.access import sessions
from letters.access.models import User

if TYPE_CHECKING:  # the framework loads this file while it makes its own views
    from rest_framework.views import APIView


class TokenRefused(AuthenticationFailed):
    """The token is not known, has run out, or belongs to nobody who may sign in."""

    default_detail = "Ask for a new token: this one does not open anything"
    default_code = "token_refused"


class ScopeMissing(PermissionDenied):
    """The token does not hold the scope that this needs."""

    default_code = "scope_missing"


class SessionLocked(PermissionDenied):
    """Nobody did anything in this browser for a while."""

    default_detail = "Open a page of this service in the same browser, and enter your password"
    default_code = "session_locked"


class SecondFactorMissing(PermissionDenied):
    """The person can see patients, and has shown no more than a password."""

    default_detail = "Set up a second step on the page Your sign-in, at /account/"
    default_code = "second_factor_missing"


class _HeaderOnly(OAuthLibCore):  # type: ignore[misc]  # the toolkit ships no types
    """Looks for a token in the header alone, and leaves the body to its parser."""

    @override
    def extract_body(self, request: Request) -> list[tuple[str, str]]:
        return []


class ProgramAuthentication(BaseAuthentication):
    """A bearer token of the client credentials grant, which itself names no user."""

    @override
    def authenticate(self, request: Request) -> tuple[User, Any] | None:
        if not request.headers.get("Authorization", "").lower().startswith("bearer "):
            return None
        try:
            is_valid, found = _HeaderOnly().verify_request(request, scopes=[])
        except ValueError:  # a query that is no query
            raise TokenRefused from None
        user = found.access_token.application.user if is_valid else None
        if user is None or not user.is_active:
            raise TokenRefused
        return user, found.access_token

    @override
    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class HoldsScope(BasePermission):
    """A token must hold the scope that the view's `scopes` names for the method. A person who is
    signed in holds all; what either may do after that, their roles say."""

    @override
    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not request.user.is_authenticated:
            return False
        method = "GET" if request.method == "HEAD" else request.method
        scope = scopes_of(view).get(method or "")
        token: Any = request.auth  # the toolkit's, which ships no types
        if token is None:
            _refuse_half_signed_in(request)
        if token is None or scope is None:  # no scope: a method that the view has not got
            return True
        self.message = f"Ask for a token with the scope {scope}"
        self.code = ScopeMissing.default_code
        return bool(token.allow_scopes([scope]))


def _refuse_half_signed_in(request: Request) -> None:
    """A browser's session is held to what the pages hold it to; asking here does not keep it awake,
    as a program may ask on and on."""
    session = request.session
    if sessions.is_locked(session, at=timezone.now()):
        raise SessionLocked
    if sessions.lacks_second_factor(session, user_of(request)):
        raise SecondFactorMissing


def scopes_of(view: "APIView | type[APIView]") -> dict[str, str]:
    """The scope for each method of a view; a view without any is public."""
    return getattr(view, "scopes", {})


def user_of(request: Request) -> User:
    """The person who asks, or whom the program acts for."""
    assert isinstance(request.user, User)  # noqa: S101 - HoldsScope has looked
    return request.user
