"""Law and wording as a legal reviewer sees them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from letters.access.models import Partnership, User
from letters.access.queries import partnerships_of
from letters.access.roles import Role
from letters.issuing.models import SignOff
from letters.issuing.queries import sign_offs_of, sign_offs_visible_to
from letters.issuing.sources import legal_digest, library, nations
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import LONDON
from letters.law.provision import Provision, Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation:
    """What the files of one nation say, by how it was checked."""

    jurisdiction: Jurisdiction
    digest: str
    provisions: tuple[Provision, ...]
    counts: tuple[tuple[Verification, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """One nation's digest for one partnership: who stands for it, if anybody."""

    partnership: Partnership
    nation: Nation
    current: SignOff | None
    is_in_force: bool
    earlier: tuple[SignOff, ...]
    was_signed_by_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The whole page."""

    nations: tuple[Nation, ...]
    signings: tuple[Signing, ...]


def law_of(user: User, *, at: datetime) -> Law:
    """Every nation that has files, and every partnership the person is in."""
    there = tuple(_nation(jurisdiction) for jurisdiction in nations())
    partnerships = partnerships_of(user).order_by("name")
    return Law(
        nations=there,
        signings=tuple(_signing(p, nation, user, at) for p in partnerships for nation in there),
    )


def partnership_to_sign_for(user: User, partnership_id: UUID) -> Partnership:
    """One in which the person is a legal reviewer; any other is not found."""
    return get_object_or_404(partnerships_of(user, Role.LEGAL_REVIEWER), pk=partnership_id)


def nation_named(name: str) -> Jurisdiction:
    """A nation that has files; any other is not found."""
    if name not in nations():
        raise Http404
    return Jurisdiction(name)


def sign_off_of(user: User, sign_off_id: UUID) -> SignOff:
    """One of the person's partnerships, in which they are a legal reviewer."""
    return get_object_or_404(sign_offs_visible_to(user), pk=sign_off_id)


def _nation(jurisdiction: Jurisdiction) -> Nation:
    provisions = library().of(jurisdiction)
    counted = Counter(
        provision.versions[-1].verification for provision in provisions if provision.versions
    )
    return Nation(
        jurisdiction=jurisdiction,
        digest=legal_digest(jurisdiction),
        provisions=provisions,
        counts=tuple((verification, counted[verification]) for verification in Verification),
    )


def _signing(partnership: Partnership, nation: Nation, user: User, at: datetime) -> Signing:
    signed = tuple(sign_offs_of(partnership).select_related("signed_by", "confirmed_by"))
    current = next((each for each in signed if each.digest == nation.digest), None)
    today = at.astimezone(LONDON).date()
    return Signing(
        partnership=partnership,
        nation=nation,
        current=current,
        is_in_force=current is not None
        and current.confirmed_at is not None
        and current.review_by >= today,
        earlier=tuple(each for each in signed if each is not current),
        was_signed_by_me=current is not None and current.signed_by_id == user.pk,
    )
