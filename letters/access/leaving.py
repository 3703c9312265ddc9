"""Ending somebody's access, and letting somebody in again who was shut out."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest

from letters.access.adapters import forget_attempts
from letters.access.errors import NotAllowed, OwnAccess
from letters.access.models import Membership, User
from letters.access.queries import memberships_visible_to, people_visible_to, require
from letters.access.roles import Right
from letters.audit.record import record


@transaction.atomic
def end_access(*, person: User, by: User) -> None:
    """They are in no team of one's partnership any more. Who is in no other either cannot sign in:
    every session of theirs ends, and their second factors go. A second time changes nothing."""
    require(by, Right.INVITE_PEOPLE)
    if person.pk == by.pk:
        raise OwnAccess
    locked = User.objects.select_for_update().get(pk=person.pk)
    for membership in memberships_visible_to(by).filter(user=locked):
        record("end_membership", membership, by=by, team=membership.team_id, user=locked.pk)
        membership.delete()
    if locked.is_active and not Membership.objects.filter(user=locked).exists():
        locked.is_active = False
        locked.set_unusable_password()  # its hash is what sessions are held by
        locked.save(update_fields=["is_active", "password"])
        Authenticator.objects.filter(user=locked).delete()
        record("end_access", locked, by=by)


@transaction.atomic
def unlock(*, person: User, by: User, request: HttpRequest) -> None:
    """Tries that failed no longer shut them out."""
    require(by, Right.INVITE_PEOPLE)
    if not people_visible_to(by).filter(pk=person.pk).exists():
        raise NotAllowed(Right.INVITE_PEOPLE)
    record("unlock_sign_in", person, by=by)
    forget_attempts(request, person)
