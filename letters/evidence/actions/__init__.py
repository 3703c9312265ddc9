"""What a person does with evidence, each with its audit event."""

from letters.evidence.actions.enclosures import add_enclosure, remove_enclosure
from letters.evidence.actions.photographs import (
    add_from_patient,
    add_photograph,
    describe_photograph,
    remove_photograph,
)
from letters.evidence.actions.redactions import lift_redaction, redact_photograph

__all__ = [
    "add_enclosure",
    "add_from_patient",
    "add_photograph",
    "describe_photograph",
    "lift_redaction",
    "redact_photograph",
    "remove_enclosure",
    "remove_photograph",
]
