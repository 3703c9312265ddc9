"""Answers on the way to a case, kept as they are typed."""

import uuid
from functools import partial

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import letters.encryption
from letters.cases.choices import choices_of
from letters.cases.intakes.models import Screen


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0013_keep_links_to_letters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answers', letters.encryption.EncryptedJSONField(default=dict)),
                ('screen', models.CharField(choices=partial(choices_of, Screen), max_length=10)),
                ('begun_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.case')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('patient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.patient')),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'case'], name='unfinished_intakes_of_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('screen__in', ['health', 'hazards', 'home', 'agreed'])), name='intake_screen_known'), models.UniqueConstraint(fields=('case',), name='intake_becomes_a_case_once')],
            },
        ),
    ]
