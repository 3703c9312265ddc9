"""Bundles with what was chosen for them, and the files made of them, which stay as they are."""

import django.db.models.deletion
import functools
import letters.cases.choices
import letters.cases.encryption
import letters.drafting.vocabulary
import uuid
from django.conf import settings
from django.db import migrations, models


FORWARDS = """
CREATE FUNCTION letters_keep_bundle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a bundle stays as it was asked for and made';
END $$;

CREATE TRIGGER bundle_is_kept BEFORE UPDATE ON letters_bundle FOR EACH ROW
WHEN ((NEW.case_id, NEW.reader, NEW.parts, NEW.tells, NEW.asked_by_id, NEW.asked_at)
    IS DISTINCT FROM
    (OLD.case_id, OLD.reader, OLD.parts, OLD.tells, OLD.asked_by_id, OLD.asked_at))
EXECUTE FUNCTION letters_keep_bundle();
CREATE TRIGGER bundle_stays BEFORE DELETE ON letters_bundle
FOR EACH ROW EXECUTE FUNCTION letters_keep_bundle();

-- The bytes are sealed anew when keys rotate: their digest is what may not change.
CREATE TRIGGER bundle_volume_is_kept BEFORE UPDATE ON letters_bundlevolume FOR EACH ROW
WHEN ((NEW.bundle_id, NEW.number, NEW.first_page, NEW.last_page, NEW.size, NEW.sha256)
    IS DISTINCT FROM
    (OLD.bundle_id, OLD.number, OLD.first_page, OLD.last_page, OLD.size, OLD.sha256))
EXECUTE FUNCTION letters_keep_bundle();
CREATE TRIGGER bundle_volume_stays BEFORE DELETE ON letters_bundlevolume
FOR EACH ROW EXECUTE FUNCTION letters_keep_bundle();
"""

BACKWARDS = """
DROP TRIGGER bundle_volume_stays ON letters_bundlevolume;
DROP TRIGGER bundle_volume_is_kept ON letters_bundlevolume;
DROP TRIGGER bundle_stays ON letters_bundle;
DROP TRIGGER bundle_is_kept ON letters_bundle;
DROP FUNCTION letters_keep_bundle;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0007_keep_photographs_redactions_and_enclosures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bundle",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "reader",
                    models.CharField(
                        choices=functools.partial(
                            letters.cases.choices.choices_of,
                            *(letters.drafting.vocabulary.Recipient,),
                            **{},
                        ),
                        max_length=20,
                    ),
                ),
                ("title", letters.cases.encryption.EncryptedTextField()),
                ("parts", models.JSONField()),
                ("tells", models.JSONField()),
                ("shows_evidence", models.BooleanField()),
                ("most_pages", models.PositiveIntegerField()),
                ("most_bytes", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Being made"),
                            ("made", "Made"),
                            ("failed", "Could not be made"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BundleVolume",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("first_page", models.PositiveIntegerField()),
                ("last_page", models.PositiveIntegerField()),
                ("data", letters.cases.encryption.EncryptedBinaryField()),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "bundle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.bundle"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="bundle",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["asked", "made", "failed"])),
                name="bundle_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="bundle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("made_at__isnull", False), ("status", "made")),
                    models.Q(
                        models.Q(("status", "made"), _negated=True), ("made_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="made_bundle_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="bundle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "failed"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="failed_bundle_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="bundlevolume",
            constraint=models.UniqueConstraint(
                fields=("bundle", "number"), name="one_volume_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="bundlevolume",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_page__lte", models.F("last_page"))),
                name="volume_has_pages",
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
