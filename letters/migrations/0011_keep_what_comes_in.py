"""Messages as they came, with what they belong to; calls, promises and reply addresses."""

import django.db.models.deletion
import functools
import letters.cases.choices
import letters.encryption
import letters.incoming.reading.values
import uuid
from django.conf import settings
from django.db import migrations, models


FORWARDS = """
CREATE FUNCTION letters_keep_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what came in stays as it came';
END $$;

-- The bytes are sealed anew when keys rotate: their digest is what may not change.
CREATE TRIGGER message_is_kept BEFORE UPDATE ON letters_message FOR EACH ROW
WHEN ((NEW.digest, NEW.size, NEW.is_whole, NEW.source, NEW.received_at, NEW.kept_at)
    IS DISTINCT FROM
    (OLD.digest, OLD.size, OLD.is_whole, OLD.source, OLD.received_at, OLD.kept_at))
EXECUTE FUNCTION letters_keep_message();
CREATE TRIGGER message_stays BEFORE DELETE ON letters_message
FOR EACH ROW EXECUTE FUNCTION letters_keep_message();
CREATE TRIGGER attachment_is_kept BEFORE UPDATE ON letters_attachment FOR EACH ROW
WHEN ((NEW.message_id, NEW.number, NEW.size, NEW.sha256)
    IS DISTINCT FROM (OLD.message_id, OLD.number, OLD.size, OLD.sha256))
EXECUTE FUNCTION letters_keep_message();
CREATE TRIGGER attachment_stays BEFORE DELETE ON letters_attachment
FOR EACH ROW EXECUTE FUNCTION letters_keep_message();
CREATE TRIGGER message_link_stays BEFORE DELETE ON letters_messagelink
FOR EACH ROW EXECUTE FUNCTION letters_keep_message();
CREATE TRIGGER call_stays BEFORE DELETE ON letters_call
FOR EACH ROW EXECUTE FUNCTION letters_keep_message();
CREATE TRIGGER commitment_keeps_its_first_day BEFORE UPDATE ON letters_commitment FOR EACH ROW
WHEN ((NEW.case_id, NEW.what, NEW.first_promised_for)
    IS DISTINCT FROM (OLD.case_id, OLD.what, OLD.first_promised_for))
EXECUTE FUNCTION letters_keep_message();
"""

