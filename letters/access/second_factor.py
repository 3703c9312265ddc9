"""Setting up, using and giving up second factors, as far as django-allauth leaves it to us."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from letters.access import sessions
from letters.access.adapters import SEALED_AS
from letters.access.models import User
from letters.audit.record import record
from letters.encryption import decrypt, encrypt, is_current

_PENDING = "app_to_add"
_SECRETS = ("secret", "seed")  # of an app, and of recovery codes


def pending_secret(session: SessionBase, *, anew: bool) -> str:
    """The secret of an app that is being added. Sessions are rows, too, so it is sealed there."""
    kept = "" if anew else session.get(_PENDING, "")
    secret = decrypt(kept, bound_to=SEALED_AS) or str(generate_totp_secret())
    if not kept:
        session[_PENDING] = encrypt(secret, bound_to=SEALED_AS)
    return secret


def seal_anew() -> int:
    """Put every kept secret under the first of FIELD_KEYS, and say how many were not."""
    keys = Authenticator.objects.order_by("pk").values_list("pk", flat=True)
    return sum(_seal_one(key) for key in keys)


@transaction.atomic
def _seal_one(key: int) -> int:
    """Read under the lock: a code may just be used up."""
    row = Authenticator.objects.select_for_update().get(pk=key)
    old = {name: row.data[name] for name in _SECRETS if name in row.data}
    stale = {name: sealed for name, sealed in old.items() if not is_current(sealed)}
    for name, sealed in stale.items():
        row.data[name] = encrypt(decrypt(sealed, bound_to=SEALED_AS), bound_to=SEALED_AS)
    if stale:
        row.save(update_fields=["data"])
    return len(stale)


def note_added(session: SessionBase, user: User, *, kind: str) -> None:
    """To be called in the transaction that adds it."""
    session.pop(_PENDING, None)
    record("add_second_factor", user, by=user, kind=kind)
    sessions.note_second_factor(session, user)


def note_removed(user: User, *, kind: str) -> None:
    """To be called in the transaction that removes it."""
    record("remove_second_factor", user, by=user, kind=kind)


@transaction.atomic
def note_codes_made(user: User) -> None:
    """New recovery codes stand in place of the old."""
    record("make_recovery_codes", user, by=user)
