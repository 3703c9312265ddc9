"""The one place where a refusal of the rooms below becomes an error that a form shows."""

from letters.access.errors import PeopleError
from letters.announcing.errors import AnnouncingError
from letters.bundling.errors import BundlingError
from letters.cases.errors import CaseError
from letters.delivery.errors import DeliveryError
from letters.desk.errors import DeskError
from letters.drafting.errors import DraftingError
from letters.drafting.identifiers import NotAMobileNumber, NotAnNhsNumber, NotAPostcode
from letters.evidence.errors import EvidenceError
from letters.incoming.errors import IncomingError
from letters.issuing.errors import IssuingError
from letters.law.errors import LawError
from letters.outcomes.errors import OutcomeError
from letters.rendering.errors import PictureRefused, RenderingFailed
from letters.tracking.errors import TrackingError

# NotAllowed is not here: it is answered with a page of its own.
REFUSALS = (
    AnnouncingError,
    BundlingError,
    CaseError,
    DeliveryError,
    DeskError,
    DraftingError,
    EvidenceError,
    IncomingError,
    IssuingError,
    LawError,
    NotAMobileNumber,
    NotAnNhsNumber,
    NotAPostcode,
    OutcomeError,
    PeopleError,
    PictureRefused,
    RenderingFailed,
    TrackingError,
)


def field_of(refusal: Exception) -> str:
    """The field at fault, '' where the refusal names none."""
    return str(getattr(refusal, "field", ""))
