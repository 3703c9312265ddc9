"""What a person leaves out of one letter."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import letters.encryption


class Migration(migrations.Migration):
    dependencies = [("letters", "0021_open_cases_in_an_emergency")]

    operations = [
        migrations.CreateModel(
            name="ClauseLeftOut",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("provision_id", models.CharField(max_length=200)),
                ("reason", letters.encryption.EncryptedTextField()),
                ("left_out_at", models.DateTimeField()),
                (
                    "left_out_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.letter"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "clauses left out",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["letter", "provision_id"], name="clause_left_out_once"
                    ),
                ],
            },
        ),
    ]
