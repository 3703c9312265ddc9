from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("letters", "0008_keep_bundles_and_their_volumes")]

    operations: list = []
