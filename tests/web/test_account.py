"""Signing in and out."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from django.conf import LazySettings
from django.test import Client, RequestFactory

from letters.access.adapters import TOO_MANY, WRONG
from tests import factories
from tests.conftest import forget_everything
from tests.factories import NOW
from tests.web.conftest import words


@pytest.fixture(autouse=True)
def _attempts(empty_queue: None) -> Iterator[None]:
    """Nothing counted yet, and nothing left for others who sign in from this place; the counter
    stands beside the queue."""
    yield
    forget_everything()


def test_signing_in_leads_to_the_work(db: None) -> None:
    house = factories.a_house(is_demonstration=True)
    given = {"username": house.clinician.email.upper(), "password": factories.PASSWORD}

    response = Client().post("/sign-in/", given, follow=True)

    assert response.redirect_chain[-1][0] == "/start/"


@pytest.mark.parametrize("is_known", [True, False])
def test_every_failure_reads_the_same(house: factories.House, *, is_known: bool) -> None:
    email = house.clinician.email if is_known else "nobody@people.example"

    page = words(Client().post("/sign-in/", {"username": email, "password": "wrong"}))

    assert WRONG in page
    assert "Error:" in page.partition("</title>")[0]


def test_a_password_is_neither_shown_nor_logged(
    house: factories.House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = Client().post(
            "/sign-in/", {"username": house.clinician.email, "password": "my secret sentence"}
        )

    assert "my secret sentence" not in words(response) + caplog.text


def test_somebody_who_left_cannot_sign_in(house: factories.House) -> None:
    house.clinician.is_active = False
    house.clinician.save()
    given = {"username": house.clinician.email, "password": factories.PASSWORD}

    assert WRONG in words(Client().post("/sign-in/", given))


def test_signing_out_is_a_button(clinician: Client) -> None:
    assert clinician.get("/sign-out/").status_code == 405

    clinician.post("/sign-out/")

    assert clinician.get("/start/").status_code == 302


def _try(email: str, password: str, times: int = 1) -> str:
    given = {"username": email, "password": password}
    for _ in range(times - 1):
        Client().post("/sign-in/", given)
    return words(Client().post("/sign-in/", given))


@pytest.mark.parametrize("is_known", [True, False])
def test_too_many_tries_shut_out_also_the_right_password(
    house: factories.House, *, is_known: bool
) -> None:
    email = house.evaluator.email if is_known else "nobody@people.example"

    fifth = _try(email, "wrong", times=5)
    then = _try(email.upper(), factories.PASSWORD)

    assert WRONG in fifth
    assert TOO_MANY in then


def test_after_a_while_they_can_sign_in_again(house: factories.House) -> None:
    _try(house.evaluator.email, "wrong", times=6)

    with time_machine.travel(NOW + timedelta(minutes=15), tick=False):
        page = _try(house.evaluator.email, factories.PASSWORD)

    assert TOO_MANY not in page
    assert WRONG not in page


def test_somebody_else_is_not_shut_out(house: factories.House) -> None:
    _try(house.evaluator.email, "wrong", times=6)
    given = {"username": house.reviewer.email, "password": factories.PASSWORD}

    assert Client().post("/sign-in/", given)["Location"] == "/"


def test_one_place_that_tries_many_addresses_is_shut_out(house: factories.House) -> None:
    for number in range(60):
        _try(f"nobody.{number}@people.example", "wrong")

    assert TOO_MANY in _try(house.evaluator.email, factories.PASSWORD)


def test_nobody_gets_in_while_tries_cannot_be_counted(
    house: factories.House, settings: LazySettings
) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }
    given = {"username": house.evaluator.email, "password": factories.PASSWORD}

    response = Client().post("/sign-in/", given)

    assert response.status_code == 503
    assert "Try again in a few minutes" in words(response)


def test_nobody_can_make_an_account(db: None, rf: RequestFactory) -> None:
    assert not get_adapter().is_open_for_signup(rf.get("/"))
    for address in ("/signup/", "/sign-up/", "/accounts/signup/", "/password/reset/", "/email/"):
        assert Client().get(address).status_code == 404


def test_an_address_to_go_on_to_is_one_of_ours(house: factories.House) -> None:
    given = {"username": house.evaluator.email, "password": factories.PASSWORD}

    onward = Client().post("/sign-in/?next=/summary/", given)
    outward = Client().post("/sign-in/?next=https://elsewhere.example/", given)

    assert onward["Location"] == "/summary/"
    assert outward["Location"] == "/"
