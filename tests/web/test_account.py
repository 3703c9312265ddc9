"""Signing in and out."""

import logging

import pytest
from django.test import Client

from tests import factories
from tests.web.conftest import words

WRONG = "Check your e-mail address and password, and try again"


def test_signing_in_leads_to_the_work(house: factories.House) -> None:
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
