"""Reads about people, teams and rights."""

from uuid import UUID

from django.db.models import QuerySet

from letters.access.errors import NotAllowed, TeamNotClear
from letters.access.models import Membership, Organisation, Partnership, Team, User
from letters.access.roles import RIGHTS, Right, Role


def roles_of(user: User) -> frozenset[str]:
    """Every role the person has, in any team."""
    return frozenset(Membership.objects.filter(user=user).values_list("role", flat=True))


def rights_of(user: User) -> frozenset[Right]:
    """Every right that any of the person's roles holds."""
    return frozenset(right for role in roles_of(user) for right in RIGHTS[role])


def require(user: User, right: Right) -> None:
    """Refuse unless the person is active and some role of theirs holds the right."""
    if not user.is_active or right not in rights_of(user):
        raise NotAllowed(right)


def teams_of(user: User, *roles: Role) -> QuerySet[Team]:
    """The teams in which the person has one of the roles; any role where none is named."""
    memberships = Membership.objects.filter(user=user)
    if roles:
        memberships = memberships.filter(role__in=roles)
    return Team.objects.filter(pk__in=memberships.values("team")).select_related(
        "organisation__partnership"
    )


def partnerships_of(user: User, *roles: Role) -> QuerySet[Partnership]:
    """The partnerships of those teams."""
    return Partnership.objects.filter(organisation__team__in=teams_of(user, *roles)).distinct()


def advice_teams_of(partnership: Partnership) -> QuerySet[Team]:
    """The teams of advice agencies in a partnership, who take cases on."""
    return Team.objects.filter(
        organisation__partnership=partnership, organisation__kind=Organisation.Kind.ADVICE
    ).select_related("organisation")


def one_of(teams: QuerySet[Team], chosen: UUID | None, *, field: str) -> Team:
    """The team that was chosen, or the only one; `field` is where the choice was to be made."""
    left = list(teams if chosen is None else teams.filter(pk=chosen))
    if len(left) != 1:
        raise TeamNotClear(field)
    return left[0]


def partnerships_with(user: User, right: Right) -> QuerySet[Partnership]:
    """The partnerships in which a role of the person's holds the right."""
    return partnerships_of(user, *(role for role in Role if right in RIGHTS[role]))
