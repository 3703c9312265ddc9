"""The pages on which an administrator invites people, ends their access and unlocks them."""

import re

import pytest
from django.core import mail
from django.test import Client

from letters.access import invitations
from letters.access.models import Invitation, User
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, words

pytestmark = pytest.mark.usefixtures("empty_queue")
PASSWORD = "three words unlike others"  # noqa: S105 - opens nothing
CHOSEN = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def administrator(house: factories.House, signed_in: AsPerson) -> Client:
    return signed_in(factories.an_administrator(house))


def _address(invitation: Invitation) -> str:
    return invitations.url_of(invitation).removeprefix("http://testserver")


def _new(house: factories.House, **other: str) -> dict[str, str]:
    return {
        "email": "new@people.example",
        "name": "Dr Noor Placeholder",
        "job_title": "registrar",
        "registration": "",
        "team": str(house.clinic.pk),
        "role": "clinician",
    } | other


def test_somebody_is_invited_and_joins(house: factories.House, administrator: Client) -> None:
    administrator.post("/people/invite/", _new(house))
    invitations.mail_invitation(invitation_id=Invitation.objects.get().pk, at=NOW)
    (link,) = re.findall(r"http://testserver(/join/\w+/)", str(mail.outbox[0].body))

    invited = Client()
    page = words(invited.get(link))
    joined = invited.post(link, CHOSEN)
    given = {"username": "new@people.example", "password": PASSWORD}
    signed_in = invited.post("/sign-in/", given, follow=True)

    assert "invites Dr Noor Placeholder to the team" in page
    assert joined["Location"] == "/sign-in/"
    assert signed_in.redirect_chain[-1][0] == "/account/"
    assert "Dr Noor Placeholder" in words(administrator.get("/people/"))


def test_looking_uses_nothing_up(house: factories.House) -> None:
    address = _address(factories.an_invitation(house))

    for _ in range(3):
        assert Client().get(address).status_code == 200

    assert not User.objects.filter(email="new@people.example").exists()


def test_a_link_that_is_over_says_so(house: factories.House) -> None:
    address = _address(factories.an_invitation(house))
    Client().post(address, CHOSEN)

    for response in (Client().get(address), Client().post(address, CHOSEN)):
        assert response.status_code == 410
        assert "This invitation is over" in words(response)
    assert Client().get(f"/join/{'0' * 40}/").status_code == 410


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"password": "short", "again": "short"}, "at least 12 characters"),
        ({"password": PASSWORD, "again": "another"}, "Enter the same password in both boxes"),
        ({"password": "new@people.example", "again": "new@people.example"}, "too similar"),
        ({}, "Choose a password"),
    ],
)
def test_a_poor_password_is_refused(
    house: factories.House, given: dict[str, str], says: str
) -> None:
    address = _address(factories.an_invitation(house))

    page = words(Client().post(address, given))

    assert says in page
    assert not User.objects.filter(email="new@people.example").exists()


def test_who_has_an_account_signs_in_to_join(house: factories.House, signed_in: AsPerson) -> None:
    there = factories.a_house().clinician
    address = _address(factories.an_invitation(house, email=there.email))

    stranger = words(Client().post(address))
    page = words(signed_in(there).get(address))
    signed_in(there).post(address)

    assert "Sign in with it" in stranger
    assert 'type="password"' not in page
    assert there.membership_set.filter(team=house.clinic).exists()


def test_an_invitation_is_sent_again_and_withdrawn(
    house: factories.House, administrator: Client
) -> None:
    invitation = factories.an_invitation(house)
    first = _address(invitation)

    administrator.post(f"/invitations/{invitation.pk}/send-again/")
    invitation.refresh_from_db()
    second = _address(invitation)
    opened = [Client().get(address).status_code for address in (first, second)]
    administrator.post(f"/invitations/{invitation.pk}/withdraw/")

    assert opened == [410, 200]
    assert Client().get(second).status_code == 410
    assert "new@people.example" not in words(administrator.get("/people/"))


def test_only_their_own_partnership(house: factories.House, administrator: Client) -> None:
    other = factories.a_house()
    invitation = factories.an_invitation(other)

    page = words(administrator.get("/people/"))
    invited = administrator.post("/people/invite/", _new(house, team=str(other.clinic.pk)))
    reached = [
        administrator.post(f"/invitations/{invitation.pk}/withdraw/"),
        administrator.post(f"/invitations/{invitation.pk}/send-again/"),
        administrator.post(f"/people/{other.clinician.pk}/end-access/"),
        administrator.post(f"/people/{other.clinician.pk}/unlock/"),
    ]

    assert house.clinician.email in page
    assert other.clinician.email not in page
    assert "new@people.example" not in page
    assert "Choose a team" in words(invited)
    assert [response.status_code for response in reached] == [404] * 4


def test_others_cannot_invite(clinician: Client) -> None:
    assert clinician.get("/people/").status_code == 403
    assert clinician.post("/people/invite/", {}).status_code == 403


def test_ending_access_ends_the_session(
    house: factories.House, administrator: Client, clinician: Client
) -> None:
    before = clinician.get("/start/").status_code

    administrator.post(f"/people/{house.clinician.pk}/end-access/")

    assert before == 200
    assert clinician.get("/start/")["Location"].startswith("/sign-in/")


def test_unlocking_lets_the_right_password_in(
    house: factories.House, administrator: Client
) -> None:
    wrong = {"username": house.evaluator.email, "password": "wrong"}
    right = {"username": house.evaluator.email, "password": factories.PASSWORD}
    for _ in range(5):
        Client().post("/sign-in/", wrong)
    shut_out = Client().post("/sign-in/", right)

    administrator.post(f"/people/{house.evaluator.pk}/unlock/")

    assert shut_out.status_code == 200
    assert Client().post("/sign-in/", right)["Location"] == "/"


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    house: factories.House, administrator: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(5):
        factories.an_invitation(house, email=f"new.{number}@people.example")

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture
        administrator.get("/people/")
