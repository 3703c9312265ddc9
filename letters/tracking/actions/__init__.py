"""Starting clocks, watching them, and preparing the next step when one is missed."""

from letters.tracking.actions.clocks import (
    follow_dispatch,
    record_event,
    start_clocks,
    start_missing_clocks,
)
from letters.tracking.actions.commitments import (
    keep_commitment,
    mark_promises_missed,
    move_commitment,
    record_commitment,
    settle_commitment,
    withdraw_commitment,
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
from letters.tracking.actions.intakes import Finished, finish_intake
from letters.tracking.actions.steps import draft_adjustment, draft_step

__all__ = [
    "Finished",
    "close_deadline",
    "close_for_hazard",
    "draft_adjustment",
    "draft_step",
    "escalate",
    "extend_deadline",
    "finish_intake",
    "follow_dispatch",
    "keep_commitment",
    "mark_missed",
    "mark_promises_missed",
    "meet_deadline",
    "move_commitment",
    "pause_deadline",
    "record_commitment",
    "record_event",
    "resume_deadline",
    "settle_commitment",
    "settle_escalation",
    "start_clocks",
    "start_missing_clocks",
    "withdraw_commitment",
]
