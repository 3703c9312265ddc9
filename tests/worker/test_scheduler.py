"""The real scheduler, in the broker that tests start."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import redis
import time_machine
from django.conf import settings
from django.utils import timezone
from redbeat.schedulers import acquire_distributed_beat_lock

from letters import jobs
from worker.app import app
from worker.schedule import SCHEDULE
from worker.scheduler import Scheduler

LONGEST = timedelta(hours=7)  # in which every job's time comes


@pytest.fixture
def scheduler(empty_queue: None) -> Iterator[Scheduler]:
    """At noon: at four in the morning Celery asks for a job of its own."""
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        made = Scheduler(app)

        class Service:
            scheduler = made

        acquire_distributed_beat_lock(sender=Service)
        yield made
        made.close()


def _forget_what_was_asked_for() -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete(*jobs.QUEUES)


def test_every_job_is_asked_for_when_its_time_comes(scheduler: Scheduler) -> None:
    scheduler.tick()
    assert sum(jobs.queue_lengths().values()) == 0

    with time_machine.travel(timezone.now() + LONGEST):
        scheduler.tick()
        scheduler.tick()

    assert sum(jobs.queue_lengths().values()) == len(SCHEDULE)


def test_a_clock_that_was_ahead_keeps_nothing_from_being_asked_for(scheduler: Scheduler) -> None:
    with time_machine.travel(timezone.now() + LONGEST):
        scheduler.tick()
    _forget_what_was_asked_for()

    scheduler.tick()

    assert sum(jobs.queue_lengths().values()) == len(SCHEDULE)
