"""Writes audit events, inside the transaction of what they tell of."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from django.db import models, transaction

from letters.audit.models import AuditEvent


class Actor(Protocol):
    """Whoever did it; access.User is one, and audit need not know it."""

    @property
    def pk(self) -> UUID: ...


def record(
    verb: str, subject: models.Model, *, by: Actor | None, **details: str | int | UUID | None
) -> None:
    """Add one event; outside a transaction it refuses, so that no change goes unrecorded."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an audit event goes with its change")
    AuditEvent.objects.create(
        verb=verb,
        subject_type=subject._meta.object_name or "",
        subject_id=subject.pk,
        actor_id=by.pk if by else None,
        details={
            key: str(value) if isinstance(value, UUID) else value for key, value in details.items()
        },
    )


def record_each(
    verb: str, subjects: Iterable[models.Model], *, by: Actor | None, **details: str | int | UUID
) -> None:
    """The same event for each of many rows, in one statement."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an audit event goes with its change")
    told = {key: str(value) if isinstance(value, UUID) else value for key, value in details.items()}
    AuditEvent.objects.bulk_create(
        AuditEvent(
            verb=verb,
            subject_type=subject._meta.object_name or "",
            subject_id=subject.pk,
            actor_id=by.pk if by else None,
            details=told,
        )
        for subject in subjects
    )


@transaction.atomic
def record_view(subject: models.Model, *, by: Actor) -> None:
    """Note that a person looked at a row that holds a patient's data."""
    record("viewed", subject, by=by)
