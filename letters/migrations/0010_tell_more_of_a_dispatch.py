from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("letters", "0009_keep_an_event_log_and_webhooks")]

    operations: list = []
