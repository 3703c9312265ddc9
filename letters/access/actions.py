"""Setting up people and teams, and doing once what a program asks for twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from letters.access.errors import KeyUsedForAnother
from letters.access.models import (
    AnsweredRequest,
    Membership,
    Organisation,
    Partnership,
    Team,
    User,
)
from letters.access.queries import require_in
from letters.access.roles import Right, Role
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
def change_letterhead(
    *, organisation: Organisation, address: Sequence[str], ods_code: str, by: User
) -> Organisation:
    """Say anew where the organisation is written to; letters approved before keep what they say.
    Saying the same again changes nothing."""
    require_in(by, Right.STYLE_LETTERS, organisation)
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if (locked.address, locked.ods_code) == (list(address), ods_code):
        return locked
    locked.address, locked.ods_code = list(address), ods_code
    locked.save(update_fields=["address", "ods_code"])
    record("change_letterhead", locked, by=by)
    return locked


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a program is told: a status and a body without anything about a person."""

    status: int
    body: Any  # whatever JSON holds


@transaction.atomic
def answer_once(
    *, key_digest: str, request_digest: str, work: Callable[[], Answer], by: User, at: datetime
) -> Answer:
    """Do the work for a key once, and answer the same request the same again.

    One that comes meanwhile waits at the unique key. A refusal undoes the key together with the
    work, so that the request can be mended and sent again. The work records its own audit event.
    """
    answered, is_new = AnsweredRequest.objects.get_or_create(
        user=by,
        key_digest=key_digest,
        defaults={"request_digest": request_digest, "received_at": at},
    )
    if answered.request_digest != request_digest:
        raise KeyUsedForAnother
    if not is_new:
        return Answer(status=int(answered.status or 0), body=answered.body)
    answer = work()
    answered.status, answered.body = answer.status, answer.body
    answered.save(update_fields=["status", "body"])
    return answer
