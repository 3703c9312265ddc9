"""An organisation's house style, logo and Word shell, a person's signature, what a printer would refuse
of a file; an approved letter keeps the shell of its Word form."""

import django.db.models.deletion
import functools
import letters.cases.choices
import letters.cases.encryption
import letters.drafting.content
import uuid
from django.conf import settings
from django.db import migrations, models


KEEP = """
DROP TRIGGER approval_is_kept ON letters_letter;
CREATE TRIGGER approval_is_kept BEFORE UPDATE ON letters_letter
FOR EACH ROW
WHEN (OLD.approved_at IS NOT NULL AND (
    NEW.content_digest, NEW.law_digest, NEW.wording_digest, NEW.day, NEW.items, NEW.approved_at,
    NEW.approved_by_id, NEW.case_id, NEW.stage, NEW.recipient, NEW.responsible_body_id,
    NEW.first_signed_by_id{added_new}
) IS DISTINCT FROM (
    OLD.content_digest, OLD.law_digest, OLD.wording_digest, OLD.day, OLD.items, OLD.approved_at,
    OLD.approved_by_id, OLD.case_id, OLD.stage, OLD.recipient, OLD.responsible_body_id,
    OLD.first_signed_by_id{added_old}
))
EXECUTE FUNCTION letters_keep_approval();
"""
FORWARDS = KEEP.format(added_new=", NEW.word_shell_id", added_old=", OLD.word_shell_id")
BACKWARDS = KEEP.format(added_new="", added_old="")


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0005_let_a_clock_start_when_a_letter_leaves'),
    ]

    operations = [
        migrations.CreateModel(
            name='HouseStyle',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('typeface', models.CharField(choices=functools.partial(letters.cases.choices.choices_of, *(letters.drafting.content.Typeface,), **{}), max_length=30)),
                ('colour', models.CharField(max_length=7)),
                ('footer', models.JSONField()),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('data', models.BinaryField()),
                ('media_type', models.CharField(max_length=20)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('data', letters.cases.encryption.EncryptedBinaryField()),
                ('media_type', models.CharField(max_length=20)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='WordShell',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('data', models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name='letterfile',
            name='post_faults',
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name='letterfile',
            name='file_format',
            field=models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word'), ('large_print', 'PDF in large print'), ('spoken', 'text to be read aloud')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='letterfile',
            index=models.Index(fields=['sha256'], name='file_by_digest'),
        ),
        migrations.AddField(
            model_name='housestyle',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='housestyle',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.organisation'),
        ),
        migrations.AddField(
            model_name='logo',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.organisation'),
        ),
        migrations.AddField(
            model_name='housestyle',
            name='logo',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.logo'),
        ),
        migrations.AddField(
            model_name='signature',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wordshell',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.organisation'),
        ),
        migrations.AddField(
            model_name='housestyle',
            name='word_shell',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.wordshell'),
        ),
        migrations.AddField(
            model_name='letter',
            name='word_shell',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.wordshell'),
        ),
        migrations.AddConstraint(
            model_name='logo',
            constraint=models.UniqueConstraint(fields=('organisation', 'digest'), name='one_logo_a_digest'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user',), name='one_signature_a_person'),
        ),
        migrations.AddConstraint(
            model_name='wordshell',
            constraint=models.UniqueConstraint(fields=('organisation', 'digest'), name='one_shell_a_digest'),
        ),
        migrations.AddIndex(
            model_name='housestyle',
            index=models.Index(fields=['organisation', '-made_at'], name='latest_house_style'),
        ),
        migrations.AddConstraint(
            model_name='housestyle',
            constraint=models.CheckConstraint(condition=models.Q(('typeface__in', ['arimo', 'atkinson_hyperlegible', 'noto_sans'])), name='typeface_known'),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
