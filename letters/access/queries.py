"""Reads about people, teams and rights."""

from collections.abc import Iterable
from uuid import UUID

from django.db import DatabaseError
from django.db.models import QuerySet

from letters.access.errors import NotAllowed, TeamNotClear
from letters.access.models import Membership, Organisation, Partnership, Team, User
from letters.access.roles import NEED_SECOND_FACTOR, RIGHTS, Right, Role


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


def is_only_in_demonstrations(user: User) -> bool:
    """Whether nothing may be sent to them, nor to anybody they work with."""
    return not partnerships_of(user).filter(is_demonstration=False).exists()


def must_have_second_factor(user: User) -> bool:
    """Whether they can come to see patients. Where all their partnerships are demonstrations, the
    patients are invented."""
    if not rights_of(user) & NEED_SECOND_FACTOR:
        return False
    return not is_only_in_demonstrations(user)


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


def chosen_teams(user: User, *, team: UUID | None, advice_team: UUID | None) -> tuple[Team, Team]:
    """The clinical team and the advice team of a new case: as chosen, or the only ones."""
    clinical = _one_of(teams_of(user, Role.CLINICIAN), team, field="team")
    advising = advice_teams_of(clinical.organisation.partnership)
    return clinical, _one_of(advising, advice_team, field="advice_team")


def _one_of(teams: QuerySet[Team], chosen: UUID | None, *, field: str) -> Team:
    left = list(teams if chosen is None else teams.filter(pk=chosen))
    if len(left) != 1:
        raise TeamNotClear(field)
    return left[0]


def partnerships_with(user: User, right: Right) -> QuerySet[Partnership]:
    """The partnerships in which a role of the person's holds the right."""
    return partnerships_of(user, *(role for role in Role if right in RIGHTS[role]))


def organisations_with(user: User, right: Right) -> QuerySet[Organisation]:
    """The organisations in a team of which a role of the person's holds the right, by name."""
    roles = [role for role in Role if right in RIGHTS[role]]
    held = Membership.objects.filter(user=user, role__in=roles)
    return Organisation.objects.filter(pk__in=held.values("team__organisation")).order_by("name")


def require_in(user: User, right: Right, organisation: Organisation) -> None:
    """Refuse unless a role of theirs in that very organisation holds the right."""
    require(user, right)
    if not organisations_with(user, right).filter(pk=organisation.pk).exists():
        raise NotAllowed(right)


def memberships_visible_to(user: User) -> QuerySet[Membership]:
    """Who is in the partnerships in which the person invites people, by name."""
    mine = partnerships_with(user, Right.INVITE_PEOPLE)
    rows = Membership.objects.filter(team__organisation__partnership__in=mine)
    return rows.select_related("user", "team__organisation").order_by(
        "user__name", "user_id", "team__name", "role"
    )


def people_visible_to(user: User) -> QuerySet[User]:
    """Those people, once each."""
    return User.objects.filter(pk__in=memberships_visible_to(user).order_by().values("user"))


def teams_to_invite_to(user: User) -> QuerySet[Team]:
    """The teams that somebody can be invited to by this person."""
    mine = partnerships_with(user, Right.INVITE_PEOPLE)
    rows = Team.objects.filter(organisation__partnership__in=mine)
    return rows.select_related("organisation__partnership").order_by("organisation__name", "name")


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What the people with these ids are called."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name"))


def database_answers() -> bool:
    """Whether rows can be read at all; for those who watch the service."""
    try:
        User.objects.order_by().values_list("pk")[:1].exists()
    except DatabaseError:
        return False
    return True
