"""What a letter could bring on a household, what an adviser let through, and why one recipient may
be told no more."""

import django.db.models.deletion
import functools
import letters.cases.choices
import letters.drafting.gates
import letters.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


# Keys rotate and seal the answers anew; what they are about, and from when, may not change.
FORWARDS = """
CREATE FUNCTION letters_keep_safety() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a record of safety is followed by another, never changed or removed';
END $$;

CREATE TRIGGER safety_is_kept BEFORE DELETE ON letters_safetyrecord
FOR EACH ROW EXECUTE FUNCTION letters_keep_safety();

CREATE TRIGGER safety_stays BEFORE UPDATE ON letters_safetyrecord
FOR EACH ROW
WHEN ((NEW.case_id, NEW.version, NEW.recorded_by_id, NEW.recorded_at)
    IS DISTINCT FROM (OLD.case_id, OLD.version, OLD.recorded_by_id, OLD.recorded_at))
EXECUTE FUNCTION letters_keep_safety();

CREATE TRIGGER lifted_gate_is_kept BEFORE DELETE ON letters_gatelifted
FOR EACH ROW EXECUTE FUNCTION letters_keep_safety();

CREATE TRIGGER lifted_gate_stays BEFORE UPDATE ON letters_gatelifted
FOR EACH ROW
WHEN ((NEW.letter_id, NEW.gate, NEW.safety_id, NEW.lifted_by_id, NEW.lifted_at)
    IS DISTINCT FROM (OLD.letter_id, OLD.gate, OLD.safety_id, OLD.lifted_by_id, OLD.lifted_at))
EXECUTE FUNCTION letters_keep_safety();
"""

BACKWARDS = """
DROP TRIGGER lifted_gate_stays ON letters_gatelifted;
DROP TRIGGER lifted_gate_is_kept ON letters_gatelifted;
DROP TRIGGER safety_stays ON letters_safetyrecord;
DROP TRIGGER safety_is_kept ON letters_safetyrecord;
DROP FUNCTION letters_keep_safety();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0015_invite_people'),
    ]

    operations = [
        migrations.AddField(
            model_name='consentgrant',
            name='withdrawn_reason',
            field=letters.encryption.EncryptedTextField(blank=True, default=''),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='SafetyRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('answers', letters.encryption.EncryptedJSONField()),
                ('contact', letters.encryption.EncryptedTextField()),
                ('hide_whereabouts', letters.encryption.EncryptedTextField()),
                ('note', letters.encryption.EncryptedTextField(blank=True)),
                ('recorded_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.case')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='GateLifted',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('gate', models.CharField(choices=functools.partial(letters.cases.choices.choices_of, *(letters.drafting.gates.GateKey,), **{}), max_length=30)),
                ('reason', letters.encryption.EncryptedTextField()),
                ('lifted_at', models.DateTimeField()),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.letter')),
                ('lifted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('safety', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.safetyrecord')),
            ],
            options={
                'verbose_name_plural': 'gates lifted',
            },
        ),
        migrations.AddConstraint(
            model_name='safetyrecord',
            constraint=models.UniqueConstraint(fields=('case', 'version'), name='one_safety_record_a_version'),
        ),
        migrations.AddConstraint(
            model_name='gatelifted',
            constraint=models.UniqueConstraint(fields=('letter', 'gate', 'safety'), name='gate_lifted_once'),
        ),
        migrations.AddConstraint(
            model_name='gatelifted',
            constraint=models.CheckConstraint(condition=models.Q(('gate__in', ['eviction_or_reprisal', 'domestic_abuse', 'immigration', 'displacement', 'other_occupants', 'safeguarding', 'contact', 'whereabouts', 'not_recorded'])), name='lifted_gate_known'),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
