"""Inviting people to a team: the link goes by e-mail, and who opens it chooses a password."""

import hashlib
import logging
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet

from letters import jobs
from letters.access.actions import add_member
from letters.access.errors import AlreadyThere, InvitationOver, NotAllowed, SignInToJoin
from letters.access.models import Invitation, Membership, Team, User
from letters.access.queries import require, teams_to_invite_to
from letters.access.roles import Right, Role
from letters.audit.record import record
from letters.encryption import lookup_key

logger = logging.getLogger(__name__)

LASTS: Final = timedelta(days=7)
MOST_TRIES: Final = 6
_TOKEN = re.compile(r"[0-9a-f]{40}")
_MESSAGE = """{inviter} invites you to work with {organisation}, in the team {team}, as {role}.

Open this link and choose a password:

{url}

It works once, until {until}. If you did not expect this message, do nothing.
"""


@transaction.atomic
def invite(
    *,
    team: Team,
    role: Role,
    email: str,
    name: str,
    job_title: str,
    registration: str,
    by: User,
    at: datetime,
) -> Invitation:
    """Invite somebody to a team of a partnership in which one may."""
    _require_for(by, team)
    address = email.strip().lower()
    key = lookup_key(address, kind="invited_email")
    if Membership.objects.filter(team=team, role=role, user__email=address).exists():
        raise AlreadyThere
    Team.objects.select_for_update(of=("self",)).get(pk=team.pk)  # one of two at once waits
    if Invitation.objects.filter(team=team, email_key=key, ended_at__isnull=True).exists():
        raise AlreadyThere
    invitation = Invitation(
        team=team,
        role=role,
        email=address,
        email_key=key,
        name=name,
        job_title=job_title,
        registration=registration,
        invited_by=by,
        invited_at=at,
    )
    _renew(invitation, at)
    record("invite_person", invitation, by=by, team=team.pk, role=role.value)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, at: datetime) -> None:
    """A new link in place of the one before, which opens nothing from now on."""
    _require_for(by, invitation.team)
    locked = _locked(invitation.pk)
    if locked.ended_at is not None:
        raise InvitationOver
    locked.number += 1
    _renew(locked, at)
    record("send_invitation_again", locked, by=by)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, at: datetime) -> None:
    """Its link opens nothing any more; a second time changes nothing."""
    _require_for(by, invitation.team)
    locked = _locked(invitation.pk)
    if locked.ended_at is None:
        _end(locked, by, at)
        record("withdraw_invitation", locked, by=by)


@transaction.atomic
def accept(*, token: str, password: str, signed_in: User | None, at: datetime) -> User:
    """Make the invited a member, once. Whose address has an account keeps its password, and must
    have signed in to it."""
    found = invitation_by_token(token, at)
    if found is None:
        raise InvitationOver
    locked = _locked(found.pk)
    if not _is_open(locked, at):
        raise InvitationOver
    user = _account(locked, password, signed_in)
    add_member(team=locked.team, user=user, role=Role(locked.role), by=locked.invited_by)
    _end(locked, user, at, is_accepted=True)
    record("accept_invitation", locked, by=user)
    return user


def _account(invitation: Invitation, password: str, signed_in: User | None) -> User:
    """A new one, or that of somebody who was here before."""
    user = User.objects.select_for_update().filter(email=invitation.email).first()
    if user is not None and user.is_active:
        if signed_in is None or signed_in.pk != user.pk:
            raise SignInToJoin
        return user
    about = {
        "name": invitation.name,
        "job_title": invitation.job_title,
        "registration": invitation.registration,
    }
    if user is None:
        return User.objects.create_user(email=invitation.email, password=password, **about)
    for field, value in about.items():
        setattr(user, field, value)
    user.is_active = True
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def mail_invitation(*, invitation_id: UUID, at: datetime) -> None:
    """Send the message, unless it went or somebody else is at it. A second one does no harm."""
    rows = Invitation.objects.select_for_update(of=("self",), skip_locked=True)
    invitation = rows.filter(pk=invitation_id, next_try_at__lte=at).first()
    if invitation is None or not _is_open(invitation, at) or not can_mail(invitation.team):
        return
    try:
        _message(invitation).send()
    except (SMTPException, OSError):  # whatever it says may hold the address
        invitation.tries += 1
        wait = timedelta(minutes=2**invitation.tries)
        invitation.next_try_at = at + wait if invitation.tries < MOST_TRIES else None
        logger.warning("invitation not mailed", extra={"invitation_id": invitation.pk})
    else:
        invitation.mailed_at, invitation.next_try_at = at, None
    invitation.save(update_fields=["mailed_at", "tries", "next_try_at"])


