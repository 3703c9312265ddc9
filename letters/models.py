"""The list of models for Django; nothing else imports it."""

from letters.access.models import (
    AnsweredRequest,
    Membership,
    Organisation,
    Partnership,
    Team,
    User,
)
from letters.audit.models import AuditEvent
from letters.cases.models import (
    Case,
    Consent,
    ConsentGrant,
    Diagnosis,
    Exacerbation,
    HazardReport,
    Home,
    Landlord,
    Occupant,
    Opinion,
    Patient,
    ResponsibleBody,
    Tenancy,
)
from letters.delivery.models import Dispatch
from letters.issuing.models import (
    HouseStyle,
    Letter,
    LetterFile,
    Logo,
    Signature,
    SignOff,
    WordShell,
)
from letters.outcomes.models import HealthChange, Remediation, Response
from letters.tracking.models import ClockStart, Deadline, DeadlineChange, Escalation

__all__ = [
    "AnsweredRequest",
    "AuditEvent",
    "Case",
    "ClockStart",
    "Consent",
    "ConsentGrant",
    "Deadline",
    "DeadlineChange",
    "Diagnosis",
    "Dispatch",
    "Escalation",
    "Exacerbation",
    "HazardReport",
    "HealthChange",
    "Home",
    "HouseStyle",
    "Landlord",
    "Letter",
    "LetterFile",
    "Logo",
    "Membership",
    "Occupant",
    "Opinion",
    "Organisation",
    "Partnership",
    "Patient",
    "Remediation",
    "Response",
    "ResponsibleBody",
    "SignOff",
    "Signature",
    "Team",
    "Tenancy",
    "User",
    "WordShell",
]
