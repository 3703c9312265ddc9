"""Browsers in which somebody has come through the whole of signing in, and what lets them in."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from letters.access import sessions
from letters.access.models import User
from letters.access.queries import must_have_second_factor

SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - opens nothing


def browser_of(user: User) -> Client:
    """Password and second factor shown."""
    client = Client()
    client.force_login(user)
    session = client.session
    sessions.note_second_factor(session, user)
    session.save()
    return client


def with_app(user: User) -> Authenticator:
    """An authenticator app, set up before; its codes are those of SECRET."""
    app: Authenticator = TOTP.activate(user, SECRET).instance
    RecoveryCodes.activate(user)
    return app


def a_code_of(user: User) -> str:
    """A code with which they come through the second step, set up where it must be; '' for who
    needs none. One to recover by: an app's is good once in half a minute."""
    if not must_have_second_factor(user):
        return ""
    if not Authenticator.objects.filter(user=user).exists():
        with_app(user)
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap()
    return str(codes.get_unused_codes()[0])
