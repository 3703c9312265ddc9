"""One short task for each job name: read the clock, call the actions. Nothing waits here: a failure
that may pass is in the row with its next try, and the sweep finds it."""

import logging
import time
from uuid import UUID

from celery.signals import worker_init

from letters import jobs
from letters.access import invitations, passwords
from letters.announcing import queries as announcing
from letters.announcing import telling
from letters.bundling import making
from letters.bundling import queries as bundling
from letters.cases.intakes import actions as intakes
from letters.delivery import actions as delivery
from letters.delivery.batches import making as batch_making
from letters.delivery.batches import queries as batches
from letters.delivery.fallbacks import fall_back, fall_back_missed
from letters.delivery.models import Dispatch
from letters.delivery.queries import dispatch_of, due, letter_id_of
from letters.incoming import actions as incoming
from letters.incoming import mailbox
from letters.incoming.asking import looking, sending
from letters.incoming.asking.queries import due_photographs, due_requests
from letters.incoming.queries import due_attachments, due_messages
from letters.issuing.files import make_files
from letters.rendering import pdf
from letters.rendering.errors import RenderingFailed
from letters.tracking import actions as tracking
from worker.app import app
from worker.clock import now
from worker.schedule import SWEEP_EVERY

logger = logging.getLogger(__name__)

_LANES = 4
_LANE_SECONDS = 30.0


@app.task(name=jobs.MAKE_FILES)
def make_letter_files(letter_id: str) -> None:
    """Make an approved letter's files before anybody chooses how it goes, and look whether they can
    be posted. What fails here is tried again, and told, when the letter is sent."""
    try:
        make_files(letter_id=UUID(letter_id), at=now())
    except RenderingFailed:
        logger.warning("letter not rendered", extra={"letter_id": letter_id})


@app.task(name=jobs.DELIVER)
def deliver(dispatch_id: str) -> None:
    """Send one dispatch, unless somebody else has it."""
    row_id = UUID(dispatch_id)
    if delivery.claim(dispatch_id=row_id, at=now()):
        _carry(row_id)


@app.task(name=jobs.DELIVER_DUE)
def deliver_due() -> None:
    """Send what is due, one after another, until nothing is or others want the worker."""
    until = time.monotonic() + _LANE_SECONDS
    while time.monotonic() < until:
        row_id = delivery.claim_next(at=now())
        if row_id is None:
            return
        _carry(row_id)


def _carry(row_id: UUID) -> None:
    """Make the letter's files, hand it over, and start the clocks that its receipt starts."""
    try:
        make_files(letter_id=letter_id_of(row_id), at=now())
    except RenderingFailed:
        delivery.refuse_unrendered(dispatch_id=row_id, at=now())
        return
    dispatch = delivery.deliver_claimed(dispatch_id=row_id, at=now())
    _follow(dispatch)


@app.task(name=jobs.FOLLOW_DISPATCH)
def follow_dispatch(dispatch_id: str) -> None:
    """Start or stop clocks, as what was heard of a letter has it, and send it another way."""
    _follow(dispatch_of(UUID(dispatch_id)))


def _follow(dispatch: Dispatch) -> None:
    tracking.follow_dispatch(dispatch=dispatch, at=now())
    fall_back(dispatch=dispatch, at=now())


@app.task(name=jobs.SWEEP_DISPATCHES)
def sweep_dispatches() -> None:
    """Free what dead workers held, and ask for workers where something is due."""
    at = now()
    delivery.free_stale(at=at)
    if due(at).exists():
        jobs.enqueue_lanes(jobs.DELIVER_DUE, count=_LANES, within=SWEEP_EVERY)


@app.task(name=jobs.ASK_CARRIERS)
def ask_carriers() -> None:
    """Ask what became of letters of which a carrier has said nothing for hours."""
    delivery.ask_carriers(at=now())


@app.task(name=jobs.START_CLOCKS)
def start_clocks() -> None:
    """Start what a crash between sending and starting left unstarted, a way on as well."""
    fall_back_missed(at=now())
    tracking.start_missing_clocks(at=now())


@app.task(name=jobs.MARK_MISSED)
def mark_missed() -> None:
    """Mark what fell due without an answer and prepare the next letter as a draft."""
    tracking.mark_missed(at=now())
    tracking.mark_promises_missed(at=now())


@app.task(name=jobs.MAKE_BATCH)
def make_batch(batch_id: str) -> None:
    """Put together the letters of one batch."""
    batch_making.make_batch(batch_id=UUID(batch_id), at=now())


