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
