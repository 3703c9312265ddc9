"""The Celery app: how jobs are queued, taken up again after a crash, and timed out."""

import logging.config
import os

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings
from kombu import Queue

from letters import jobs
from worker.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hjp_letters.settings")

# Soft limit < hard limit < the time after which the broker hands a lost job to another worker.
SOFT_LIMIT_SECONDS = 540
HARD_LIMIT_SECONDS = 600
VISIBILITY_SECONDS = 900

app = Celery("hjp_letters")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    broker_connection_timeout=2,
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
        "retry_policy": {"timeout": 2.0},
    },
    # Asking for a job must never hold a page: the sweep finds what was not queued.
    task_publish_retry=False,
    result_backend=None,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_soft_time_limit=SOFT_LIMIT_SECONDS,
    task_time_limit=HARD_LIMIT_SECONDS,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    imports=("worker.tasks",),
    task_queues=[Queue(name) for name in jobs.QUEUES],
    task_default_queue=jobs.SWEEP,
    task_routes={name: {"queue": queue} for name, queue in jobs.QUEUE_OF.items()},
    timezone="Europe/London",
    enable_utc=True,
    beat_scheduler="worker.scheduler.Scheduler",
    beat_schedule=SCHEDULE,
    beat_max_loop_interval=5,
    redbeat_redis_url=settings.REDIS_URL,
    redbeat_redis_options={"socket_connect_timeout": 2, "socket_timeout": 10},
    redbeat_lock_timeout=30,
)


@setup_logging.connect
def log_as_django_does(**_: object) -> None:
    """Keep Celery from writing lines of its own form, which would hold exception messages."""
    logging.config.dictConfig(settings.LOGGING)
