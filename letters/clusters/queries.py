"""Which landlords several homes are held from, told only where no home can be picked out.

A cluster is one advice team's: whoever is told of it may see every case in it. Homes are told apart
by addresses that only this program can read, so every open case of the team is opened for it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from letters.access.models import Team, User
from letters.access.queries import teams_of
from letters.access.roles import Role
from letters.cases.models import Case, HazardReport, Home, Landlord
from letters.cases.queries import visible_to
from letters.drafting.portfolio import LEAST_HOMES
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeInCluster:
    """One home; two patients of one household may each have a case about it."""

    case_ids: frozenset[UUID]
    hazards: frozenset[Hazard]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Homes of one landlord in one nation whose open cases one advice team works on."""

    landlord: Landlord
    team: Team
    nation: Jurisdiction
    homes: tuple[HomeInCluster, ...]

    @property
    def counts(self) -> tuple[tuple[Hazard, int], ...]:
        """How many homes have each hazard, the most first; none that too few have."""
        counted = Counter(hazard for home in self.homes for hazard in home.hazards)
        told = [(hazard, count) for hazard, count in counted.items() if count >= LEAST_HOMES]
        return tuple(sorted(told, key=lambda each: (-each[1], each[0])))


def clusters_visible_to(user: User) -> tuple[Cluster, ...]:
    """Those of the person's advice teams, by the landlord's name; nothing of what is smaller."""
    return _clusters(_cases(user))


def clusters_of(user: User, landlord: Landlord) -> tuple[Cluster, ...]:
    """Those of them that are about one landlord's homes."""
    return _clusters(_cases(user).filter(tenancy__landlord=landlord))


def cluster_visible_to(
    user: User, *, team_id: UUID, landlord_id: UUID, nation: str
) -> Cluster | None:
    """One of them; None where it is too small, as where there is none."""
    found = _clusters(_cases(user).filter(advice_team=team_id, tenancy__landlord=landlord_id))
    return next((each for each in found if each.nation == nation), None)


def _cases(user: User) -> QuerySet[Case]:
    rows = visible_to(user).filter(
        advice_team__in=teams_of(user, Role.ADVISER),
        closed_at__isnull=True,
        tenancy__landlord__isnull=False,
    )
    return rows.select_related("advice_team__organisation").order_by("opened_at")


def _clusters(cases: Iterable[Case]) -> tuple[Cluster, ...]:
    rows = list(cases)
    hazards = _hazards(rows)
    grouped: dict[tuple[UUID | None, UUID, str], list[Case]] = defaultdict(list)
    for case in rows:
        tenancy = case.tenancy
        key = (tenancy.landlord_id, case.advice_team_id, tenancy.home.jurisdiction)
        grouped[key].append(case)
    found = [_cluster(group, hazards) for group in grouped.values()]
    large = [each for each in found if len(each.homes) >= LEAST_HOMES]
    return tuple(sorted(large, key=lambda each: each.landlord.name.casefold()))


def _hazards(cases: list[Case]) -> dict[UUID, set[Hazard]]:
    found: dict[UUID, set[Hazard]] = defaultdict(set)
    reports = HazardReport.objects.filter(case__in=cases).values_list("case_id", "hazard")
    for case_id, hazard in reports:
        found[case_id].add(Hazard(hazard))
    return found


def _cluster(cases: list[Case], hazards: dict[UUID, set[Hazard]]) -> Cluster:
    homes: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in cases:
        homes[_place(case.tenancy.home)].append(case)
    first = cases[0]
    assert first.tenancy.landlord is not None  # noqa: S101 - asked for above
    return Cluster(
        landlord=first.tenancy.landlord,
        team=first.advice_team,
        nation=Jurisdiction(first.tenancy.home.jurisdiction),
        homes=tuple(
            HomeInCluster(
                case_ids=frozenset(case.pk for case in there),
                hazards=frozenset(hazard for case in there for hazard in hazards[case.pk]),
            )
            for there in homes.values()
        ),
    )


def _place(home: Home) -> tuple[str, str]:
    """The same for two ways of typing one address."""
    return home.postcode, "".join(filter(str.isalnum, "".join(home.address).casefold()))
