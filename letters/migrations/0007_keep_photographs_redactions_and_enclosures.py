"""Photographs with what is hidden in them, documents, which of them go with a letter, and consent to
photographs. The database itself keeps the evidence as it came, and what an approved letter encloses."""

import django.db.models.deletion
import django.db.models.expressions
import functools
import letters.cases.choices
import letters.cases.encryption
import letters.drafting.vocabulary
import uuid
from django.conf import settings
from django.db import migrations, models

FORWARDS = """
CREATE FUNCTION letters_keep_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'evidence stays as it came';
END $$;

-- The bytes are sealed anew when keys rotate: their digests are what may not change.
CREATE TRIGGER photograph_is_kept BEFORE UPDATE ON letters_photograph FOR EACH ROW
WHEN ((NEW.original_digest, NEW.case_id, NEW.added_by_id, NEW.received_at, NEW.camera_day)
    IS DISTINCT FROM
    (OLD.original_digest, OLD.case_id, OLD.added_by_id, OLD.received_at, OLD.camera_day))
EXECUTE FUNCTION letters_keep_evidence();
CREATE TRIGGER photograph_stays BEFORE DELETE ON letters_photograph
FOR EACH ROW EXECUTE FUNCTION letters_keep_evidence();

CREATE TRIGGER prepared_copy_is_kept BEFORE UPDATE ON letters_preparedcopy FOR EACH ROW
WHEN ((NEW.digest, NEW.number, NEW.photograph_id) IS DISTINCT FROM
    (OLD.digest, OLD.number, OLD.photograph_id))
EXECUTE FUNCTION letters_keep_evidence();
CREATE TRIGGER prepared_copy_stays BEFORE DELETE ON letters_preparedcopy
FOR EACH ROW EXECUTE FUNCTION letters_keep_evidence();

CREATE TRIGGER redaction_is_kept BEFORE UPDATE ON letters_redaction FOR EACH ROW
WHEN ((NEW."left", NEW.top, NEW.width, NEW.height, NEW.photograph_id) IS DISTINCT FROM
    (OLD."left", OLD.top, OLD.width, OLD.height, OLD.photograph_id))
EXECUTE FUNCTION letters_keep_evidence();
CREATE TRIGGER redaction_stays BEFORE DELETE ON letters_redaction
FOR EACH ROW EXECUTE FUNCTION letters_keep_evidence();

CREATE TRIGGER enclosure_is_kept BEFORE UPDATE ON letters_enclosure FOR EACH ROW
WHEN ((NEW.original_digest, NEW.pdf_digest, NEW.case_id, NEW.added_by_id, NEW.received_at,
    NEW.tells)
    IS DISTINCT FROM
    (OLD.original_digest, OLD.pdf_digest, OLD.case_id, OLD.added_by_id, OLD.received_at,
    OLD.tells))
EXECUTE FUNCTION letters_keep_evidence();
CREATE TRIGGER enclosure_stays BEFORE DELETE ON letters_enclosure
FOR EACH ROW EXECUTE FUNCTION letters_keep_evidence();

CREATE FUNCTION letters_keep_what_was_approved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched letters_letterenclosure%ROWTYPE;
BEGIN
    touched := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    IF EXISTS (SELECT 1 FROM letters_letter
               WHERE id = touched.letter_id AND approved_at IS NOT NULL) THEN
        RAISE EXCEPTION 'an approved letter stays as it was approved';
    END IF;
    RETURN touched;
END $$;

CREATE TRIGGER enclosures_are_kept BEFORE INSERT OR UPDATE OR DELETE ON letters_letterenclosure
FOR EACH ROW EXECUTE FUNCTION letters_keep_what_was_approved();
"""

