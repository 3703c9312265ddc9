"""What time it is for a worker."""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone


def now() -> datetime:
    """By the database's clock: a worker whose own is wrong would take the lease of another for
    over while that one still hands its letter over."""
    if not settings.WORKERS_SHARE_A_CLOCK:
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
