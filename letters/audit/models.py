"""Who did what to which row, and who looked at it; written once, never changed."""

import uuid

from django.db import models


class AuditEvent(models.Model):
    """One thing done or looked at. Ids only: no foreign keys and no content, so that it outlives
    what it tells of and repeats nothing about a person. A trigger refuses UPDATE, DELETE and
    TRUNCATE."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    actor_id = models.UUIDField(null=True)  # null: the clock or a worker
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["at"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="audit_by_subject"),
            models.Index(fields=["actor_id", "at"], name="audit_by_actor"),
        ]
