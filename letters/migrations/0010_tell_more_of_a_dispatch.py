"""More states of a dispatch, and what is heard of a letter after it left."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

# Before the new constraints, since rows of the old kind would break them.
FORWARDS = """
UPDATE letters_dispatch SET status = 'handed_over' WHERE status = 'committing';
UPDATE letters_dispatch SET may_be_there = true WHERE status IN ('handed_over', 'unknown');
UPDATE letters_dispatch SET next_try_at = NULL WHERE status <> 'queued';
"""
BACKWARDS = """
UPDATE letters_dispatch SET status = 'committing' WHERE status = 'handed_over';
UPDATE letters_dispatch SET status = 'accepted' WHERE status IN ('delivered', 'returned');
UPDATE letters_dispatch SET next_try_at = queued_at WHERE next_try_at IS NULL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0009_keep_an_event_log_and_webhooks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('says', models.CharField(choices=[('accepted', 'The carrier has it'), ('delayed', 'The carrier is still trying'), ('not_sent', 'The carrier took it and could not send it'), ('delivered', 'Delivered'), ('signed_for', 'Signed for'), ('opened', 'Opened by its reader'), ('returned', 'Came back')], max_length=12)),
                ('source', models.CharField(choices=[('notify', 'GOV.UK Notify'), ('bounce', "The reader's mail server"), ('receipt', "The reader's mail program"), ('link', 'The page the letter can be opened on'), ('person', 'Somebody here')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['happened_at', 'recorded_at'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='dispatch',
            name='dispatch_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='dispatch',
            name='email_has_an_address',
        ),
        migrations.RemoveConstraint(
            model_name='dispatch',
            name='sent_dispatch_has_moment',
        ),
        migrations.RemoveConstraint(
            model_name='dispatch',
            name='one_live_dispatch_a_letter',
        ),
        migrations.RemoveIndex(
            model_name='dispatch',
            name='dispatch_due',
        ),
        migrations.AddField(
            model_name='dispatch',
            name='instead_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.dispatch'),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='may_be_there',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='settled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='clockstart',
            name='evidence',
            field=models.CharField(choices=[('sent', 'The letter left'), ('sent_by_email', 'Presumed from the time of the e-mail'), ('posted', 'Presumed from the day of posting'), ('opened', 'The reader opened the letter'), ('signed_for', 'Somebody signed for the letter'), ('reply', 'The landlord replied'), ('call', 'Said on the telephone'), ('inspection', 'The landlord inspected'), ('written_findings', "In the landlord's written findings")], max_length=20),
        ),
        migrations.AlterField(
            model_name='dispatch',
            name='channel',
            field=models.CharField(choices=[('email', 'E-mail'), ('text', 'Text message with a link to the letter'), ('post', 'Printed and posted for you'), ('download', 'Print and post it yourself')], max_length=10),
        ),
        migrations.AlterField(
            model_name='dispatch',
            name='next_try_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='dispatch',
            name='status',
            field=models.CharField(choices=[('queued', 'Waiting to be sent'), ('claimed', 'Being sent'), ('handed_over', 'Handed over, not answered yet'), ('accepted', 'Accepted by the carrier'), ('ready', 'Ready to print and post'), ('posted', 'Posted'), ('delivered', 'Delivered'), ('returned', 'Came back'), ('failed', 'Refused'), ('cancelled', 'Stopped'), ('unknown', 'Not known whether it went')], max_length=12),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.AddIndex(
            model_name='dispatch',
            index=models.Index(condition=models.Q(('status__in', ['queued', 'unknown'])), fields=['next_try_at'], name='dispatch_due_next'),
        ),
        migrations.AddIndex(
            model_name='dispatch',
            index=models.Index(condition=models.Q(('lease_until__isnull', False)), fields=['lease_until'], name='dispatch_leased'),
        ),
        migrations.AddIndex(
            model_name='dispatch',
            index=models.Index(fields=['status', 'queued_at'], name='dispatch_by_status'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'claimed', 'handed_over', 'accepted', 'ready', 'posted', 'delivered', 'returned', 'failed', 'cancelled', 'unknown'])), name='dispatch_status_known'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel__in', ['email', 'text']), _negated=True), ('address__isnull', False), _connector='OR'), name='mailed_dispatch_has_an_address'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['accepted', 'posted', 'delivered', 'returned']), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='sent_dispatch_has_moment'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'queued'), _negated=True), ('next_try_at__isnull', False), _connector='OR'), name='queued_dispatch_is_due'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['failed', 'cancelled', 'returned']), _negated=True), fields=('letter',), name='one_live_dispatch_a_letter'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='dispatch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.dispatch'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('dispatch', 'says', 'source', 'reason', 'happened_at'), name='one_receipt_a_thing_told'),
        ),
    ]