BACKWARDS = """
DROP TRIGGER commitment_keeps_its_first_day ON letters_commitment;
DROP TRIGGER call_stays ON letters_call;
DROP TRIGGER message_link_stays ON letters_messagelink;
DROP TRIGGER attachment_stays ON letters_attachment;
DROP TRIGGER attachment_is_kept ON letters_attachment;
DROP TRIGGER message_stays ON letters_message;
DROP TRIGGER message_is_kept ON letters_message;
DROP FUNCTION letters_keep_message;
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0010_tell_more_of_a_dispatch")]

    operations = [
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("inspection", "An inspection"),
                            ("findings", "Written findings"),
                            ("works_start", "Works begin"),
                            ("works_done", "Works finished"),
                            ("call_back", "They call or write back"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", letters.encryption.EncryptedTextField(blank=True)),
                (
                    "promised_by",
                    models.CharField(
                        choices=[
                            ("landlord", "The landlord"),
                            ("contractor", "A contractor"),
                            ("council", "The council"),
                            ("other", "Somebody else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("promised_for", models.DateField()),
                ("first_promised_for", models.DateField()),
                (
                    "came_from",
                    models.CharField(
                        choices=[
                            ("message", "A message"),
                            ("call", "A telephone call"),
                            ("link", "The page of the letter"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source_id", models.UUIDField(null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Promised"),
                            ("kept", "Kept"),
                            ("missed", "Not kept"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.case"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="letters.letter"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "caller",
                    models.CharField(
                        choices=[
                            ("landlord", "The landlord"),
                            ("contractor", "A contractor"),
                            ("council", "The council"),
                            ("household", "The patient or household"),
                            ("other", "Somebody else"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "said",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("acknowledged", "Acknowledged"),
                            ("inspection_booked", "Booked an inspection"),
                            ("inspected", "Inspected"),
                            ("written_findings", "Sent written findings"),
                            ("works_booked", "Booked works"),
                            ("disputed", "Disputes it"),
                            ("blamed_occupant", "Blames the household"),
                            ("retaliated", "Retaliated"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", letters.encryption.EncryptedTextField(blank=True)),
                ("called_at", models.DateTimeField()),
                ("noted_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.case"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="letters.letter"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="letters.response",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="letters.commitment",
                    ),
                ),
            ],
            options={
                "ordering": ["-called_at"],
            },
        ),
        migrations.CreateModel(
            name="CommitmentChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("move", "Moved"),
                            ("keep", "Kept"),
                            ("miss", "Not kept"),
                            ("withdraw", "Taken back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", letters.encryption.EncryptedTextField(blank=True)),
                ("day_before", models.DateField()),
                ("day_after", models.DateField()),
                ("made_at", models.DateTimeField()),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.commitment"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["made_at"],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("mailbox", "From the mailbox"),
                            ("webhook", "Handed on by a mail service"),
                            ("pasted", "Pasted by somebody here"),
                            ("scan", "A letter that came by post"),
                            ("link", "Written on the page of the letter"),
                        ],
                        max_length=10,
                    ),
                ),
                ("raw", letters.encryption.EncryptedBinaryField()),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("is_whole", models.BooleanField(default=True)),
                ("received_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("kept", "Not sorted yet"),
                            ("matched", "With its case"),
                            ("unmatched", "No case found"),
                            ("stuck", "Cannot be sorted by machine"),
                            ("put_aside", "None of ours"),
                        ],
                        default="kept",
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=functools.partial(
                            letters.cases.choices.choices_of,
                            *(letters.incoming.reading.values.Kind,),
                            **{},
                        ),
                        max_length=20,
                    ),
                ),
                ("sender", letters.encryption.EncryptedTextField(blank=True)),
                ("sender_key", models.CharField(blank=True, editable=False, max_length=64)),
                ("sender_name", letters.encryption.EncryptedTextField(blank=True)),
                ("subject", letters.encryption.EncryptedTextField(blank=True)),
                ("text", letters.encryption.EncryptedTextField(blank=True)),
                ("fresh", letters.encryption.EncryptedTextField(blank=True)),
                ("dates", letters.encryption.EncryptedJSONField(default=list)),
                ("signs", models.JSONField(default=list)),
                ("sent_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=60)),
                ("sorted_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
                (
                    "kept_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="letters.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", letters.encryption.EncryptedTextField()),
                ("media_type", models.CharField(max_length=100)),
                ("data", letters.encryption.EncryptedBinaryField()),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("held", "Held until it has been looked through"),
                            ("clean", "Nothing harmful found"),
                            ("infected", "Harmful: it cannot be opened"),
                        ],
                        default="held",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("virus", models.CharField(blank=True, max_length=120)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("scanned_at", models.DateTimeField(null=True)),
                (
                    "enclosure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="letters.enclosure",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.message"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="MessageLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("token", "Sent to the reply address of the case"),
                            ("message_id", "Answers a message of ours"),
                            ("report", "Reports on a message of ours"),
                            ("reference", "Gives the reference"),
                            ("quoted", "Quotes the reference"),
                            ("person", "Put there by a person"),
                        ],
                        max_length=12,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.case"
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="letters.dispatch",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="letters.letter"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.message"
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="letters.response",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReplyAddress",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token", models.CharField(max_length=16, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField()),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("token", "It was sent to the reply address of this case"),
                            ("answers", "It answers a message about this case"),
                            ("reference", "It gives the reference of this case"),
                            ("quoted", "It quotes the reference of this case"),
                            ("sender", "This landlord writes from this address"),
                            ("wrote_before", "Somebody wrote about this case from this address"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.case"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="letters.message"
                    ),
                ),
            ],
            options={
                "ordering": ["rank"],
            },
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("status", "open")),
                fields=["promised_for"],
                name="commitment_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("status", "open")),
                    models.Q(
                        models.Q(("status", "open"), _negated=True), ("ended_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="ended_commitment_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.UniqueConstraint(
                fields=("case", "what", "first_promised_for", "came_from", "source_id"),
                name="one_commitment_a_promise",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("next_try_at__isnull", False)),
                fields=["next_try_at"],
                name="message_due",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["status", "received_at"], name="message_by_status"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["sender_key"], name="message_by_sender"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["kept", "matched", "unmatched", "stuck", "put_aside"])
                ),
                name="message_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "kept"), _negated=True),
                    ("next_try_at__isnull", False),
                    _connector="OR",
                ),
                name="kept_message_is_due",
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("next_try_at__isnull", False)),
                fields=["next_try_at"],
                name="attachment_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("message", "number"), name="one_part_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "held"), ("scanned_at__isnull", False), _connector="OR"
                ),
                name="judged_attachment_was_scanned",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "infected"), _negated=True),
                    models.Q(("virus", ""), _negated=True),
                    _connector="OR",
                ),
                name="infected_names_the_virus",
            ),
        ),
        migrations.AddIndex(
            model_name="messagelink",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True), ("settled_at__isnull", True)),
                fields=["case"],
                name="link_to_settle",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagelink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("message", "case"),
                name="one_link_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.UniqueConstraint(
                fields=("message", "case"), name="one_suggestion_a_case"
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
