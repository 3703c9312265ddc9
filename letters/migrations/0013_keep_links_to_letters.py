"""Links to the page of a letter, and what was done there."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0012_keep_batches_and_rules_of_sending")]

    operations = [
        migrations.CreateModel(
            name="LetterLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.dispatch"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("tries_left", models.PositiveSmallIntegerField(default=5)),
                ("locked_until", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dispatch", "number"), name="one_link_a_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("dispatch",),
                        name="one_live_link_a_dispatch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="ended_link_has_person",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="LinkVisit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.letterlink"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("opened", "Opened the letter"),
                            ("refused", "Gave another reference or postcode"),
                            (
                                "locked",
                                "Gave them wrongly so often that the page shut for some time",
                            ),
                            ("downloaded", "Downloaded a file"),
                            ("answered", "Sent an answer"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["link", "at"], name="visits_of_a_link")]
            },
        ),
    ]
