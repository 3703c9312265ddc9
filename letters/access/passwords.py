"""Choosing a new password by a link that goes to one's own address."""

import logging
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction

from letters import jobs
from letters.access.errors import PasswordLinkOver
from letters.access.models import User
from letters.access.queries import is_only_in_demonstrations
from letters.audit.record import record

logger = logging.getLogger(__name__)

_APART_SECONDS = 300

_MESSAGE = """Somebody asked for a link to choose a new password for this address.

{url}

It works once, within an hour; your second step stays as it is. If you did not ask for it, do
nothing: your password stays as it is.
"""


@transaction.atomic
def ask_for_link(*, email: str) -> None:
    """Have a link mailed to who signs in with the address; whether somebody does is never said."""
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None or not settings.EMAIL_CONFIGURED or is_only_in_demonstrations(user):
        return
    record("ask_for_password_link", user, by=None)
    jobs.enqueue(jobs.MAIL_PASSWORD_LINK, user.pk)


def mail_link(*, user_id: UUID) -> None:
    """Send it, once in five minutes however often it is asked for. Who gets none asks again."""
    user, sent = User.objects.filter(pk=user_id, is_active=True).first(), f"password-link:{user_id}"
    if user is None or not cache.add(sent, 1, timeout=_APART_SECONDS):
        return
    try:
        EmailMessage(
            subject="Choose a new password for Health and housing letters",
            body=_MESSAGE.format(url=url_for(user)),
            to=[user.email],
        ).send()
    except (SMTPException, OSError):  # whatever it says may hold the address
        cache.delete(sent)
        logger.warning("password link not mailed", extra={"user_id": user.pk})


def url_for(user: User) -> str:
    """What the message holds. It opens nothing once they have signed in or changed the password."""
    return f"{settings.PUBLIC_URL}/password/{user.pk}/{default_token_generator.make_token(user)}/"


def user_by_link(user_id: UUID, token: str) -> User | None:
    """None for a link that is over, and for anything that was never a link of ours."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return user if default_token_generator.check_token(user, token) else None


@transaction.atomic
def choose_password(*, user_id: UUID, token: str, password: str) -> User:
    """Set it. Every session that is open ends; the second step is asked for as before."""
    locked = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
    if locked is None or not default_token_generator.check_token(locked, token):
        raise PasswordLinkOver
    locked.set_password(password)
    locked.save(update_fields=["password"])
    record("choose_password", locked, by=locked)
    return locked
