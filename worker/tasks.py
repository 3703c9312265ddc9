"""One short task for each job name: read the clock, call the actions. Nothing waits here: a failure
that may pass is in the row with its next try, and the sweep finds it."""

import logging
from uuid import UUID

from celery.signals import worker_init
from django.utils import timezone

from letters import jobs
from letters.bundling import making
from letters.bundling import queries as bundling
from letters.delivery import actions as delivery
from letters.delivery.queries import letter_id_of
from letters.issuing.files import make_files
from letters.rendering import pdf
from letters.rendering.errors import RenderingFailed
from letters.tracking import actions as tracking
from worker.app import app

logger = logging.getLogger(__name__)


@app.task(name=jobs.MAKE_FILES)
def make_letter_files(letter_id: str) -> None:
    """Make an approved letter's files before anybody chooses how it goes, and look whether they can
    be posted. What fails here is tried again, and told, when the letter is sent."""
    try:
        make_files(letter_id=UUID(letter_id), at=timezone.now())
    except RenderingFailed:
        logger.warning("letter not rendered", extra={"letter_id": letter_id})


@app.task(name=jobs.DELIVER)
def deliver(dispatch_id: str) -> None:
    """Make the letter's files, send one dispatch, and start the clocks that its receipt starts."""
    row_id = UUID(dispatch_id)
    try:
        make_files(letter_id=letter_id_of(row_id), at=timezone.now())
    except RenderingFailed:
        delivery.refuse_unrendered(dispatch_id=row_id, at=timezone.now())
        return
    dispatch = delivery.deliver(dispatch_id=row_id, at=timezone.now())
    tracking.start_clocks(dispatch=dispatch, at=timezone.now())


@app.task(name=jobs.SWEEP_DISPATCHES)
def sweep_dispatches() -> None:
    """Nudge again every dispatch that is due, its nudge lost or its worker dead."""
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


@app.task(name=jobs.MAKE_BUNDLE)
def make_bundle(bundle_id: str) -> None:
    """Bind what was chosen for one bundle."""
    making.make_bundle(bundle_id=UUID(bundle_id), at=timezone.now())


@app.task(name=jobs.SWEEP_BUNDLES)
def sweep_bundles() -> None:
    """Nudge again every bundle that waits, its nudge lost or its worker dead."""
    for bundle_id in bundling.due(timezone.now()):
        jobs.enqueue(jobs.MAKE_BUNDLE, bundle_id)


@worker_init.connect
def prepare_press(**_: object) -> None:
    """Before the worker parts into processes, so that they share what was read."""
    pdf.prepare()
