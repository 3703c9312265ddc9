from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("letters", "0010_tell_more_of_a_dispatch")]

    operations: list = []
