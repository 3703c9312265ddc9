"""A person's signature as their hand writes it: put in by themselves, printed under what they
approve, and under nothing else."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.drafting.content import Picture
from letters.issuing.errors import NoSignature
from letters.issuing.models import Signature
from letters.rendering.pictures import named, prepare_signature


def signature_row_of(user: User) -> Signature | None:
    """The one that goes under the next letter they approve; None for none."""
    return Signature.objects.filter(user=user, ended_at__isnull=True).first()


def signature_of(user: User) -> Picture | None:
    """The same, as letters print it."""
    row = signature_row_of(user)
    if row is None:
        return None
    return named(row, alt=f"Signature of {user.name}")


def signature_bytes(digests: Collection[str]) -> Mapping[str, bytes]:
    """The signatures among these digests, ended ones too: letters were approved with them."""
    rows = Signature.objects.filter(digest__in=digests)
    return {row.digest: bytes(row.data) for row in rows}


@transaction.atomic
def keep_signature(*, file: bytes, by: User, at: datetime) -> Signature:
    """Put in one's own signature; it takes the place of an earlier one. The same picture again
    changes nothing."""
    require(by, Right.APPROVE_LETTER)
    prepared = prepare_signature(file)
    current = _take_turns(by)
    if current is not None and current.digest == prepared.digest:
        return current
    _end(current, at=at)
    kept = Signature.objects.create(
        user=by,
        digest=prepared.digest,
        data=prepared.data,
        media_type=prepared.media_type,
        width=prepared.width,
        height=prepared.height,
        made_at=at,
    )
    record("keep_signature", kept, by=by, digest=kept.digest)
    return kept


@transaction.atomic
def end_signature(*, by: User, at: datetime) -> Signature:
    """Sign without a picture from now on; letters approved before keep theirs."""
    current = _take_turns(by)
    if current is None:
        raise NoSignature
    _end(current, at=at)
    record("end_signature", current, by=by)
    return current


def _take_turns(user: User) -> Signature | None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return signature_row_of(user)


def _end(current: Signature | None, *, at: datetime) -> None:
    if current is not None:
        current.ended_at = at
        current.save(update_fields=["ended_at"])
