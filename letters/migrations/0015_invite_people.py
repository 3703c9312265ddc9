"""Invitations to join a team."""

import django.db.models.deletion
import letters.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0014_keep_unfinished_intakes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('clinician', 'Clinician'), ('adviser', 'Adviser'), ('evaluator', 'Evaluator'), ('legal_reviewer', 'Legal reviewer'), ('administrator', 'Administrator')], max_length=20)),
                ('email', letters.encryption.EncryptedTextField()),
                ('email_key', models.CharField(max_length=64)),
                ('name', letters.encryption.EncryptedTextField()),
                ('job_title', letters.encryption.EncryptedTextField()),
                ('registration', letters.encryption.EncryptedTextField(blank=True)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('mailed_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('is_accepted', models.BooleanField(default=False)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('team', 'email_key'), name='one_open_invitation'), models.CheckConstraint(condition=models.Q(('role__in', ['clinician', 'adviser', 'evaluator', 'legal_reviewer', 'administrator'])), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('is_accepted', False)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='ended_invitation_has_person')],
            },
        ),
    ]
