"""Tests beside this one have transactions of their own in the same server. While one that began
before is open, the log holds back: as it should, for any transaction might have been ours."""

from django.db import connection

from tests.servers import wait_until


def let_others_end() -> None:
    """Until whatever was under way elsewhere has ended."""
    mark = _number("pg_current_xact_id()")
    wait_until(lambda: _number("pg_snapshot_xmin(pg_current_snapshot())") > mark, "others to end")


def _number(expression: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression}::text::bigint")
        return int(cursor.fetchone()[0])
