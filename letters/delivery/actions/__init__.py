"""Sending, so that nothing is lost and nothing goes twice.

A worker claims a dispatch with a lease, checks again that it may go, and hands it over. Just before
the step after which the other side may have accepted, the row moves to `handed_over`; from there
nothing goes a second time by itself. Each step is a transaction of its own: a worker that is killed
leaves the row where it was, and the sweep finds it.
"""

from letters.delivery.actions.carrying import (
    claim,
    claim_next,
    deliver,
    deliver_claimed,
    refuse_unrendered,
)
from letters.delivery.actions.moves import LEASE
from letters.delivery.actions.queueing import queue_dispatch
from letters.delivery.actions.ruling import change_sending_rules
from letters.delivery.actions.settling import (
    cancel_dispatch,
    leave_as_it_is,
    record_posted,
    settle_as_sent,
    take_back_return,
    take_up_now,
    try_again,
)
from letters.delivery.actions.signing import sign_and_send
from letters.delivery.actions.sweeping import free_stale
from letters.delivery.actions.telling import ask_carriers, take_callback

__all__ = [
    "LEASE",
    "ask_carriers",
    "cancel_dispatch",
    "change_sending_rules",
    "claim",
    "claim_next",
    "deliver",
    "deliver_claimed",
    "free_stale",
    "leave_as_it_is",
    "queue_dispatch",
    "record_posted",
    "refuse_unrendered",
    "settle_as_sent",
    "sign_and_send",
    "take_back_return",
    "take_callback",
    "take_up_now",
    "try_again",
]
