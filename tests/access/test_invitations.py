"""Invitations: who may invite, what the message holds, and what a link opens."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection

from letters.access import actions as access
from letters.access import invitations, leaving, queries
from letters.access.errors import (
    AlreadyThere,
    InvitationOver,
    NotAllowed,
    OwnAccess,
    SignInToJoin,
)
from letters.access.models import Invitation, Membership, User
from letters.access.roles import Role
from letters.audit.models import AuditEvent
from tests import factories
from tests.factories import NOW
from tests.servers import MailServer, Mood
from tests.sign_in import with_app

pytestmark = pytest.mark.django_db
PASSWORD = "three words unlike others"  # noqa: S105 - opens nothing


@pytest.fixture
def house() -> factories.House:
    return factories.a_house()


def _token(invitation: Invitation) -> str:
    return invitations.url_of(invitation).rstrip("/").rpartition("/")[2]


def _accept(token: str, *, signed_in: User | None = None, days: int = 1) -> User:
    at = NOW + timedelta(days=days)
    return invitations.accept(token=token, password=PASSWORD, signed_in=signed_in, at=at)


def test_the_message_holds_the_link(house: factories.House) -> None:
    invitation = factories.an_invitation(house)

    invitations.mail_invitation(invitation_id=invitation.pk, at=NOW)
    invitations.mail_invitation(invitation_id=invitation.pk, at=NOW)

    (message,) = mail.outbox
    assert message.to == ["new@people.example"]
    assert re.findall(r"http://testserver/join/([0-9a-f]{40})/", str(message.body)) == [
        _token(invitation)
    ]
    invitation.refresh_from_db()
    assert invitation.mailed_at == NOW


def test_neither_token_nor_person_is_in_the_database(house: factories.House) -> None:
    invitation = factories.an_invitation(house)

    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text FROM letters_invitation i")
        (row,) = cursor.fetchone()

    for said in (_token(invitation), "new@people.example", "Noor", "registrar"):
        assert said not in row


def test_a_demonstration_mails_nobody() -> None:
    invitation = factories.an_invitation(factories.a_house(is_demonstration=True))

    invitations.mail_invitation(invitation_id=invitation.pk, at=NOW)

    assert mail.outbox == []
    assert invitations.due(NOW) == []


def test_a_server_that_refuses_is_asked_again_later(
    house: factories.House, mail_server: MailServer
) -> None:
    mail_server.mood = Mood.DEFERS
    invitation = factories.an_invitation(house)

    invitations.mail_invitation(invitation_id=invitation.pk, at=NOW)

    assert invitations.due(NOW + timedelta(minutes=1)) == []
    assert invitations.due(NOW + timedelta(minutes=2)) == [invitation.pk]
    mail_server.mood = Mood.ACCEPTS
    invitations.mail_invitation(invitation_id=invitation.pk, at=NOW + timedelta(minutes=2))
    assert len(mail_server.wait_for_messages(1)) == 1


def test_it_is_given_up_in_the_end(house: factories.House, mail_server: MailServer) -> None:
    mail_server.mood = Mood.REFUSES
    invitation = factories.an_invitation(house)

    for hour in range(invitations.MOST_TRIES):
        at = NOW + timedelta(hours=hour)
        invitations.mail_invitation(invitation_id=invitation.pk, at=at)

    invitation.refresh_from_db()
    assert (invitation.mailed_at, invitation.next_try_at) == (None, None)
    assert invitations.due(NOW + timedelta(days=1)) == []


def test_the_invited_becomes_a_member(house: factories.House) -> None:
    user = _accept(_token(factories.an_invitation(house)))

    assert user.check_password(PASSWORD)
    assert (user.email, user.name) == ("new@people.example", "Dr Noor Placeholder")
    assert Membership.objects.filter(user=user, team=house.clinic, role=Role.CLINICIAN).exists()
    assert AuditEvent.objects.filter(verb="accept_invitation", actor_id=user.pk).exists()


def test_a_link_opens_once(house: factories.House) -> None:
    token = _token(factories.an_invitation(house))
    _accept(token)

    with pytest.raises(InvitationOver):
        _accept(token)


def test_a_link_opens_for_seven_days(house: factories.House) -> None:
    token = _token(factories.an_invitation(house))

    with pytest.raises(InvitationOver):
        _accept(token, days=7)
    assert _accept(token, days=6).is_active


def test_a_withdrawn_one_opens_nothing(house: factories.House) -> None:
    invitation = factories.an_invitation(house)

    for _ in range(2):
        invitations.withdraw(invitation=invitation, by=invitation.invited_by, at=NOW)

    with pytest.raises(InvitationOver):
        _accept(_token(invitation))
    assert AuditEvent.objects.filter(verb="withdraw_invitation").count() == 1


def test_sent_again_only_the_new_link_opens(house: factories.House) -> None:
    invitation = factories.an_invitation(house)
    old = _token(invitation)

    invitations.send_again(invitation=invitation, by=invitation.invited_by, at=NOW)

    invitation.refresh_from_db()
    with pytest.raises(InvitationOver):
        _accept(old)
    assert _accept(_token(invitation)).is_active


def test_nobody_is_invited_twice(house: factories.House) -> None:
    user = _accept(_token(factories.an_invitation(house)))

    with pytest.raises(AlreadyThere):
        factories.an_invitation(house, email=user.email.upper())
    factories.an_invitation(house, email="other@people.example")
    with pytest.raises(AlreadyThere):
        factories.an_invitation(house, email="Other@people.example")


def test_who_has_an_account_keeps_it(house: factories.House) -> None:
    there = factories.a_house().clinician
    token = _token(factories.an_invitation(house, email=there.email))

    for somebody in (None, house.adviser):
        with pytest.raises(SignInToJoin):
            _accept(token, signed_in=somebody)
    joined = _accept(token, signed_in=there)

    assert joined.pk == there.pk
    joined.refresh_from_db()
    assert joined.check_password(factories.PASSWORD)


def test_only_administrators_of_the_partnership_invite(house: factories.House) -> None:
    invitation = factories.an_invitation(house)
    stranger = factories.an_administrator(factories.a_house())

    for somebody in (house.clinician, stranger):
        with pytest.raises(NotAllowed):
            invitations.withdraw(invitation=invitation, by=somebody, at=NOW)
        with pytest.raises(NotAllowed):
            invitations.send_again(invitation=invitation, by=somebody, at=NOW)
        with pytest.raises(NotAllowed):
            invitations.invite(
                team=house.clinic,
                role=Role.ADMINISTRATOR,
                email="a@people.example",
                name="A",
                job_title="B",
                registration="",
                by=somebody,
                at=NOW,
            )


def test_whose_access_is_ended_cannot_come_back(house: factories.House) -> None:
    administrator = factories.an_administrator(house)
    with_app(house.clinician)

    for _ in range(2):
        leaving.end_access(person=house.clinician, by=administrator)

    house.clinician.refresh_from_db()
    assert not house.clinician.is_active
    assert not house.clinician.has_usable_password()
    assert not Authenticator.objects.filter(user=house.clinician).exists()
    assert not queries.rights_of(house.clinician)
    assert AuditEvent.objects.filter(verb="end_access").count() == 1


def test_who_works_elsewhere_too_stays_there(house: factories.House) -> None:
    elsewhere = factories.a_house()
    access.add_member(team=elsewhere.clinic, user=house.clinician, role=Role.CLINICIAN, by=None)

    leaving.end_access(person=house.clinician, by=factories.an_administrator(house))

    house.clinician.refresh_from_db()
    assert house.clinician.is_active
    assert list(queries.teams_of(house.clinician)) == [elsewhere.clinic]


def test_who_was_here_before_can_be_invited_again(house: factories.House) -> None:
    leaving.end_access(person=house.clinician, by=factories.an_administrator(house))
    token = _token(factories.an_invitation(house, email=house.clinician.email))

    back = _accept(token)

    assert back.pk == house.clinician.pk
    assert back.is_active
    assert back.check_password(PASSWORD)


def test_nobody_ends_their_own_access(house: factories.House) -> None:
    administrator = factories.an_administrator(house)

    with pytest.raises(OwnAccess):
        leaving.end_access(person=administrator, by=administrator)


def test_a_stranger_s_administrator_ends_nothing(house: factories.House) -> None:
    leaving.end_access(person=house.clinician, by=factories.an_administrator(factories.a_house()))

    house.clinician.refresh_from_db()
    assert house.clinician.is_active
    assert queries.rights_of(house.clinician)
