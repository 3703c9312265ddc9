"""How a home is held, under what kind of agreement, and from what kind of landlord."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from letters.law.jurisdictions import Jurisdiction
from letters.law.strict_yaml import Entry


class Tenure(StrEnum):
    """What the patient's household has; NOT_KNOWN is an answer and becomes a question."""

    COUNCIL_TENANCY = "council_tenancy"
    HOUSING_EXECUTIVE_TENANCY = "housing_executive_tenancy"
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
    """Whether the right to live there is a tenancy or a licence; the law often turns on it.
    In Wales most of both are occupation contracts, and that is what the law turns on."""

    TENANCY = "tenancy"
    OCCUPATION_CONTRACT = "occupation_contract"
    LICENCE = "licence"
    LEASE = "lease"
    NONE = "none"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        return _label(self.value)

    @property
    def makes_a_tenant(self) -> bool:
        """Whether the one who holds it is a tenant, or what the nation calls one."""
        return self in (Agreement.TENANCY, Agreement.OCCUPATION_CONTRACT)


class LandlordKind(StrEnum):
    """Who the landlord is to the law."""

    COUNCIL = "council"
    HOUSING_EXECUTIVE = "housing_executive"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureRules:
    """How a home can be held in one nation; `not_here` says why a tenure is not among the ways."""

    jurisdiction: Jurisdiction
    ways: Mapping[Tenure, tuple[frozenset[Agreement], frozenset[LandlordKind]]]
    not_here: Mapping[Tenure, str]

    def contradiction(
        self, tenure: Tenure, agreement: Agreement, landlord_kind: LandlordKind
    ) -> str:
        """What cannot be true together, as words that say what to do; '' where nothing clashes."""
        if tenure in self.not_here:
            return (
                f"{tenure.label} and {self.jurisdiction.label} cannot both be right, since "
                f"{self.not_here[tenure]}; change one"
            )
        if tenure is Tenure.NOT_KNOWN:
            return self._foreign(agreement, landlord_kind)
        agreements, landlords = self.ways[tenure]
        if agreement not in agreements | {Agreement.NOT_KNOWN}:
            return _cannot_both(tenure, "agreement", agreement)
        if landlord_kind not in landlords | {LandlordKind.NOT_KNOWN}:
            return _cannot_both(tenure, "landlord", landlord_kind)
        return ""

    def _foreign(self, agreement: Agreement, landlord_kind: LandlordKind) -> str:
        """An agreement or a landlord that no tenure of this nation has."""
        agreements = {each for ways, _ in self.ways.values() for each in ways}
        landlords = {each for _, kinds in self.ways.values() for each in kinds}
        for value, known in ((agreement, agreements), (landlord_kind, landlords)):
            if value.value != "not_known" and value not in known:
                return f"{value.label} is not known in {self.jurisdiction.label}; change one"
        return ""


def _cannot_both(tenure: Tenure, name: str, value: Agreement | LandlordKind) -> str:
    label = f"{value.label[:1].lower()}{value.label[1:]} as {name}"
    named = f"no {name}" if value.value == "none" else label
    return f"{tenure.label} and {named} cannot both be right; change one"


def tenure_rules_from(entry: Entry, jurisdiction: Jurisdiction) -> TenureRules:
    """The rules of one nation: every tenure is either there or said not to be, and why."""
    entry.allow(["verification", "tenures"], ["sources", "not_here"])
    listed = entry.entry("tenures")
    ways = {_tenure(listed, name): _way(listed.entry(name)) for name in listed.names()}
    absent = entry.entry("not_here") if entry.has("not_here") else None
    not_here = (
        {_tenure(absent, name): absent.text(name) for name in absent.names()} if absent else {}
    )
    for tenure in set(Tenure) - {Tenure.NOT_KNOWN}:
        if (tenure in ways) == (tenure in not_here):
            entry.refuse(f"{tenure.value} must stand either under tenures or under not_here")
    return TenureRules(jurisdiction=jurisdiction, ways=ways, not_here=not_here)


def _tenure(entry: Entry, name: str) -> Tenure:
    known = [tenure.value for tenure in Tenure if tenure is not Tenure.NOT_KNOWN]
    if name not in known:
        entry.refuse(f"{name} is not one of {', '.join(known)}", entry.line_of(name))
    return Tenure(name)


def _way(entry: Entry) -> tuple[frozenset[Agreement], frozenset[LandlordKind]]:
    entry.allow(["agreements", "landlord_kinds"])
    return (
        frozenset(entry.choices("agreements", Agreement)),
        frozenset(entry.choices("landlord_kinds", LandlordKind)),
    )
