"""Who works in the partnership: inviting people, and ending their access."""

from functools import partial
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from letters.access import invitations, leaving, queries
from letters.access.models import User
from letters.web.forms.form import Confirmation, sent
from letters.web.forms.people import InviteForm, JoinForm
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody there, and who is invited."""
    memberships = queries.memberships_visible_to(me(request))
    at = timezone.now()
    return show(
        request,
        "people",
        people=[(who, list(rows)) for who, rows in groupby(memberships, key=lambda m: m.user)],
        open_invitations=[
            (each, each.expires_at <= at, invitations.can_mail(each.team))
            for each in invitations.invitations_visible_to(me(request))
        ],
    )


def invite_person(request: HttpRequest) -> HttpResponse:
    """Somebody is to join."""
    form = InviteForm(sent(request), teams=queries.teams_to_invite_to(me(request)))
    return ask(
        request,
        "invite_person",
        form,
        partial(invitations.invite, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:people", says="Invited"),
    )


def send_invitation_again(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """A new link; the one before opens nothing any more."""
    row = find.invitation(request, invitation_id)
    invitations.send_again(invitation=row, by=me(request), at=timezone.now())
    return go(request, "letters:people", says="A new link is on its way")


def withdraw_invitation(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """The link opens nothing any more."""
    row = find.invitation(request, invitation_id)
    invitations.withdraw(invitation=row, by=me(request), at=timezone.now())
    return go(request, "letters:people", says="The invitation is withdrawn")


def end_access(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Somebody works here no longer."""
    person = find.person(request, person_id)
    return ask(
        request,
        "end_access",
        Confirmation(sent(request)),
        partial(leaving.end_access, person=person, by=me(request)),
        then=lambda _: go(request, "letters:people", says="Their access is ended"),
        person=person,
    )


def unlock_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Somebody tried too often."""
    person = find.person(request, person_id)
    leaving.unlock(person=person, by=me(request), request=request)
    return go(request, "letters:people", says="They can try again now")


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link. Looking at it does nothing: programs that look through mail follow
    every link."""
    at = timezone.now()
    invitation = invitations.invitation_by_token(token, at)
    if invitation is None:
        page = show(request, "join_over", status=410)
    else:
        mine = request.user if isinstance(request.user, User) else None
        has_account = invitations.has_account(invitation)
        page = ask(
            request,
            "join",
            JoinForm(sent(request), invitation=invitation, has_account=has_account),
            partial(invitations.accept, token=token, signed_in=mine, at=at),
            then=lambda _: go(request, "letters:sign_in", says="You have joined. Sign in now"),
            invitation=invitation,
            must_sign_in=has_account and (mine is None or mine.email != invitation.email),
        )
    page["X-Robots-Tag"] = "noindex"
    return page
