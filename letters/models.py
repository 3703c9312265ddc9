"""The list of models for Django; nothing else imports it."""

from letters.access.models import (
    AnsweredRequest,
    Invitation,
    Membership,
    Organisation,
    Partnership,
    Team,
    User,
)
from letters.announcing.models import Announcement, Event, Subscription
from letters.audit.models import AuditEvent
from letters.bundling.models import Bundle, BundleVolume
from letters.cases.emergency import EmergencyAccess
from letters.cases.intakes.models import Intake
from letters.cases.landlords.models import FormerEntry, LandlordContact
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
from letters.cases.questions.models import CaseAnswer, CaseQuestion
from letters.cases.referrals.models import Referral, ReferralChange
from letters.cases.safety import SafetyRecord
from letters.delivery.batches.models import PrintBatch, PrintBatchItem
from letters.delivery.links.models import LetterLink, LinkVisit
from letters.delivery.models import Dispatch, Receipt, ReplyAddress
from letters.delivery.pauses import CarrierPause
from letters.delivery.rules import SendingRules
from letters.desk.models import Assignment, Cover, KeptList
from letters.evidence.models import (
    Enclosure,
    Photograph,
    PreparedCopy,
    Redaction,
    RedactionLifted,
)
from letters.incoming.asking.models import PhotographRequest, SentPhotograph
from letters.incoming.models import (
    Attachment,
    Call,
    Message,
    MessageLink,
    Suggestion,
)
from letters.issuing.clauses import ClauseLeftOut
from letters.issuing.gates import GateLifted
from letters.issuing.models import (
    HouseStyle,
    Letter,
    LetterEnclosure,
    LetterFile,
    LetterPhotograph,
    Logo,
    Signature,
    SignOff,
    WordShell,
)
from letters.outcomes.models import HealthChange, Remediation, Response
from letters.tracking.models import (
    ClockStart,
    Commitment,
    CommitmentChange,
    Deadline,
    DeadlineChange,
    Escalation,
)

__all__ = [
    "Announcement",
    "AnsweredRequest",
    "Assignment",
    "Attachment",
    "AuditEvent",
    "Bundle",
    "BundleVolume",
    "Call",
    "CarrierPause",
    "Case",
    "CaseAnswer",
    "CaseQuestion",
    "ClauseLeftOut",
    "ClockStart",
    "Commitment",
    "CommitmentChange",
    "Consent",
    "ConsentGrant",
    "Cover",
    "Deadline",
    "DeadlineChange",
    "Diagnosis",
    "Dispatch",
    "EmergencyAccess",
    "Enclosure",
    "Escalation",
    "Event",
    "Exacerbation",
    "FormerEntry",
    "GateLifted",
    "HazardReport",
    "HealthChange",
    "Home",
    "HouseStyle",
    "Intake",
    "Invitation",
    "KeptList",
    "Landlord",
    "LandlordContact",
    "Letter",
    "LetterEnclosure",
    "LetterFile",
    "LetterLink",
    "LetterPhotograph",
    "LinkVisit",
    "Logo",
    "Membership",
    "Message",
    "MessageLink",
    "Occupant",
    "Opinion",
    "Organisation",
    "Partnership",
    "Patient",
    "Photograph",
    "PhotographRequest",
    "PreparedCopy",
    "PrintBatch",
    "PrintBatchItem",
    "Receipt",
    "Redaction",
    "RedactionLifted",
    "Referral",
    "ReferralChange",
    "Remediation",
    "ReplyAddress",
    "Response",
    "ResponsibleBody",
    "SafetyRecord",
    "SendingRules",
    "SentPhotograph",
    "SignOff",
    "Signature",
    "Subscription",
    "Suggestion",
    "Team",
    "Tenancy",
    "User",
    "WordShell",
]
