"""What the two sides of a case ask each other, other needs that are passed on, and who works on
what at the adviser's desk."""

import django.db.models.deletion
import functools
import letters.cases.choices
import letters.cases.questions.models
import letters.cases.referrals.models
import letters.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0018_keep_a_directory_of_landlords'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_of', models.CharField(choices=functools.partial(letters.cases.choices.choices_of, *(letters.cases.questions.models.Side,), **{}), max_length=10)),
                ('words', letters.encryption.EncryptedTextField()),
                ('asked_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('is_dropped', models.BooleanField(default=False)),
                ('read_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.case')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['asked_at'],
            },
        ),
        migrations.CreateModel(
            name='CaseAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', letters.encryption.EncryptedTextField()),
                ('given_at', models.DateTimeField()),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='letters.casequestion')),
            ],
            options={
                'ordering': ['given_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Cover',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('arranged_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('arranged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('covered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['first_day'],
            },
        ),
        migrations.CreateModel(
            name='KeptList',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', letters.encryption.EncryptedTextField()),
                ('chosen', models.JSONField()),
                ('kept_at', models.DateTimeField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kept_at'],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('need', letters.encryption.EncryptedTextField()),
                ('words', letters.encryption.EncryptedTextField(blank=True)),
                ('service', letters.encryption.EncryptedTextField(null=True)),
                ('agreed_on', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('status', models.CharField(choices=functools.partial(letters.cases.choices.choices_of, *(letters.cases.referrals.models.ReferralStatus,), **{}), max_length=12)),
                ('changed_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.case')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.team')),
            ],
            options={
                'ordering': ['asked_at'],
            },
        ),
        migrations.CreateModel(
            name='ReferralChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=functools.partial(letters.cases.choices.choices_of, *(letters.cases.referrals.models.ReferralStatus,), **{}), max_length=12)),
                ('words', letters.encryption.EncryptedTextField(blank=True)),
                ('told_at', models.DateTimeField()),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='letters.referral')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['told_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('assigned_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['person'], name='assigned_cases')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('case',), name='one_adviser_a_case')],
            },
        ),
        migrations.AddIndex(
            model_name='casequestion',
            index=models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['asked_of'], name='open_questions'),
        ),
        migrations.AddConstraint(
            model_name='casequestion',
            constraint=models.CheckConstraint(condition=models.Q(('asked_of__in', ['clinic', 'advice'])), name='question_asked_of_a_side'),
        ),
        migrations.AddConstraint(
            model_name='casequestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_dropped', False), ('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='settled_question_has_person'),
        ),
        migrations.AddConstraint(
            model_name='cover',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='cover_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='cover',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('covered_by')), _negated=True), name='nobody_covers_themselves'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'taken_up', 'not_reached', 'declined', 'done'])), name='referral_status_known'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('service__isnull', True), ('team__isnull', False)), models.Q(('service__isnull', False), ('team__isnull', True)), _connector='OR'), name='referral_goes_to_one'),
        ),
    ]
