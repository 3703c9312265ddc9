"""The evidence for the start of a clock may be that the letter left."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0004_let_other_readers_and_second_signatures")]

    operations = [
        migrations.AlterField(
            model_name="clockstart",
            name="evidence",
            field=models.CharField(
                choices=[
                    ("sent", "The letter left"),
                    ("sent_by_email", "Presumed from the time of the e-mail"),
                    ("posted", "Presumed from the day of posting"),
                    ("reply", "The landlord replied"),
                    ("call", "Said on the telephone"),
                    ("inspection", "The landlord inspected"),
                    ("written_findings", "In the landlord's written findings"),
                ],
                max_length=20,
            ),
        ),
    ]
