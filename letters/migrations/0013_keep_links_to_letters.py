from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("letters", "0012_keep_batches_and_rules_of_sending")]

    operations: list = []
