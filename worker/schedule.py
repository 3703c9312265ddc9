"""What runs when, in Europe/London."""

from datetime import timedelta
from typing import Final

from letters import jobs

SCHEDULE: Final = {
    "find dispatches whose nudge was lost": {
        "task": jobs.SWEEP_DISPATCHES,
        "schedule": timedelta(minutes=1),
    },
    "find bundles whose nudge was lost": {
        "task": jobs.SWEEP_BUNDLES,
        "schedule": timedelta(minutes=1),
    },
    "start clocks that a crash left unstarted": {
        "task": jobs.START_CLOCKS,
        "schedule": timedelta(minutes=5),
    },
    "mark missed deadlines and prepare what follows": {
        "task": jobs.MARK_MISSED,
        "schedule": timedelta(minutes=10),
    },
}
