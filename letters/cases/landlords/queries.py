"""Reads about the directory of landlords."""

from collections.abc import Iterable
from itertools import combinations
from uuid import UUID

from django.db.models import Q, QuerySet

from letters.access.models import User
from letters.access.queries import partnerships_with
from letters.access.roles import Right
from letters.cases.landlords.models import FormerEntry, LandlordContact
from letters.cases.landlords.vocabulary import ContactRole
from letters.cases.landlords.words import word_keys
from letters.cases.models import Case, Landlord
from letters.cases.queries import visible_to as cases_visible_to
from letters.drafting.parties import Party
from letters.law.tenures import LandlordKind


def visible_to(user: User) -> QuerySet[Landlord]:
    """The directories of the partnerships in which the person reads them."""
    return _standing_in(user, Right.READ_LANDLORDS)


def kept_by(user: User) -> QuerySet[Landlord]:
    """Those entries that the person may change."""
    return _standing_in(user, Right.KEEP_LANDLORDS)


def _standing_in(user: User, right: Right) -> QuerySet[Landlord]:
    rows = Landlord.objects.filter(partnership__in=partnerships_with(user, right), merged_into=None)
    return rows.select_related("partnership")


def by_name(landlords: QuerySet[Landlord]) -> list[UUID]:
    """Their ids in the order of their names, which only this program can read: each name is
    opened, and nothing else."""
    named = landlords.order_by().values_list("name", "pk")
    return [pk for _, pk in sorted((name.casefold(), pk) for name, pk in named)]


def in_order(landlords: QuerySet[Landlord], ids: Iterable[UUID]) -> list[Landlord]:
    """Those with these ids, in that order."""
    wanted = list(ids)
    found = landlords.in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def named_like(landlords: QuerySet[Landlord], words: str) -> QuerySet[Landlord]:
    """Those whose name holds every word; none where the words say nothing."""
    keys = word_keys(words)
    return landlords.filter(name_words__contains=keys) if keys else landlords.none()


def contacts_of(landlord: Landlord) -> QuerySet[LandlordContact]:
    """Every contact there was, the latest first, with who recorded it."""
    rows = LandlordContact.objects.filter(landlord=landlord)
    return rows.select_related("recorded_by", "ended_by").order_by("-recorded_at")


def contact_of(landlord: Landlord, role: ContactRole) -> LandlordContact | None:
    """Whom to reach for this now."""
    return contacts_of(landlord).filter(role=role, ended_at__isnull=True).first()


def former_entries_of(landlord: Landlord) -> QuerySet[FormerEntry]:
    """What the entry said before, the latest first."""
    rows = FormerEntry.objects.filter(landlord=landlord).select_related("changed_by")
    return rows.order_by("-changed_at")


def cases_of(user: User, landlord: Landlord) -> QuerySet[Case]:
    """The open cases about this landlord's homes, of those that the person may see."""
    rows = cases_visible_to(user).filter(tenancy__landlord=landlord, closed_at__isnull=True)
    return rows.order_by("-opened_at")


def likely_duplicates(landlords: QuerySet[Landlord]) -> list[tuple[Landlord, Landlord]]:
    """Pairs of one kind with the same words in their names, or with one postcode and most words in
    common. Nothing is opened to find them but the pairs themselves."""
    rows = landlords.order_by("pk").values_list(
        "pk", "partnership_id", "kind", "name_words", "postcode_key"
    )
    alike: dict[tuple[object, ...], list[tuple[UUID, frozenset[str]]]] = {}
    for pk, partnership, kind, words, postcode in rows:
        if words:
            entry = (pk, frozenset(words))
            alike.setdefault((partnership, kind, tuple(words)), []).append(entry)
            if postcode:
                alike.setdefault((partnership, kind, postcode), []).append(entry)
    pairs = {
        (one, other)
        for entries in alike.values()
        for (one, words), (other, others) in combinations(entries, 2)
        if 2 * len(words & others) > min(len(words), len(others))
    }
    found = landlords.in_bulk([pk for pair in pairs for pk in pair])
    return [(found[one], found[other]) for one, other in sorted(pairs)]


def party_of(landlord: Landlord) -> Party:
    """The landlord as somebody whom a case names, with what the directory knows of the name."""
    others = LandlordContact.objects.filter(
        landlord__partnership=landlord.partnership_id,
        ended_at=None,
        name_words=landlord.name_words,
    ).exclude(name_words=[])
    roles = set(others.values_list("role", flat=True))
    return Party(
        name=landlord.name,
        kind=LandlordKind(landlord.kind),
        is_known_agent=ContactRole.AGENT in roles,
        is_known_manager=ContactRole.ARMS_LENGTH_MANAGER in roles,
    )


def names_of(landlord: Landlord) -> frozenset[str]:
    """Every name it has had here, in entries merged into it too."""
    rows = Landlord.objects.filter(Q(pk=landlord.pk) | Q(merged_into=landlord))
    before = FormerEntry.objects.filter(landlord__in=rows)
    return frozenset((*(row.name for row in rows), *(each.said["name"] for each in before)))
