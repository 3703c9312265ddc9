"""A log of what happened, which the database itself only lets grow, and who outside is told of it."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import letters.encryption

FORWARDS = """
CREATE FUNCTION letters_keep_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are added, never changed or removed';
END $$;

CREATE TRIGGER event_is_kept BEFORE UPDATE OR DELETE ON letters_event
FOR EACH ROW EXECUTE FUNCTION letters_keep_event();

CREATE TRIGGER event_log_is_not_emptied BEFORE TRUNCATE ON letters_event
FOR EACH STATEMENT
WHEN (current_setting('hjp.emptied_between_tests', true) IS DISTINCT FROM 'yes')
EXECUTE FUNCTION letters_keep_event();
"""

BACKWARDS = """
DROP TRIGGER event_log_is_not_emptied ON letters_event;
DROP TRIGGER event_is_kept ON letters_event;
DROP FUNCTION letters_keep_event;
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0008_keep_bundles_and_their_volumes")]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_default=django.db.models.expressions.RawSQL(
                            "pg_current_xact_id()::text::bigint", ()
                        ),
                        editable=False,
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("partnership_id", models.UUIDField()),
                ("subject_id", models.UUIDField()),
                ("case_id", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["partnership_id", "transaction", "number"], name="event_in_order"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.partnership"
                    ),
                ),
                ("url", letters.encryption.EncryptedTextField()),
                ("host", models.CharField(max_length=255)),
                ("kinds", models.JSONField()),
                ("secret", letters.encryption.EncryptedTextField()),
                ("previous_secret", letters.encryption.EncryptedTextField(null=True)),
                ("previous_until", models.DateTimeField(null=True)),
                ("failures_in_a_row", models.PositiveIntegerField(default=0)),
                ("failing_since", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("previous_secret__isnull", True), ("previous_until__isnull", True)
                            ),
                            models.Q(
                                ("previous_secret__isnull", False),
                                ("previous_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="previous_secret_has_an_end",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.event"
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.subscription"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be told"),
                            ("sent", "Told"),
                            ("failed", "Given up"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["next_try_at"],
                        name="announcement_due",
                    ),
                    models.Index(
                        condition=models.Q(("status", "failed")),
                        fields=["subscription"],
                        name="announcement_given_up",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "subscription"), name="told_once_a_subscription"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["waiting", "sent", "failed"])),
                        name="announcement_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("status", "sent")),
                            models.Q(
                                models.Q(("status", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="told_announcement_has_moment",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
