"""Asking for a job once the transaction has committed."""

import json
import logging
import os
import time
import uuid
from collections.abc import Iterator

import pytest
import redis
from django.db import transaction

from letters import jobs

ROW = uuid.UUID(int=1)
FEW_SECONDS = 8


@pytest.fixture
def queue(empty_queue: None) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as queue:
        yield queue


@pytest.mark.django_db(transaction=True)
def test_enqueue_sends_the_id_and_no_more(queue: redis.Redis) -> None:
    jobs.enqueue(jobs.DELIVER, ROW)

    sent = json.loads(queue.lrange(jobs.SEND, 0, -1)[0])
    assert sent["headers"]["task"] == jobs.DELIVER
    assert sent["headers"]["argsrepr"] == f"['{ROW}']"


@pytest.mark.django_db(transaction=True)
def test_enqueue_waits_for_the_commit(queue: redis.Redis) -> None:
    with transaction.atomic():
        jobs.enqueue(jobs.DELIVER, ROW)
        before = queue.llen(jobs.SEND)

    assert (before, queue.llen(jobs.SEND)) == (0, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue_down")
def test_enqueue_only_logs_when_the_queue_is_down(caplog: pytest.LogCaptureFixture) -> None:
    started = time.monotonic()

    with caplog.at_level(logging.WARNING, logger="letters.jobs"):
        jobs.enqueue(jobs.DELIVER, ROW)

    assert time.monotonic() - started < FEW_SECONDS
    assert vars(caplog.records[-1])["row_id"] == ROW
