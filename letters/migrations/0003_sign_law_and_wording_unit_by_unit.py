"""Reviewers sign units, not a nation as a whole. What was signed before is kept under a name that no
unit has: it stands for the whole of what was there then and lets nothing be sent now.

Backwards is refused by the database where a unit was signed twice for one digest."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

KEEP_UNITS = """
CREATE TRIGGER approved_units_are_kept BEFORE UPDATE ON letters_letter
FOR EACH ROW
WHEN (OLD.approved_at IS NOT NULL AND NEW.units IS DISTINCT FROM OLD.units)
EXECUTE FUNCTION letters_keep_approval();
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0002_guard_audit_and_approval")]

    operations = [
        migrations.RemoveConstraint(model_name="signoff", name="signed_once"),
        migrations.AddField(
            model_name="signoff",
            name="unit",
            field=models.CharField(max_length=200, default="whole nation"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="signoff", name="said", field=models.JSONField(default=list)
        ),
        migrations.AddField(
            model_name="signoff", name="is_demonstration", field=models.BooleanField(default=False)
        ),
        migrations.AddField(
            model_name="signoff",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="signoff", name="withdrawn_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="signoff",
            name="withdrawn_because",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(
                condition=Q(confirmed_at__isnull=False, withdrawn_at__isnull=True),
                fields=("partnership", "unit", "digest"),
                name="confirmed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(
                condition=Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                fields=("partnership", "unit", "digest"),
                name="waits_once_for_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="withdrawn_by_with_withdrawn_at",
            ),
        ),
        migrations.AddField(
            model_name="letter", name="units", field=models.JSONField(default=dict)
        ),
        migrations.RunSQL(KEEP_UNITS, "DROP TRIGGER approved_units_are_kept ON letters_letter;"),
    ]
