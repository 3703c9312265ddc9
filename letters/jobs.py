"""The names of the background jobs, and asking for one once the transaction has committed."""

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

import redis
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

MAKE_FILES: Final = "make_files"
DELIVER: Final = "deliver"
DELIVER_DUE: Final = "deliver_due"
FOLLOW_DISPATCH: Final = "follow_dispatch"
SWEEP_DISPATCHES: Final = "sweep_dispatches"
ASK_CARRIERS: Final = "ask_carriers"
MAKE_BATCH: Final = "make_batch"
SWEEP_BATCHES: Final = "sweep_batches"
START_CLOCKS: Final = "start_clocks"
MARK_MISSED: Final = "mark_missed"
MAKE_BUNDLE: Final = "make_bundle"
SWEEP_BUNDLES: Final = "sweep_bundles"
DELIVER_ANNOUNCEMENT: Final = "deliver_announcement"
SWEEP_ANNOUNCEMENTS: Final = "sweep_announcements"
FETCH_MAIL: Final = "fetch_mail"
SORT_MESSAGE: Final = "sort_message"
SCAN_ATTACHMENT: Final = "scan_attachment"
SWEEP_INCOMING: Final = "sweep_incoming"
SEND_PHOTOGRAPH_REQUEST: Final = "send_photograph_request"
LOOK_THROUGH_PHOTOGRAPH: Final = "look_through_photograph"
SWEEP_PHOTOGRAPHS: Final = "sweep_photographs"
MAIL_INVITATION: Final = "mail_invitation"
MAIL_PASSWORD_LINK: Final = "mail_password_link"  # noqa: S105 - names a job
SWEEP_INVITATIONS: Final = "sweep_invitations"
SWEEP_INTAKES: Final = "sweep_intakes"

NAMES: Final = (
    MAKE_FILES,
    DELIVER,
    DELIVER_DUE,
    FOLLOW_DISPATCH,
    SWEEP_DISPATCHES,
    ASK_CARRIERS,
    MAKE_BATCH,
    SWEEP_BATCHES,
    START_CLOCKS,
    MARK_MISSED,
    MAKE_BUNDLE,
    SWEEP_BUNDLES,
    DELIVER_ANNOUNCEMENT,
    SWEEP_ANNOUNCEMENTS,
    FETCH_MAIL,
    SORT_MESSAGE,
    SCAN_ATTACHMENT,
    SWEEP_INCOMING,
    SEND_PHOTOGRAPH_REQUEST,
    LOOK_THROUGH_PHOTOGRAPH,
    SWEEP_PHOTOGRAPHS,
    MAIL_INVITATION,
    MAIL_PASSWORD_LINK,
    SWEEP_INVITATIONS,
    SWEEP_INTAKES,
)


# Which workers take up a job; one worker may take all of them.
RENDER, SEND, INBOUND, SWEEP = "render", "send", "inbound", "sweep"
QUEUES: Final = (RENDER, SEND, INBOUND, SWEEP)
QUEUE_OF: Final = {
    **dict.fromkeys((MAKE_FILES, MAKE_BUNDLE, MAKE_BATCH), RENDER),
    **dict.fromkeys((DELIVER, DELIVER_DUE, FOLLOW_DISPATCH, DELIVER_ANNOUNCEMENT), SEND),
    **dict.fromkeys((MAIL_INVITATION, MAIL_PASSWORD_LINK, SEND_PHOTOGRAPH_REQUEST), SEND),
    **dict.fromkeys((FETCH_MAIL, SORT_MESSAGE, SCAN_ATTACHMENT), INBOUND),
    LOOK_THROUGH_PHOTOGRAPH: INBOUND,
}


_PATIENCE_SECONDS = 2.0


def queue_lengths() -> dict[str, int]:
    """How many jobs wait in each queue; raises OSError when the broker does not answer at once."""
    address, patience = current_app.conf.broker_url, _PATIENCE_SECONDS
    try:
        with redis.Redis.from_url(
            address, socket_connect_timeout=patience, socket_timeout=patience, retry=None
        ) as client:
            return {name: int(client.llen(name)) for name in QUEUES}
    except redis.RedisError:
        raise ConnectionError("the broker does not answer") from None


def enqueue(name: str, row_id: UUID) -> None:
    """Nudge the worker about one row; the row is the truth, so a lost nudge is only logged."""
    transaction.on_commit(lambda: _nudge(name, row_id), robust=True)


def enqueue_lanes(name: str, *, count: int, within: timedelta) -> None:
    """Ask for so many workers who take what is due until nothing is. A request that nobody took up
    within the time is dropped: the next sweep asks again, and a queue must not fill with them."""
    for _ in range(count):
        try:
            current_app.send_task(name, expires=within.total_seconds())
        except (OperationalError, OSError):
            logger.warning("job not queued, the next sweep will ask again", extra={"job": name})
            return


def _nudge(name: str, row_id: UUID) -> None:
    try:
        current_app.send_task(name, args=[str(row_id)])
    except (OperationalError, OSError):
        # The person's request has succeeded; the sweep will find the row.
        logger.warning(
            "job not queued, the sweep will find it", extra={"job": name, "row_id": row_id}
        )
