"""What pages show of a landlord, and of whether it is the right one."""

from dataclasses import dataclass
from datetime import datetime

from letters.access.models import User
from letters.cases.landlords.models import LandlordContact
from letters.cases.landlords.queries import (
    cases_of,
    contacts_of,
    former_entries_of,
    party_of,
)
from letters.cases.landlords.vocabulary import ContactRole
from letters.cases.models import Case, Landlord
from letters.clusters.queries import Cluster, clusters_of
from letters.drafting.parties import PartyDoubt, doubts_about
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import LandlordKind, Tenure


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """Something that the directory said until a moment; `who` changed it, '' for an import."""

    what: str
    lines: tuple[str, ...]
    at: datetime
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """One landlord with all that is kept of them."""

    landlord: Landlord
    kind: str
    contacts: tuple[tuple[ContactRole, LandlordContact | None], ...]
    cases: tuple[Case, ...]  # open ones that who looks may see
    clusters: tuple[Cluster, ...]
    before: tuple[Before, ...]


def entry_page(landlord: Landlord, *, by: User) -> EntryPage:
    """The landlord as who looks may see them."""
    contacts = tuple(contacts_of(landlord))
    current = {each.role: each for each in contacts if each.ended_at is None}
    before = (*_entries_before(landlord), *_contacts_before(contacts))
    return EntryPage(
        landlord=landlord,
        kind=LandlordKind(landlord.kind).label,
        contacts=tuple((role, current.get(role.value)) for role in ContactRole),
        cases=tuple(cases_of(by, landlord)),
        clusters=clusters_of(by, landlord),
        before=tuple(sorted(before, key=lambda each: each.at, reverse=True)),
    )


def _entries_before(landlord: Landlord) -> list[Before]:
    return [
        Before(
            what="Entry",
            lines=tuple(
                line
                for line in (
                    former.said["name"],
                    former.said["department"],
                    *former.said["address"],
                    former.said["email"],
                )
                if line
            ),
            at=former.changed_at,
            who=former.changed_by.name if former.changed_by else "",
        )
        for former in former_entries_of(landlord)
    ]


def _contacts_before(contacts: tuple[LandlordContact, ...]) -> list[Before]:
    return [
        Before(
            what=ContactRole(contact.role).label,
            lines=tuple(
                line
                for line in (contact.name, *contact.address, contact.email, contact.telephone)
                if line
            ),
            at=contact.ended_at,
            who=contact.ended_by.name if contact.ended_by else "",
        )
        for contact in contacts
        if contact.ended_at is not None
    ]


def doubts_of(case: Case) -> tuple[PartyDoubt, ...]:
    """Why the landlord that the case names is likely not the party that the law needs."""
    tenancy = case.tenancy
    if tenancy.landlord is None:
        return ()
    return doubts_about(
        party_of(tenancy.landlord),
        tenure=Tenure(tenancy.tenure),
        landlord_kind=LandlordKind(tenancy.landlord_kind),
        jurisdiction=Jurisdiction(tenancy.home.jurisdiction),
    )
