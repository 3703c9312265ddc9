"""Photographs that patients are asked for by a link, and what they send there."""

import django.db.models.deletion
import letters.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0019_keep_the_advisers_desk'),
    ]

    operations = [
        migrations.AlterField(
            model_name='photograph',
            name='added_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='PhotographRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('way', models.CharField(choices=[('text', 'Text message'), ('email', 'E-mail')], max_length=10)),
                ('address', letters.encryption.EncryptedTextField()),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('sent_at', models.DateTimeField(null=True)),
                ('tries_left', models.PositiveSmallIntegerField(default=5)),
                ('locks', models.PositiveSmallIntegerField(default=0)),
                ('locked_until', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.case')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SentPhotograph',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('data', letters.encryption.EncryptedBinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('shows', letters.encryption.EncryptedTextField(blank=True)),
                ('sent_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('held', 'Held until it has been looked through'), ('kept', 'With the photographs of the case'), ('infected', 'Harmful: it stays shut'), ('refused', 'Cannot be kept')], default='held', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('virus', models.CharField(blank=True, max_length=120)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('photograph', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.photograph')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.photographrequest')),
            ],
        ),
        migrations.AddIndex(
            model_name='photographrequest',
            index=models.Index(condition=models.Q(('next_try_at__isnull', False)), fields=['next_try_at'], name='photograph_request_due'),
        ),
        migrations.AddConstraint(
            model_name='photographrequest',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['text', 'email'])), name='photograph_request_way_known'),
        ),
        migrations.AddConstraint(
            model_name='photographrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('case',), name='one_open_photograph_request'),
        ),
        migrations.AddConstraint(
            model_name='photographrequest',
            constraint=models.CheckConstraint(condition=models.Q(('ended_by__isnull', True), ('ended_at__isnull', False), _connector='OR'), name='photograph_request_ended_by_at'),
        ),
        migrations.AddIndex(
            model_name='sentphotograph',
            index=models.Index(condition=models.Q(('next_try_at__isnull', False)), fields=['next_try_at'], name='sent_photograph_due'),
        ),
        migrations.AddConstraint(
            model_name='sentphotograph',
            constraint=models.UniqueConstraint(fields=('request', 'sha256'), name='sent_photograph_once'),
        ),
        migrations.AddConstraint(
            model_name='sentphotograph',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['held', 'kept', 'infected', 'refused'])), name='sent_photograph_status_known'),
        ),
        migrations.AddConstraint(
            model_name='sentphotograph',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('photograph__isnull', False), ('status', 'kept')), models.Q(models.Q(('status', 'kept'), _negated=True), ('photograph__isnull', True)), _connector='OR'), name='kept_sent_photograph_is_there'),
        ),
    ]
