from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("letters", "0011_keep_what_comes_in")]

    operations: list = []
