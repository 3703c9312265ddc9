"""Takes rows and mails one message for each, with none of our code: `MESSAGE COUNT`. No lease, no
audit, no clock of law: what the bare pattern costs here, to hold ours against."""

import os
import smtplib
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

_TAKE = """
    UPDATE bare SET status = 'claimed' WHERE id = (
        SELECT id FROM bare WHERE status = 'queued' AND shard = %s
        ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id
"""
_SET = "UPDATE bare SET status = %s WHERE id = %s"


def main(path: str, count: str) -> None:
    raw, server = Path(path).read_bytes(), urlsplit(os.environ["EMAIL_URL"])
    shard = uuid.uuid4()  # two processes share the table and its index
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as rows:
        rows.execute("SELECT pg_advisory_lock(1)")
        rows.execute(
            "CREATE TABLE IF NOT EXISTS bare "
            "(id uuid PRIMARY KEY, shard uuid, status text, due timestamptz)"
        )
        rows.execute("CREATE INDEX IF NOT EXISTS bare_due ON bare (shard, due)")
        rows.execute("SELECT pg_advisory_unlock(1)")
        with rows.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO bare VALUES (gen_random_uuid(), %s, 'queued', now())",
                [[shard]] * int(count),
            )
        print("ready", flush=True)  # noqa: T201 - whoever started it waits for this line
        sys.stdin.readline()
        while found := rows.execute(_TAKE, [shard]).fetchone():
            rows.execute(_SET, ["handed_over", found[0]])
            with smtplib.SMTP(str(server.hostname), server.port or 25) as smtp:
                smtp.sendmail("a@partnership.example", ["bench@council.example"], raw)
            rows.execute(_SET, ["accepted", found[0]])


if __name__ == "__main__":
    main(*sys.argv[1:])
