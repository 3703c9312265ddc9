"""Asking for a job once the transaction has committed."""

import json
import logging
import os
import time
import uuid
from collections.abc import Iterator

import pytest
import redis
from celery import Celery
from django.db import transaction

from letters import jobs
from worker.app import app

ROW = uuid.UUID(int=1)
FEW_SECONDS = 8


@pytest.fixture
def queue(empty_queue: None) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as queue:
        yield queue


@pytest.mark.django_db(transaction=True)
def test_enqueue_sends_the_id_and_no_more(queue: redis.Redis) -> None:
    jobs.enqueue(jobs.DELIVER, ROW)

    sent = json.loads(queue.lrange("celery", 0, -1)[0])
    assert sent["headers"]["task"] == jobs.DELIVER
    assert sent["headers"]["argsrepr"] == f"['{ROW}']"


@pytest.mark.django_db(transaction=True)
def test_enqueue_waits_for_the_commit(queue: redis.Redis) -> None:
    with transaction.atomic():
        jobs.enqueue(jobs.DELIVER, ROW)
        before = queue.llen("celery")

    assert (before, queue.llen("celery")) == (0, 1)


@pytest.fixture
def queue_down() -> Iterator[None]:
    """The worker's own settings, with nobody listening at the broker's address."""
    down = Celery("down", set_as_current=False)
    down.conf.update((app.conf.changes or {}) | {"broker_url": "redis://127.0.0.1:9/0"})
    down.set_current()
    yield
    down.close()
    app.set_current()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue_down")
def test_enqueue_only_logs_when_the_queue_is_down(caplog: pytest.LogCaptureFixture) -> None:
    started = time.monotonic()

    with caplog.at_level(logging.WARNING, logger="letters.jobs"):
        jobs.enqueue(jobs.DELIVER, ROW)

    assert time.monotonic() - started < FEW_SECONDS
    assert vars(caplog.records[-1])["row_id"] == ROW
