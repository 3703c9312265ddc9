"""Whether the party that a case names is likely the one that the law needs. It warns, and blocks
nothing: a name can read as what its bearer is not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import LandlordKind, Tenure

# What stands for the name of a landlord of whom only the agent is known: "Dear Landlord".
NOT_NAMED = "Landlord"


class Reads(StrEnum):
    """What a name says of its bearer."""

    COUNCIL = "council"
    HOUSING_EXECUTIVE = "housing_executive"
    ASSOCIATION = "association"
    AGENT = "agent"


_SIGNS = {
    Reads.AGENT: r"lettings?|(letting|estate|managing) agents?|property management",
    Reads.HOUSING_EXECUTIVE: r"housing executive",
    Reads.ASSOCIATION: r"housing (association|trust|society)",
    Reads.COUNCIL: r"council",
}
_KINDS = {
    Reads.COUNCIL: frozenset({LandlordKind.COUNCIL}),
    Reads.HOUSING_EXECUTIVE: frozenset({LandlordKind.HOUSING_EXECUTIVE}),
    Reads.ASSOCIATION: frozenset(
        {LandlordKind.REGISTERED_PROVIDER, LandlordKind.UNREGISTERED_PROVIDER}
    ),
}
_WORDS = {
    LandlordKind.COUNCIL: "a council",
    LandlordKind.HOUSING_EXECUTIVE: "the Housing Executive",
    LandlordKind.REGISTERED_PROVIDER: "a housing association",
    LandlordKind.UNREGISTERED_PROVIDER: "a charity or company",
    LandlordKind.PRIVATE_LANDLORD: "a private landlord",
}
# Whom a home of each tenure is held from; the others can be held from several kinds.
_HELD_FROM = {
    Tenure.COUNCIL_TENANCY: frozenset({LandlordKind.COUNCIL}),
    Tenure.HOUSING_EXECUTIVE_TENANCY: frozenset({LandlordKind.HOUSING_EXECUTIVE}),
    Tenure.HOUSING_ASSOCIATION_TENANCY: _KINDS[Reads.ASSOCIATION],
    Tenure.PRIVATE_TENANCY: frozenset(
        {LandlordKind.PRIVATE_LANDLORD, LandlordKind.UNREGISTERED_PROVIDER}
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who is named as landlord; whether the directory knows the same name as an agent, or as the
    arm's-length manager, of some landlord."""

    name: str
    kind: LandlordKind
    is_known_agent: bool
    is_known_manager: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDoubt:
    """Why the party is likely the wrong one, and what to do."""

    reason: str
    to_do: str


_NOT_NAMED = PartyDoubt(
    reason="Only the agent is known, so letters go to the landlord care of the agent",
    to_do="Ask the agent in writing for the landlord's own name and address, and change the "
    "landlord once you have them",
)
_AGENT = PartyDoubt(
    reason="The party named looks like an agent, and the duties are the landlord's",
    to_do="Look at the agreement for the landlord's name. Where only the agent is known, say so: "
    "the letter then goes to the landlord care of the agent",
)
_MANAGER = PartyDoubt(
    reason="The party named is recorded as the arm's-length manager of a landlord's homes, and the "
    "duties stay that landlord's",
    to_do="Name the landlord it manages for, and leave the manager as a contact of that landlord",
)
_NORTHERN_IRISH_COUNCIL = PartyDoubt(
    reason="District councils in Northern Ireland enforce the law and are not landlords",
    to_do="Look at the agreement: the landlord is the Housing Executive, a housing association or "
    "a private landlord",
)
_PLACED = PartyDoubt(
    reason="The home is temporary accommodation, and the council that placed the household there "
    "may be the one that must act",
    to_do="Ask which council placed them. Its temporary accommodation team needs a letter too, or "
    "instead",
)


def doubts_about(
    party: Party, *, tenure: Tenure, landlord_kind: LandlordKind, jurisdiction: Jurisdiction
) -> tuple[PartyDoubt, ...]:
    """Every reason to think that another party is meant; `landlord_kind` is what the case says."""
    if party.name == NOT_NAMED:
        return (_NOT_NAMED,)
    return tuple(_doubts(party, tenure, landlord_kind, jurisdiction))


def reads_as(name: str) -> Reads | None:
    """What the name says; an agent's before all others, since "Council Lettings" is one."""
    words = " ".join(name.casefold().split())
    return next(
        (reads for reads, sign in _SIGNS.items() if re.search(rf"\b({sign})\b", words)), None
    )


def _doubts(
    party: Party, tenure: Tenure, said: LandlordKind, jurisdiction: Jurisdiction
) -> Iterator[PartyDoubt]:
    reads = reads_as(party.name)
    if party.is_known_manager:
        yield _MANAGER
    if party.is_known_agent or reads is Reads.AGENT:
        yield _AGENT
        return
    seems = frozenset({party.kind}) if reads is None else _KINDS[reads]
    if jurisdiction is Jurisdiction.NORTHERN_IRELAND and LandlordKind.COUNCIL in seems:
        yield _NORTHERN_IRISH_COUNCIL
        return
    if seems <= _WORDS.keys() and not seems & _expected(tenure, said):
        yield _mismatch(seems, tenure, said)
    is_placed = tenure is Tenure.TEMPORARY_ACCOMMODATION and LandlordKind.COUNCIL not in seems
    if is_placed and jurisdiction is Jurisdiction.ENGLAND:
        yield _PLACED


def _expected(tenure: Tenure, said: LandlordKind) -> frozenset[LandlordKind]:
    """Whom the home can be held from by what the case says; anybody where it says nothing."""
    if tenure in _HELD_FROM:
        return _HELD_FROM[tenure]
    return frozenset(LandlordKind) if said is LandlordKind.NOT_KNOWN else frozenset({said})


def _mismatch(seems: frozenset[LandlordKind], tenure: Tenure, said: LandlordKind) -> PartyDoubt:
    what = _WORDS[min(seems)]
    held = f"is held as: {tenure.label.lower()}" if tenure in _HELD_FROM else f"is {_held(said)}"
    return PartyDoubt(
        reason=f"The party named seems to be {what}, and this home {held}",
        to_do=_ASK.get(tenure, _LOOK),
    )


def _held(said: LandlordKind) -> str:
    return f"said to be let by {_WORDS.get(said, 'nobody')}"


_LOOK = "Look at the agreement or the rent account, and name who stands there as landlord"
_ASK = {
    Tenure.COUNCIL_TENANCY: "Look at the agreement: the landlord is the council, also where a "
    "company manages its homes. Where the home was transferred to a housing association, it is "
    "held another way than the case says",
    Tenure.HOUSING_ASSOCIATION_TENANCY: "Look at the agreement: the landlord is the association, "
    "also where a council offered the home",
    Tenure.PRIVATE_TENANCY: "Look at the agreement: where a council or an association lets the "
    "home, it is held another way than the case says",
}
