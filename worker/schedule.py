"""What runs when, in Europe/London."""

from datetime import timedelta
from typing import Final

from letters import jobs

# How long a letter whose time has come may wait for a worker to be asked.
SWEEP_EVERY: Final = timedelta(seconds=10)

SCHEDULE: Final = {
    "find dispatches that are due": {
        "task": jobs.SWEEP_DISPATCHES,
        "schedule": SWEEP_EVERY,
    },
    "find batches whose nudge was lost": {
        "task": jobs.SWEEP_BATCHES,
        "schedule": timedelta(minutes=1),
    },
    "find bundles whose nudge was lost": {
        "task": jobs.SWEEP_BUNDLES,
        "schedule": timedelta(minutes=1),
    },
    "find announcements whose nudge was lost, or whose next try is due": {
        "task": jobs.SWEEP_ANNOUNCEMENTS,
        "schedule": timedelta(seconds=30),
    },
    "ask carriers that have said nothing for hours": {
        "task": jobs.ASK_CARRIERS,
        "schedule": timedelta(minutes=10),
    },
    "start clocks that a crash left unstarted": {
        "task": jobs.START_CLOCKS,
        "schedule": timedelta(minutes=5),
    },
    "mark missed deadlines and prepare what follows": {
        "task": jobs.MARK_MISSED,
        "schedule": timedelta(minutes=10),
    },
    "fetch what came in": {
        "task": jobs.FETCH_MAIL,
        "schedule": timedelta(minutes=1),
    },
    "find messages and files whose nudge was lost": {
        "task": jobs.SWEEP_INCOMING,
        "schedule": timedelta(minutes=1),
    },
    "find links to patients, and photographs of theirs, whose nudge was lost": {
        "task": jobs.SWEEP_PHOTOGRAPHS,
        "schedule": timedelta(minutes=1),
    },
    "find invitations whose nudge was lost, or whose next try is due": {
        "task": jobs.SWEEP_INVITATIONS,
        "schedule": timedelta(minutes=1),
    },
    "throw away what nobody finished in a month": {
        "task": jobs.SWEEP_INTAKES,
        "schedule": timedelta(hours=6),
    },
}
