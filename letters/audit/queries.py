"""Reads about what was done and looked at."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from letters.audit.models import AuditEvent


def events_about(subject_ids: Iterable[UUID]) -> QuerySet[AuditEvent]:
    """Everything done to these rows or seen of them, the latest first."""
    return AuditEvent.objects.filter(subject_id__in=tuple(subject_ids)).order_by("-at")