def can_mail(team: Team) -> bool:
    """Whether a message can go at all: a demonstration sends nothing to the outside."""
    return settings.EMAIL_CONFIGURED and not team.organisation.partnership.is_demonstration


def due(at: datetime) -> Sequence[UUID]:
    """The invitations that wait to be mailed."""
    rows = Invitation.objects.filter(
        ended_at__isnull=True,
        expires_at__gt=at,
        next_try_at__lte=at,
        team__organisation__partnership__is_demonstration=False,
    )
    return list(rows.values_list("pk", flat=True)) if settings.EMAIL_CONFIGURED else []


def invitations_visible_to(user: User) -> QuerySet[Invitation]:
    """Those that are open, also where their days have passed, the latest first."""
    rows = Invitation.objects.filter(ended_at__isnull=True, team__in=teams_to_invite_to(user))
    return rows.select_related("team__organisation__partnership").order_by("-invited_at", "pk")


def invitation_by_token(token: str, at: datetime) -> Invitation | None:
    """None for one that is over, and for anything that was never a token of ours."""
    if not _TOKEN.fullmatch(token):
        return None
    rows = Invitation.objects.select_related("team__organisation", "invited_by")
    found = rows.filter(token_digest=_digest(token)).first()
    return found if found is not None and _is_open(found, at) else None


def has_account(invitation: Invitation) -> bool:
    """Whether the address signs in already."""
    return User.objects.filter(email=invitation.email, is_active=True).exists()


def url_of(invitation: Invitation) -> str:
    """What the message holds."""
    return f"{settings.PUBLIC_URL}/join/{_token_of(invitation)}/"


def _token_of(invitation: Invitation) -> str:
    """160 bits that nobody without our key can make."""
    return lookup_key(f"{invitation.pk}:{invitation.number}", kind="invitation")[:40]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _is_open(invitation: Invitation, at: datetime) -> bool:
    return invitation.ended_at is None and at < invitation.expires_at


def _renew(invitation: Invitation, at: datetime) -> None:
    invitation.token_digest = _digest(_token_of(invitation))
    invitation.expires_at, invitation.next_try_at = at + LASTS, at
    invitation.mailed_at, invitation.tries = None, 0
    invitation.save()
    jobs.enqueue(jobs.MAIL_INVITATION, invitation.pk)


def _end(invitation: Invitation, by: User, at: datetime, *, is_accepted: bool = False) -> None:
    invitation.ended_at, invitation.ended_by = at, by
    invitation.is_accepted = is_accepted
    invitation.save(update_fields=["ended_at", "ended_by", "is_accepted"])


def _locked(invitation_id: UUID) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("invited_by", "team")
    return rows.get(pk=invitation_id)


def _require_for(by: User, team: Team) -> None:
    require(by, Right.INVITE_PEOPLE)
    if not teams_to_invite_to(by).filter(pk=team.pk).exists():
        raise NotAllowed(Right.INVITE_PEOPLE)


def _message(invitation: Invitation) -> EmailMessage:
    team = invitation.team
    text = _MESSAGE.format(
        inviter=invitation.invited_by.name,
        organisation=team.organisation.name,
        team=team.name,
        role=Role(invitation.role).label.lower(),
        url=url_of(invitation),
        until=f"{invitation.expires_at:%d.%m.%Y}",
    )
    return EmailMessage(
        subject="Your invitation to Health and housing letters", body=text, to=[invitation.email]
    )
