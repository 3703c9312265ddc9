"""A directory of landlords: where entries came from, whom to reach, what was merged, and keyed hashes
to find names by, made here for the entries that are there."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import functools
import letters.cases.choices
import letters.cases.landlords.vocabulary
import letters.encryption
import uuid
from django.conf import settings
from django.db import migrations, models

from letters.cases.landlords.words import found_by


def find_by_words(apps, schema_editor):
    for landlord in apps.get_model('letters', 'Landlord').objects.iterator():
        for field, value in found_by(landlord.name, landlord.address).items():
            setattr(landlord, field, value)
        landlord.save(update_fields=['name_words', 'postcode_key'])


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0017_mark_cases_open_to_advisers'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('said', letters.encryption.EncryptedJSONField()),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'former entries',
            },
        ),
        migrations.CreateModel(
            name='LandlordContact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=functools.partial(letters.cases.choices.choices_of, *(letters.cases.landlords.vocabulary.ContactRole,), **{}), max_length=20)),
                ('name', letters.encryption.EncryptedTextField(blank=True)),
                ('name_words', models.JSONField(default=list, editable=False)),
                ('address', letters.encryption.EncryptedJSONField()),
                ('email', letters.encryption.EncryptedTextField(blank=True)),
                ('telephone', letters.encryption.EncryptedTextField(blank=True)),
                ('source', models.CharField(choices=functools.partial(letters.cases.choices.choices_of, *(letters.cases.landlords.vocabulary.EntrySource,), **{}), max_length=20)),
                ('source_detail', letters.encryption.EncryptedTextField(blank=True)),
                ('source_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='landlord',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.landlord'),
        ),
        migrations.AddField(
            model_name='landlord',
            name='name_words',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='landlord',
            name='postcode_key',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='landlord',
            name='register_key',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='landlord',
            name='source',
            field=models.CharField(blank=True, choices=functools.partial(letters.cases.choices.choices_of, *(letters.cases.landlords.vocabulary.EntrySource,), **{}), max_length=20),
        ),
        migrations.AddField(
            model_name='landlord',
            name='source_detail',
            field=letters.encryption.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name='landlord',
            name='source_on',
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name='landlord',
            index=django.contrib.postgres.indexes.GinIndex(fields=['name_words'], name='landlord_by_word'),
        ),
        migrations.AddConstraint(
            model_name='landlord',
            constraint=models.UniqueConstraint(condition=models.Q(('register_key', ''), _negated=True), fields=('partnership', 'register_key'), name='landlord_once_by_register'),
        ),
        migrations.AddConstraint(
            model_name='landlord',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='landlord_is_not_its_own_duplicate'),
        ),
        migrations.AddConstraint(
            model_name='landlord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', ''), ('source_on__isnull', True)), models.Q(('source__in', ['agreement', 'notice', 'landlord', 'agent', 'tenant', 'register']), ('source_on__isnull', False)), _connector='OR'), name='landlord_source_is_dated'),
        ),
        migrations.AddField(
            model_name='formerentry',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='formerentry',
            name='landlord',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.landlord'),
        ),
        migrations.AddField(
            model_name='landlordcontact',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='landlordcontact',
            name='landlord',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.landlord'),
        ),
        migrations.AddField(
            model_name='landlordcontact',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='landlordcontact',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('landlord', 'role'), name='one_contact_a_role'),
        ),
        migrations.AddConstraint(
            model_name='landlordcontact',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['complaints', 'repairs', 'agent', 'arms_length_manager']), ('source__in', ['agreement', 'notice', 'landlord', 'agent', 'tenant', 'register'])), name='landlord_contact_known'),
        ),
        migrations.AddConstraint(
            model_name='landlordcontact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='ended_contact_has_person'),
        ),
        # After it the fields go with all that is in them.
        migrations.RunPython(find_by_words, migrations.RunPython.noop),
    ]