BACKWARDS = """
DROP TRIGGER enclosures_are_kept ON letters_letterenclosure;
DROP FUNCTION letters_keep_what_was_approved();
DROP TRIGGER enclosure_stays ON letters_enclosure;
DROP TRIGGER enclosure_is_kept ON letters_enclosure;
DROP TRIGGER redaction_stays ON letters_redaction;
DROP TRIGGER redaction_is_kept ON letters_redaction;
DROP TRIGGER prepared_copy_stays ON letters_preparedcopy;
DROP TRIGGER prepared_copy_is_kept ON letters_preparedcopy;
DROP TRIGGER photograph_stays ON letters_photograph;
DROP TRIGGER photograph_is_kept ON letters_photograph;
DROP FUNCTION letters_keep_evidence();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0006_keep_house_styles_signatures_and_post_faults'),
    ]

    operations = [
        migrations.CreateModel(
            name='Enclosure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', letters.cases.encryption.EncryptedTextField()),
                ('tells', models.JSONField()),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('word', 'Word'), ('picture', 'Picture')], max_length=10)),
                ('original', letters.cases.encryption.EncryptedBinaryField()),
                ('original_digest', models.CharField(max_length=64)),
                ('pdf', letters.cases.encryption.EncryptedBinaryField()),
                ('pdf_digest', models.CharField(max_length=64)),
                ('page_count', models.PositiveSmallIntegerField()),
                ('received_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LetterEnclosure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('pdf_digest', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='LetterPhotograph',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Photograph',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('original', letters.cases.encryption.EncryptedBinaryField()),
                ('original_digest', models.CharField(max_length=64)),
                ('camera_day', models.DateField(null=True)),
                ('shows', letters.cases.encryption.EncryptedTextField(blank=True)),
                ('room', models.CharField(blank=True, max_length=60)),
                ('taken_on', models.DateField(null=True)),
                ('taken_by', models.CharField(blank=True, choices=functools.partial(letters.cases.choices.choices_of, *(letters.drafting.vocabulary.TakenBy,), **{}), max_length=20)),
                ('received_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PreparedCopy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('data', letters.cases.encryption.EncryptedBinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('media_type', models.CharField(max_length=20)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'prepared copies',
            },
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('left', models.FloatField()),
                ('top', models.FloatField()),
                ('width', models.FloatField()),
                ('height', models.FloatField()),
                ('reason', letters.cases.encryption.EncryptedTextField()),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RedactionLifted',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', letters.cases.encryption.EncryptedTextField()),
                ('lifted_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'redactions lifted',
            },
        ),
        migrations.RemoveConstraint(
            model_name='consentgrant',
            name='grant_known',
        ),
        migrations.AddConstraint(
            model_name='consentgrant',
            constraint=models.CheckConstraint(condition=models.Q(('recipient__in', ['landlord', 'managing_agent', 'council', 'council_housing', 'ombudsman', 'adviser', 'patient_record', 'evaluator', 'patient']), ('purpose__in', ['letter', 'escalation', 'advice', 'evaluation']), ('item__in', ['housing_conditions', 'diagnosis', 'severity', 'exacerbations', 'opinion', 'household_members', 'photographs'])), name='grant_known'),
        ),
        migrations.AddField(
            model_name='enclosure',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='enclosure',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.case'),
        ),
        migrations.AddField(
            model_name='enclosure',
            name='removed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='letterenclosure',
            name='enclosure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.enclosure'),
        ),
        migrations.AddField(
            model_name='letterenclosure',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.letter'),
        ),
        migrations.AddField(
            model_name='letterphotograph',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.letter'),
        ),
        migrations.AddField(
            model_name='photograph',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='photograph',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.case'),
        ),
        migrations.AddField(
            model_name='photograph',
            name='hazard_report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.hazardreport'),
        ),
        migrations.AddField(
            model_name='photograph',
            name='removed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='letterphotograph',
            name='photograph',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.photograph'),
        ),
        migrations.AddField(
            model_name='preparedcopy',
            name='photograph',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.photograph'),
        ),
        migrations.AddField(
            model_name='redaction',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='redaction',
            name='photograph',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.photograph'),
        ),
        migrations.AddField(
            model_name='redactionlifted',
            name='lifted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='redactionlifted',
            name='redaction',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lifted', to='letters.redaction'),
        ),
        migrations.AddConstraint(
            model_name='enclosure',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'word', 'picture'])), name='enclosure_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='enclosure',
            constraint=models.UniqueConstraint(fields=('case', 'original_digest'), name='enclosure_once_a_case'),
        ),
        migrations.AddConstraint(
            model_name='enclosure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='enclosure_removed_by_with_removed_at'),
        ),
        migrations.AddConstraint(
            model_name='letterenclosure',
            constraint=models.UniqueConstraint(fields=('letter', 'enclosure'), name='enclosed_once_a_letter'),
        ),
        migrations.AddConstraint(
            model_name='letterenclosure',
            constraint=models.UniqueConstraint(fields=('letter', 'position'), name='one_enclosure_a_place'),
        ),
        migrations.AddConstraint(
            model_name='photograph',
            constraint=models.UniqueConstraint(fields=('case', 'original_digest'), name='photograph_once_a_case'),
        ),
        migrations.AddConstraint(
            model_name='photograph',
            constraint=models.UniqueConstraint(fields=('case', 'number'), name='one_photograph_a_number'),
        ),
        migrations.AddConstraint(
            model_name='photograph',
            constraint=models.CheckConstraint(condition=models.Q(('taken_by__in', ['', 'tenant', 'patient', 'household', 'clinician', 'adviser', 'inspector', 'other', 'not_known'])), name='taken_by_known'),
        ),
        migrations.AddConstraint(
            model_name='photograph',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='photograph_removed_by_with_removed_at'),
        ),
        migrations.AddConstraint(
            model_name='letterphotograph',
            constraint=models.UniqueConstraint(fields=('letter', 'photograph'), name='printed_once_a_letter'),
        ),
        migrations.AddConstraint(
            model_name='letterphotograph',
            constraint=models.UniqueConstraint(fields=('letter', 'position'), name='one_photograph_a_place'),
        ),
        migrations.AddIndex(
            model_name='preparedcopy',
            index=models.Index(fields=['digest'], name='prepared_copy_by_digest'),
        ),
        migrations.AddConstraint(
            model_name='preparedcopy',
            constraint=models.UniqueConstraint(fields=('photograph', 'number'), name='one_copy_a_number'),
        ),
        migrations.AddConstraint(
            model_name='redaction',
            constraint=models.CheckConstraint(condition=models.Q(('height__gt', 0), ('left__gte', 0), ('top__gte', 0), ('width__gt', 0), ('left__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(1), '-', models.F('width')), '+', models.Value(1e-09))), ('top__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(1), '-', models.F('height')), '+', models.Value(1e-09)))), name='redaction_within_the_picture'),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
