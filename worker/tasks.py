"""One short task for each job name: read the clock, call the action, retry what may pass."""

from uuid import UUID

from celery import Task
from celery.utils.time import get_exponential_backoff_interval
from django.utils import timezone

from letters import jobs
from letters.delivery import actions as delivery
from letters.delivery.errors import PermanentFailure, TemporaryFailure
from letters.tracking import actions as tracking
from worker.app import app

RETRIES = 6
FIRST_WAIT_SECONDS = 30
# Well below the broker's visibility timeout, after which a waiting retry would run twice.
LONGEST_WAIT_SECONDS = 600


@app.task(name=jobs.DELIVER, bind=True, max_retries=RETRIES)
def deliver(self: "Task[[str], None]", dispatch_id: str) -> None:
    """Send one dispatch, then start the clocks that its receipt starts."""
    try:
        dispatch = delivery.deliver(dispatch_id=UUID(dispatch_id), at=timezone.now())
    except PermanentFailure:
        return  # the row says so, and a person sees it
    except TemporaryFailure as failure:
        raise self.retry(exc=failure, countdown=_wait(self.request.retries)) from failure
    tracking.start_clocks(dispatch=dispatch, at=timezone.now())


@app.task(name=jobs.SWEEP_DISPATCHES)
def sweep_dispatches() -> None:
    """Nudge again every dispatch whose nudge was lost."""
    for dispatch_id in delivery.requeue_stale(at=timezone.now()):
        jobs.enqueue(jobs.DELIVER, dispatch_id)


@app.task(name=jobs.START_CLOCKS)
def start_clocks() -> None:
    """Start what a crash between sending and starting left unstarted."""
    tracking.start_missing_clocks(at=timezone.now())


@app.task(name=jobs.MARK_MISSED)
def mark_missed() -> None:
    """Mark what fell due without an answer and prepare the next letter as a draft."""
    tracking.mark_missed(at=timezone.now())


def _wait(retries: int) -> int:
    """Spread the retries, so that a mail server coming back is not met by all of them at once."""
    return get_exponential_backoff_interval(
        factor=FIRST_WAIT_SECONDS,
        retries=retries,
        maximum=LONGEST_WAIT_SECONDS,
        full_jitter=True,
    )
