"""What a session knows of the person in it: when they last did something, when they last gave their
password, and whether they have shown their second factor. None of it comes from the browser."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from letters.access.models import User
from letters.access.queries import must_have_second_factor

# How long a password counts as just given, for whoever changes how they sign in.
FRESH_FOR: Final = timedelta(minutes=10)
_NOTED_EVERY: Final = timedelta(minutes=1)
_ACTIVE_AT, _PROVED_AT, _SECOND_FACTOR = "active_at", "proved_at", "second_factor_of"


def note_sign_in(session: SessionBase, *, at: datetime) -> None:
    """Somebody has just shown who they are; also when they come back to a locked session."""
    session[_ACTIVE_AT] = session[_PROVED_AT] = at.timestamp()


def note_activity(session: SessionBase, *, at: datetime) -> None:
    """Once a minute at most: each note is a write."""
    if at.timestamp() - session.get(_ACTIVE_AT, 0) >= _NOTED_EVERY.total_seconds():
        session[_ACTIVE_AT] = at.timestamp()


def is_locked(session: SessionBase, *, at: datetime) -> bool:
    """Nobody has done anything for so long that somebody else may sit there."""
    last = session.get(_ACTIVE_AT)
    return last is None or at.timestamp() - last >= settings.LOCK_AFTER_SECONDS


def is_fresh(session: SessionBase, *, at: datetime) -> bool:
    """Whether the password was given a short time ago."""
    last = session.get(_PROVED_AT)
    return last is not None and at.timestamp() - last < FRESH_FOR.total_seconds()


def note_second_factor(session: SessionBase, user: User) -> None:
    """The person has shown, or just set up, a second factor in this very session."""
    session[_SECOND_FACTOR] = str(user.pk)


def lacks_second_factor(session: SessionBase, user: User) -> bool:
    """Whether they must set one up, or show it, before they see anything."""
    return session.get(_SECOND_FACTOR) != str(user.pk) and must_have_second_factor(user)


def begin(sender: object, request: Any, user: User, **_: object) -> None:
    """Django's signal that somebody has signed in."""
    note_sign_in(request.session, at=timezone.now())
