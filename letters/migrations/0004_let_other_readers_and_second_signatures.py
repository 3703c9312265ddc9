"""Letters that others than the landlord read, letters over two signatures, and deadlines that turn
on no hazard. What is stored of the letter before is brought into its new shape."""

import django.db.models.deletion
import functools
import letters.cases.choices
import letters.law.facts
import letters.drafting.vocabulary
import uuid
from django.conf import settings
from django.db import migrations, models


KEEP = """
DROP TRIGGER approval_is_kept ON letters_letter;
CREATE TRIGGER approval_is_kept BEFORE UPDATE ON letters_letter
FOR EACH ROW
WHEN (OLD.approved_at IS NOT NULL AND (
    NEW.content_digest, NEW.law_digest, NEW.wording_digest, NEW.day, NEW.items, NEW.approved_at,
    NEW.approved_by_id, NEW.case_id, NEW.stage, NEW.recipient{added_new}
) IS DISTINCT FROM (
    OLD.content_digest, OLD.law_digest, OLD.wording_digest, OLD.day, OLD.items, OLD.approved_at,
    OLD.approved_by_id, OLD.case_id, OLD.stage, OLD.recipient{added_old}
))
EXECUTE FUNCTION letters_keep_approval();
"""
FORWARDS = KEEP.format(
    added_new=", NEW.responsible_body_id, NEW.first_signed_by_id",
    added_old=", OLD.responsible_body_id, OLD.first_signed_by_id",
)
BACKWARDS = KEEP.format(added_new="", added_old="")


def say_which_letter_was_earlier(apps, schema_editor):
    """Before this, only a reminder followed a letter, and it followed a first letter."""
    for letter in apps.get_model("letters", "Letter").objects.filter(earlier__isnull=False).iterator():
        letterhead = (letter.follows.content if letter.follows else letter.content)["letterhead"]
        added = {
            "stage": "first_letter",
            "addressee": "you",
            "written_by": f"{letterhead['team']}, {letterhead['organisation']}",
            "history": [],
        }
        for missed in letter.earlier["missed"]:
            missed["is_certain"] = True  # nobody kept what it was; the letter was read as it stands
        letter.earlier = {**added, **letter.earlier}
        letter.save(update_fields=["earlier"])


def forget_which_letter_was_earlier(apps, schema_editor):
    for letter in apps.get_model("letters", "Letter").objects.filter(earlier__isnull=False).iterator():
        added = ("stage", "addressee", "written_by", "history")
        letter.earlier = {key: value for key, value in letter.earlier.items() if key not in added}
        for missed in letter.earlier["missed"]:
            del missed["is_certain"]
        letter.save(update_fields=["earlier"])


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0003_sign_law_and_wording_unit_by_unit'),
    ]

    operations = [
        migrations.CreateModel(
            name='ResponsibleBody',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reader', models.CharField(choices=functools.partial(letters.cases.choices.choices_of, *(letters.drafting.vocabulary.Recipient,), **{}), max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('department', models.CharField(blank=True, max_length=120)),
                ('address', models.JSONField()),
                ('email', models.EmailField(blank=True, max_length=120)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='consentgrant',
            name='grant_known',
        ),
        migrations.RemoveConstraint(
            model_name='deadline',
            name='one_deadline_a_period',
        ),
        migrations.RemoveConstraint(
            model_name='letter',
            name='letter_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='letter',
            name='letter_stage_known',
        ),
        migrations.AddField(
            model_name='letter',
            name='first_signed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='letter',
            name='first_signed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='hazard_report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.hazardreport'),
        ),
        migrations.AlterField(
            model_name='letter',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('awaiting_second', 'Waits for a second signature'), ('approved', 'Approved'), ('withdrawn', 'Withdrawn')], default='draft', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='consentgrant',
            constraint=models.CheckConstraint(condition=models.Q(('recipient__in', ['landlord', 'managing_agent', 'council', 'council_housing', 'ombudsman', 'adviser', 'patient_record', 'evaluator', 'patient']), ('purpose__in', ['letter', 'escalation', 'advice', 'evaluation']), ('item__in', ['housing_conditions', 'diagnosis', 'severity', 'exacerbations', 'opinion', 'household_members'])), name='grant_known'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.UniqueConstraint(fields=('start', 'hazard_report', 'provision_id', 'period_id'), name='one_deadline_a_period', nulls_distinct=False),
        ),
        migrations.AddField(
            model_name='responsiblebody',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='letters.partnership'),
        ),
        migrations.AddField(
            model_name='letter',
            name='responsible_body',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.responsiblebody'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'awaiting_second', 'approved', 'withdrawn'])), name='letter_status_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['first_letter', 'missed_deadline', 'complaint', 'complaint_stage_2', 'council_inspection', 'housing_register', 'homelessness', 'suitability', 'adjustment', 'ombudsman', 'tribunal', 'grant', 'letter_of_claim', 'nuisance_notice', 'record_copy', 'patient_copy', 'portfolio', 'closing'])), name='letter_stage_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'awaiting_second'), _negated=True), ('first_signed_by__isnull', False), _connector='OR'), name='first_signature_before_second'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('first_signed_by__isnull', True), ('approved_by__isnull', True), models.Q(('first_signed_by', models.F('approved_by')), _negated=True), _connector='OR'), name='second_signature_of_another'),
        ),
        migrations.AddConstraint(
            model_name='responsiblebody',
            constraint=models.CheckConstraint(condition=models.Q(('reader__in', ['council', 'council_housing', 'ombudsman'])), name='responsible_body_reads_letters'),
        ),
        migrations.AddField(
            model_name="tenancy",
            name="tenant_gives_notice",
            field=models.CharField(
                choices=functools.partial(
                    letters.cases.choices.choices_of, letters.law.facts.Answer
                ),
                default="not_known",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="tenancy",
            constraint=models.CheckConstraint(
                condition=models.Q(("tenant_gives_notice__in", ["yes", "no", "not_known"])),
                name="tenant_gives_notice_known",
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RunPython(say_which_letter_was_earlier, forget_which_letter_was_earlier),
    ]
