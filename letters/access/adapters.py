"""Where django-allauth asks this service: who may sign in, what it says, how secrets are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context, ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from typing_extensions import override

from letters.access import sessions
from letters.access.errors import LastSecondFactor
from letters.access.models import User
from letters.access.queries import must_have_second_factor
from letters.encryption import decrypt, encrypt, lookup_key

WRONG = "Check your e-mail address and password, and try again"
TOO_MANY = (
    "There were too many tries. Wait 15 minutes, or ask an administrator of your partnership to "
    "unlock your sign-in"
)
# What a kept secret is bound to: see `letters/encryption.py`.
SEALED_AS = "mfa.authenticator.secret"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the package ships no types
    """Nobody makes an account by themselves, and every failure reads the same."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "incorrect_password": "Check your password, and try again",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def add_message(self, *args: Any, **more: Any) -> None:
        """The pages say themselves what was done."""

    @override
    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    @override
    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Who changes how they sign in has given their password a short time ago."""
        return not sessions.is_fresh(context.request.session, at=timezone.now())

    @override
    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        page = {
            "id": "reauthenticate",
            "description": "Your password",
            "url": reverse("account_reauthenticate"),
        }
        return [page] if user.is_authenticated else []

    @override
    def reauthenticate(self, user: User, password: str) -> bool:
        """Counted and limited together with signing in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    @override
    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Without the host, so that who is locked is locked at each of ours; and without the
        address itself, which says who tried."""
        return attempts_key(str(credentials.get("email", "")))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the package ships no types
    """Secrets of second factors are kept as everything about a person is: encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Check the code, and try again",
        "cannot_delete_authenticator": str(LastSecondFactor()),
    }

    @override
    def encrypt(self, text: str) -> str:
        return encrypt(text, bound_to=SEALED_AS)

    @override
    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text, bound_to=SEALED_AS)

    @override
    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who must have a second factor keeps one."""
        return not must_have_second_factor(authenticator.user) or has_another(authenticator)


def has_another(authenticator: Authenticator) -> bool:
    """Whether the person has a second factor besides this one; codes to recover by are none."""
    others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
    return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def forget_attempts(request: HttpRequest, user: User) -> None:
    """Failed tries of a password and of codes are no longer counted against the person."""
    for key in (attempts_key(user.email), f"mfa-auth-user-{user.pk}"):
        ratelimit.clear(request, action="login_failed", key=key)


def attempts_key(email: str) -> str:
    """What failed tries for an e-mail address are counted under."""
    return lookup_key(email.strip().lower(), kind="sign_in_attempts")
