"""Loads the Celery app wherever Django runs, so that a job is sent to the right broker."""

from django.apps import AppConfig

from worker.app import app

__all__ = ["WorkerConfig", "app"]


class WorkerConfig(AppConfig):
    """No rows; only the settings of the queue."""

    name = "worker"
