"""Starting clocks, watching them, and preparing the next step when one is missed."""

from letters.tracking.actions.clocks import (
    follow_dispatch,
    record_event,
    start_clocks,
    start_missing_clocks,
)
from letters.tracking.actions.deadlines import (
    close_deadline,
    close_for_hazard,
    extend_deadline,
    meet_deadline,
    pause_deadline,
    resume_deadline,
)
from letters.tracking.actions.escalations import (
    escalate,
    mark_missed,
    settle_escalation,
)
from letters.tracking.actions.steps import draft_adjustment, draft_step

__all__ = [
    "close_deadline",
    "close_for_hazard",
    "draft_adjustment",
    "draft_step",
    "escalate",
    "extend_deadline",
    "follow_dispatch",
    "mark_missed",
    "meet_deadline",
    "pause_deadline",
    "record_event",
    "resume_deadline",
    "settle_escalation",
    "start_clocks",
    "start_missing_clocks",
]
