"""Seeing another team's cases in an emergency."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import letters.encryption


class Migration(migrations.Migration):
    dependencies = [("letters", "0020_keep_photographs_asked_of_patients")]

    operations = [
        migrations.CreateModel(
            name="EmergencyAccess",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", letters.encryption.EncryptedTextField()),
                ("opened_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("justified", "There was a reason to look"),
                            ("not_justified", "There was no reason to look"),
                        ],
                        max_length=20,
                    ),
                ),
                ("finding_note", letters.encryption.EncryptedTextField(blank=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.patient"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "ends_at"], name="emergency_by_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(finding="", reviewed_by__isnull=True, reviewed_at__isnull=True)
                        | (
                            ~Q(finding="")
                            & Q(reviewed_by__isnull=False, reviewed_at__isnull=False)
                        ),
                        name="emergency_reviewed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user")),
                        name="emergency_reviewed_by_another",
                    ),
                ],
            },
        ),
    ]
