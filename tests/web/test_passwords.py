"""Choosing a new password by a link that goes to one's own address."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import redis
import time_machine
from django.core import mail
from django.test import Client

from letters import jobs
from letters.access import passwords
from letters.access.models import User
from letters.web.attempts import MOST_A_MINUTE
from tests import factories
from tests.conftest import forget_everything
from tests.factories import NOW
from tests.sign_in import browser_of
from tests.web.conftest import words

NEW = "three words unlike others"
CHOSEN = {"password": NEW, "again": NEW}
SENT = "If somebody signs in here with that address"


@pytest.fixture(autouse=True)
def _counted(empty_queue: None) -> Iterator[None]:
    """Nothing counted yet, and nothing left for others."""
    yield
    forget_everything()


@pytest.fixture
def person(house: factories.House) -> User:
    return house.clinician


def _ask(email: str) -> str:
    page = words(Client().post("/password/forgotten/", {"email": email}))
    return re.sub(r'nonce="[^"]+"', "", page)


def _link(person: User) -> str:
    return passwords.url_for(person).removeprefix("http://testserver")


def _may_sign_in(person: User, password: str) -> bool:
    person.refresh_from_db()
    return person.check_password(password)


def test_a_link_is_mailed_and_changes_the_password(person: User) -> None:
    page = _ask(f" {person.email.upper()} ")
    passwords.mail_link(user_id=person.pk)
    (message,) = mail.outbox
    (link,) = re.findall(r"http://testserver(/password/\S+)", str(message.body))

    answer = Client().post(link, CHOSEN)

    assert SENT in page
    assert message.to == [person.email]
    assert answer["Location"] == "/sign-in/"
    assert _may_sign_in(person, NEW)


def _jobs() -> int:
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as queue:
        return int(queue.llen(jobs.SEND))


@pytest.mark.django_db(transaction=True)
def test_only_who_signs_in_is_mailed_and_nobody_is_told_who_does(person: User) -> None:
    gone = factories.a_house().adviser
    User.objects.filter(pk=gone.pk).update(is_active=False)
    demonstrated = factories.a_house(is_demonstration=True).adviser

    pages = {_ask(each) for each in (gone.email, demonstrated.email, "nobody@people.example")}

    assert len(pages) == 1
    assert SENT in pages.pop()
    assert _jobs() == 0
    _ask(person.email)
    assert _jobs() == 1


def test_looking_changes_nothing(person: User) -> None:
    link = _link(person)

    for _ in range(3):
        assert Client().get(link).status_code == 200

    assert _may_sign_in(person, factories.PASSWORD)


def test_a_link_works_once(person: User) -> None:
    link = _link(person)
    Client().post(link, CHOSEN)

    again = Client().post(link, dict.fromkeys(CHOSEN, "four other words here"))

    assert again.status_code == 410
    assert _may_sign_in(person, NEW)


def test_a_link_lasts_an_hour(person: User) -> None:
    link = _link(person)

    with time_machine.travel(NOW + timedelta(hours=1, seconds=1), tick=False):
        assert Client().get(link).status_code == 410


def test_nobody_elses_link_opens_it(house: factories.House, person: User) -> None:
    token = _link(house.adviser).split("/")[-2]

    answer = Client().post(f"/password/{person.pk}/{token}/", CHOSEN)

    assert answer.status_code == 410
    assert _may_sign_in(person, factories.PASSWORD)


def test_sessions_that_are_open_end(person: User) -> None:
    open_before = browser_of(person)
    assert open_before.get("/start/").status_code == 200

    Client().post(_link(person), CHOSEN)

    assert open_before.get("/start/").status_code == 302


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"password": "short", "again": "short"}, "at least 12 characters"),
        ({"password": NEW, "again": "another"}, "the same password in both boxes"),
        ({"password": "", "again": ""}, "Choose a password"),
    ],
)
def test_a_password_that_will_not_do_says_why(
    person: User, given: dict[str, str], says: str
) -> None:
    page = words(Client().post(_link(person), given))

    assert says in page
    assert _may_sign_in(person, factories.PASSWORD)


def test_a_box_is_not_filled_by_asking_again(person: User) -> None:
    for _ in range(3):
        passwords.mail_link(user_id=person.pk)

    assert len(mail.outbox) == 1


def test_one_place_may_ask_only_so_often(person: User) -> None:
    answers = [
        Client().post("/password/forgotten/", {"email": person.email}).status_code
        for _ in range(MOST_A_MINUTE + 1)
    ]

    assert answers[-2:] == [200, 429]
