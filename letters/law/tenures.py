"""How a home is held, under what kind of agreement, and from what kind of landlord."""

from enum import StrEnum


class Tenure(StrEnum):
    """What the patient's household has; NOT_KNOWN is an answer and becomes a question."""

    COUNCIL_TENANCY = "council_tenancy"
    HOUSING_ASSOCIATION_TENANCY = "housing_association_tenancy"
    PRIVATE_TENANCY = "private_tenancy"
    TEMPORARY_ACCOMMODATION = "temporary_accommodation"
    SUPPORTED_HOUSING = "supported_housing"
    LODGING = "lodging"
    LONG_LEASE = "long_lease"
    SHARED_OWNERSHIP = "shared_ownership"
    OWNER_OCCUPATION = "owner_occupation"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        return _label(self.value)


class Agreement(StrEnum):
    """Whether the right to live there is a tenancy or a licence; the law often turns on it."""

    TENANCY = "tenancy"
    LICENCE = "licence"
    LEASE = "lease"
    NONE = "none"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        return _label(self.value)


class LandlordKind(StrEnum):
    """Who the landlord is to the law."""

    COUNCIL = "council"
    REGISTERED_PROVIDER = "registered_provider"
    PRIVATE_LANDLORD = "private_landlord"
    UNREGISTERED_PROVIDER = "unregistered_provider"
    NONE = "none"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        return _LANDLORD_LABELS.get(self, _label(self.value))


_LANDLORD_LABELS = {
    LandlordKind.REGISTERED_PROVIDER: "Housing association or other registered provider",
    LandlordKind.UNREGISTERED_PROVIDER: "Charity or company that is not a registered provider",
}


def _label(value: str) -> str:
    return value.replace("_", " ").capitalize()


_ALWAYS = {
    Tenure.COUNCIL_TENANCY: ({Agreement.TENANCY}, {LandlordKind.COUNCIL}),
    Tenure.HOUSING_ASSOCIATION_TENANCY: (
        {Agreement.TENANCY},
        {LandlordKind.REGISTERED_PROVIDER, LandlordKind.UNREGISTERED_PROVIDER},
    ),
    Tenure.PRIVATE_TENANCY: ({Agreement.TENANCY}, {LandlordKind.PRIVATE_LANDLORD}),
    Tenure.LONG_LEASE: ({Agreement.LEASE}, set(LandlordKind) - {LandlordKind.NONE}),
    Tenure.SHARED_OWNERSHIP: ({Agreement.LEASE}, set(LandlordKind) - {LandlordKind.NONE}),
    Tenure.OWNER_OCCUPATION: ({Agreement.NONE}, {LandlordKind.NONE}),
}


def contradiction(tenure: Tenure, agreement: Agreement, landlord_kind: LandlordKind) -> str:
    """What cannot be true together, as words that say what to do; '' where nothing clashes."""
    if tenure not in _ALWAYS:
        return ""
    agreements, landlords = _ALWAYS[tenure]
    if agreement not in agreements | {Agreement.NOT_KNOWN}:
        return f"{tenure.label} and agreement {agreement.value} cannot both be right; change one"
    if landlord_kind not in landlords | {LandlordKind.NOT_KNOWN}:
        return f"{tenure.label} and landlord {landlord_kind.value} cannot both be right; change one"
    return ""