@app.task(name=jobs.SWEEP_BATCHES)
def sweep_batches() -> None:
    """Nudge again every batch that waits, its nudge lost or its worker dead."""
    for batch_id in batches.due(now()):
        jobs.enqueue(jobs.MAKE_BATCH, batch_id)


@app.task(name=jobs.MAKE_BUNDLE)
def make_bundle(bundle_id: str) -> None:
    """Bind what was chosen for one bundle."""
    making.make_bundle(bundle_id=UUID(bundle_id), at=now())


@app.task(name=jobs.SWEEP_BUNDLES)
def sweep_bundles() -> None:
    """Nudge again every bundle that waits, its nudge lost or its worker dead."""
    for bundle_id in bundling.due(now()):
        jobs.enqueue(jobs.MAKE_BUNDLE, bundle_id)


@app.task(name=jobs.DELIVER_ANNOUNCEMENT)
def deliver_announcement(announcement_id: str) -> None:
    """Tell another program of one thing that happened."""
    telling.tell(announcement_id=UUID(announcement_id), at=now())


@app.task(name=jobs.SWEEP_ANNOUNCEMENTS)
def sweep_announcements() -> None:
    """Nudge again everything that is still to be told."""
    for announcement_id in announcing.due(now()):
        jobs.enqueue(jobs.DELIVER_ANNOUNCEMENT, announcement_id)


@app.task(name=jobs.FETCH_MAIL)
def fetch_mail() -> None:
    """Keep what lies in the mailbox."""
    mailbox.fetch_mail(at=now())


@app.task(name=jobs.SORT_MESSAGE)
def sort_message(message_id: str) -> None:
    """Read one message and put it to its case."""
    incoming.sort_message(message_id=UUID(message_id), at=now())


@app.task(name=jobs.SCAN_ATTACHMENT)
def scan_attachment(attachment_id: str) -> None:
    """Have one file looked through for viruses."""
    incoming.scan_attachment(attachment_id=UUID(attachment_id), at=now())


@app.task(name=jobs.SWEEP_INCOMING)
def sweep_incoming() -> None:
    """Nudge again every message that is not sorted, and every file that is not looked through."""
    for message_id in due_messages(now()):
        jobs.enqueue(jobs.SORT_MESSAGE, message_id)
    for attachment_id in due_attachments(now()):
        jobs.enqueue(jobs.SCAN_ATTACHMENT, attachment_id)


@app.task(name=jobs.SEND_PHOTOGRAPH_REQUEST)
def send_photograph_request(request_id: str) -> None:
    """Send a patient the link by which they add photographs."""
    sending.send_request(request_id=UUID(request_id), at=now())


@app.task(name=jobs.LOOK_THROUGH_PHOTOGRAPH)
def look_through_photograph(sent_id: str) -> None:
    """Have one picture that a patient sent looked through, and keep it."""
    looking.look_through(sent_id=UUID(sent_id), at=now())


@app.task(name=jobs.SWEEP_PHOTOGRAPHS)
def sweep_photographs() -> None:
    """Nudge again every link that waits to go, and every picture not looked through."""
    for request_id in due_requests(now()):
        jobs.enqueue(jobs.SEND_PHOTOGRAPH_REQUEST, request_id)
    for sent_id in due_photographs(now()):
        jobs.enqueue(jobs.LOOK_THROUGH_PHOTOGRAPH, sent_id)


@app.task(name=jobs.SWEEP_INTAKES)
def sweep_intakes() -> None:
    """Throw away what a clinician began and nobody has touched for a month."""
    intakes.discard_old_intakes(at=now())


@worker_init.connect
def prepare_press(**_: object) -> None:
    """Before the worker parts into processes, so that they share what was read."""
    pdf.prepare()


@app.task(name=jobs.MAIL_INVITATION)
def mail_invitation(invitation_id: str) -> None:
    """Send somebody the link by which they join."""
    invitations.mail_invitation(invitation_id=UUID(invitation_id), at=now())


@app.task(name=jobs.MAIL_PASSWORD_LINK)
def mail_password_link(user_id: str) -> None:
    """Send somebody the link by which they choose a new password."""
    passwords.mail_link(user_id=UUID(user_id))


@app.task(name=jobs.SWEEP_INVITATIONS)
def sweep_invitations() -> None:
    """Nudge again every invitation that waits, its nudge lost or its server down."""
    for invitation_id in invitations.due(now()):
        jobs.enqueue(jobs.MAIL_INVITATION, invitation_id)
