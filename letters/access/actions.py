"""Setting up people and teams."""

from collections.abc import Sequence

from django.db import transaction

from letters.access.models import Membership, Organisation, Partnership, Team, User
from letters.access.roles import Role
from letters.audit.record import record


@transaction.atomic
def found_partnership(*, name: str, is_demonstration: bool, by: User | None) -> Partnership:
    """Open a partnership; whether it is a demonstration can never be changed afterwards."""
    partnership = Partnership.objects.create(name=name, is_demonstration=is_demonstration)
    record("found_partnership", partnership, by=by)
    return partnership


@transaction.atomic
def add_organisation(
    *,
    partnership: Partnership,
    name: str,
    kind: Organisation.Kind,
    address: Sequence[str],
    ods_code: str,
    by: User | None,
) -> Organisation:
    """Add a health organisation or advice agency with its letterhead."""
    organisation = Organisation.objects.create(
        partnership=partnership, name=name, kind=kind, address=list(address), ods_code=ods_code
    )
    record("add_organisation", organisation, by=by, partnership=partnership.pk)
    return organisation


@transaction.atomic
def add_team(
    *, organisation: Organisation, name: str, telephone: str, email: str, by: User | None
) -> Team:
    """Add a team with the direct telephone and e-mail that letters give."""
    team = Team.objects.create(
        organisation=organisation, name=name, telephone=telephone, email=email
    )
    record("add_team", team, by=by, organisation=organisation.pk)
    return team


@transaction.atomic
def add_member(*, team: Team, user: User, role: Role, by: User | None) -> Membership:
    """Give a person a role in a team; a second time changes nothing."""
    membership, is_new = Membership.objects.get_or_create(team=team, user=user, role=role)
    if is_new:
        record("add_member", membership, by=by, team=team.pk, user=user.pk, role=role.value)
    return membership
