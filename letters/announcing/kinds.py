"""What can be told to other programs: that something happened, never to whom or what was said."""

from enum import StrEnum


class EventKind(StrEnum):
    """One kind of thing that happened. A new one is a line here and a call of `announce`."""

    LETTER_APPROVED = "letter_approved"
    LETTER_WITHDRAWN = "letter_withdrawn"
    DISPATCH_QUEUED = "dispatch_queued"
    DISPATCH_ACCEPTED = "dispatch_accepted"
    DISPATCH_POSTED = "dispatch_posted"
    DISPATCH_DELIVERED = "dispatch_delivered"
    DISPATCH_RETURNED = "dispatch_returned"
    DISPATCH_FAILED = "dispatch_failed"
    DISPATCH_CANCELLED = "dispatch_cancelled"
    DISPATCH_UNKNOWN = "dispatch_unknown"
    DEADLINE_MISSED = "deadline_missed"
    COMMITMENT_MADE = "commitment_made"
    COMMITMENT_MISSED = "commitment_missed"
    REPLY_RECEIVED = "reply_received"
    RESPONSE_RECORDED = "response_recorded"
    REMEDIATION_RECORDED = "remediation_recorded"

    @property
    def label(self) -> str:
        """What people read: "Dispatch returned"."""
        return self.value.replace("_", " ").capitalize()
