"""Who carries a letter and in which class of post, what a partnership decided about that, and batches
for those who print themselves."""

import django.db.models.deletion
import functools
import letters.cases.choices
import letters.delivery.models
import letters.delivery.vocabulary
import letters.encryption
import uuid
from django.conf import settings
from django.db import migrations, models

# Before there were several carriers, e-mail went by the mail server, or nowhere.
FORWARDS = """
UPDATE letters_dispatch AS dispatch
SET carrier = CASE WHEN partnership.is_demonstration THEN 'outbox' ELSE 'smtp' END
FROM letters_letter AS letter
JOIN letters_case AS the_case ON the_case.id = letter.case_id
JOIN letters_team AS team ON team.id = the_case.team_id
JOIN letters_organisation AS organisation ON organisation.id = team.organisation_id
JOIN letters_partnership AS partnership ON partnership.id = organisation.partnership_id
WHERE dispatch.letter_id = letter.id AND dispatch.channel = 'email';
"""


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0011_keep_what_comes_in'),
    ]

    operations = [
        migrations.CreateModel(
            name='CarrierPause',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('carrier', models.CharField(choices=functools.partial(letters.cases.choices.choices_of, *(letters.delivery.vocabulary.CarrierName,), **{}), max_length=10)),
                ('channel', models.CharField(choices=functools.partial(letters.cases.choices.choices_of, *(letters.delivery.models.Channel,), **{}), max_length=10)),
                ('reason', models.CharField(max_length=60)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PrintBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('number', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('asked', 'Being made'), ('made', 'Made'), ('failed', 'Could not be made')], default='asked', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('data', letters.encryption.EncryptedBinaryField(null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('page_count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name_plural': 'print batches',
            },
        ),
        migrations.CreateModel(
            name='PrintBatchItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('first_page', models.PositiveIntegerField(null=True)),
                ('page_count', models.PositiveSmallIntegerField(default=0)),
                ('freed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SendingRules',
            fields=[
                ('partnership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='letters.partnership')),
                ('email_carrier', models.CharField(blank=True, choices=functools.partial(letters.cases.choices.choices_of, *(letters.delivery.vocabulary.CarrierName,), **{}), max_length=10)),
                ('postage', models.CharField(blank=True, choices=functools.partial(letters.cases.choices.choices_of, *(letters.delivery.vocabulary.Postage,), **{}), max_length=20)),
                ('undo_seconds', models.PositiveIntegerField(null=True)),
                ('fallbacks', models.JSONField(default=list)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'sending rules',
            },
        ),
        migrations.AddField(
            model_name='dispatch',
            name='carrier',
            field=models.CharField(blank=True, choices=functools.partial(letters.cases.choices.choices_of, *(letters.delivery.vocabulary.CarrierName,), **{}), max_length=10),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='postage',
            field=models.CharField(blank=True, choices=functools.partial(letters.cases.choices.choices_of, *(letters.delivery.vocabulary.Postage,), **{}), max_length=20),
        ),
        migrations.AlterField(
            model_name='receipt',
            name='says',
            field=models.CharField(choices=[('accepted', 'The carrier has it'), ('posted', 'Printed and posted; the post does not say when it arrives'), ('delayed', 'The carrier is still trying'), ('not_sent', 'The carrier took it and could not send it'), ('delivered', 'Delivered'), ('signed_for', 'Signed for'), ('opened', 'Opened by its reader'), ('returned', 'Came back')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='dispatch',
            index=models.Index(condition=models.Q(('carrier', 'notify'), ('status', 'accepted')), fields=['sent_at'], name='dispatch_to_ask_about'),
        ),
        migrations.AddConstraint(
            model_name='carrierpause',
            constraint=models.UniqueConstraint(fields=('carrier', 'channel'), name='one_pause_a_carrier'),
        ),
        migrations.AddConstraint(
            model_name='carrierpause',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='pause_ends_after_it_began'),
        ),
        migrations.AddField(
            model_name='printbatch',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='printbatch',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.team'),
        ),
        migrations.AddField(
            model_name='printbatchitem',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.printbatch'),
        ),
        migrations.AddField(
            model_name='printbatchitem',
            name='dispatch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.dispatch'),
        ),
        migrations.AddField(
            model_name='sendingrules',
            name='changed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='printbatch',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['team'], name='batch_still_open'),
        ),
        migrations.AddConstraint(
            model_name='printbatch',
            constraint=models.UniqueConstraint(fields=('team', 'day', 'number'), name='one_batch_a_number'),
        ),
        migrations.AddConstraint(
            model_name='printbatch',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'made', 'failed'])), name='batch_status_known'),
        ),
        migrations.AddConstraint(
            model_name='printbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('data__isnull', False), ('made_at__isnull', False), ('status', 'made')), models.Q(models.Q(('status', 'made'), _negated=True), ('made_at__isnull', True)), _connector='OR'), name='made_batch_has_pages'),
        ),
        migrations.AddConstraint(
            model_name='printbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='failed_batch_says_why'),
        ),
        migrations.AddConstraint(
            model_name='printbatchitem',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='one_item_a_place'),
        ),
        migrations.AddConstraint(
            model_name='printbatchitem',
            constraint=models.UniqueConstraint(condition=models.Q(('freed_at__isnull', True)), fields=('dispatch',), name='one_batch_a_dispatch'),
        ),
        migrations.AddConstraint(
            model_name='sendingrules',
            constraint=models.CheckConstraint(condition=models.Q(('undo_seconds__isnull', True), ('undo_seconds__lte', 3600), _connector='OR'), name='undo_ends_within_an_hour'),
        ),
        migrations.RunSQL(FORWARDS, migrations.RunSQL.noop),
    ]
