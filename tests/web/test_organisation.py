"""Signing in with an organisation's own account."""

import dataclasses
import html
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from django.conf import LazySettings
from django.test import Client

from hjp_letters.env_oidc import OidcVariables
from hjp_letters.logging import JsonFormatter
from letters.access.models import User
from letters.audit.models import AuditEvent
from letters.cases.models import HazardReport
from tests import factories
from tests.factories import NOW
from tests.openid_provider import CLIENT_ID, OpenIdProvider, a_key
from tests.sign_in import a_code_of, browser_of
from tests.web.conftest import words
from tests.web.test_cases import MOULD

pytestmark = pytest.mark.usefixtures("empty_queue")
GO, BACK = "/sign-in/organisation/", "/sign-in/organisation/back/"
REFUSED = "You could not be signed in"


@pytest.fixture
def provider(settings: LazySettings) -> Iterator[OpenIdProvider]:
    """The organisation's, set up here for the addresses that the factories give."""
    provider = OpenIdProvider()
    settings.OIDC = provider.set_up_here
    yield provider
    provider.stop()


def _led_to(client: Client, **more: str) -> str:
    """The organisation's page, as ours leads to it."""
    (address,) = re.findall(r'content="0; url=([^"]*)"', words(client.post(GO, more)))
    return html.unescape(str(address))


def _sent_back(client: Client, **more: str) -> str:
    """Shown to the organisation who one is; the address that it sends one to."""
    answer = requests.get(_led_to(client, **more), allow_redirects=False, timeout=5)
    return answer.headers["Location"].removeprefix("http://testserver")


def _is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def _is_refused(client: Client) -> bool:
    answer = client.get(_sent_back(client))
    return answer.status_code == 403 and REFUSED in words(answer) and not _is_signed_in(client)


def test_without_an_issuer_there_is_no_such_way_in(db: None) -> None:
    client = Client()

    assert "work account" not in words(client.get("/sign-in/"))
    assert client.post(GO).status_code == client.get(BACK).status_code == 404


def test_the_page_that_signs_in_offers_it(db: None, provider: OpenIdProvider) -> None:
    assert "Sign in with Specimen Hospital" in words(Client().get("/sign-in/"))


def test_whom_the_organisation_vouches_for_comes_in(
    house: factories.House, provider: OpenIdProvider
) -> None:
    provider.vouch_for(house.evaluator)
    client = Client()

    answer = client.get(_sent_back(client))

    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(house.evaluator.pk)
    noted = AuditEvent.objects.get(verb="sign_in_by_organisation")
    assert (noted.actor_id, noted.details) == (house.evaluator.pk, {"second_factor": "ours"})


def test_they_come_to_the_page_they_asked_for(
    house: factories.House, provider: OpenIdProvider
) -> None:
    provider.vouch_for(house.evaluator)
    client = Client()

    assert client.get(_sent_back(client, next="/summary/"))["Location"] == "/summary/"


def test_nobody_is_led_out_of_the_house(house: factories.House, provider: OpenIdProvider) -> None:
    provider.vouch_for(house.evaluator)
    client = Client()

    assert client.get(_sent_back(client, next="https://elsewhere.example/"))["Location"] == "/"


def test_the_password_is_left_as_it_was(house: factories.House, provider: OpenIdProvider) -> None:
    provider.vouch_for(house.evaluator)
    client = Client()
    client.get(_sent_back(client))

    assert User.objects.get(pk=house.evaluator.pk).check_password(factories.PASSWORD)


@pytest.mark.parametrize(
    "says",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
        {"email": None},
        {"email": "stranger@people.example"},
    ],
)
def test_an_address_that_is_unknown_or_not_vouched_for_is_refused(
    house: factories.House, provider: OpenIdProvider, says: dict[str, Any]
) -> None:
    provider.vouch_for(house.evaluator)
    provider.says |= says
    before = User.objects.count()

    assert _is_refused(Client())
    assert User.objects.count() == before


def test_somebody_of_another_organisation_is_refused(
    house: factories.House, provider: OpenIdProvider
) -> None:
    User.objects.filter(pk=house.evaluator.pk).update(email="eve@other.example")
    provider.says = {"email": "eve@other.example", "email_verified": True}

    assert _is_refused(Client())


def test_somebody_whose_access_ended_is_refused(
    house: factories.House, provider: OpenIdProvider
) -> None:
    User.objects.filter(pk=house.evaluator.pk).update(is_active=False)
    provider.vouch_for(house.evaluator)

    assert _is_refused(Client())


@pytest.mark.parametrize(
    "says",
    [
        {"nonce": "of another journey"},
        {"nonce": None},
        {"aud": "another-service"},
        {"aud": [CLIENT_ID, "another-service"]},
        {"iss": "https://another.example"},
        {"exp": 1},
        {"exp": None},
        {"auth_time": 1},
        {"auth_time": None},
    ],
)
def test_a_token_for_something_else_is_refused(
    house: factories.House, provider: OpenIdProvider, says: dict[str, Any]
) -> None:
    provider.vouch_for(house.evaluator)
    provider.says |= says

    assert _is_refused(Client())


def test_a_token_that_somebody_else_signed_is_refused(
    house: factories.House, provider: OpenIdProvider
) -> None:
    provider.vouch_for(house.evaluator)
    provider.key = a_key()

    assert _is_refused(Client())


def test_a_way_back_is_good_once_and_in_its_own_browser(
    house: factories.House, provider: OpenIdProvider
) -> None:
    provider.vouch_for(house.evaluator)
    mine, other = Client(), Client()
    back = _sent_back(mine)

    assert other.get(back).status_code == 403
    assert mine.get(back).status_code == 302
    assert mine.get(back).status_code == 403


def test_who_turns_back_there_is_not_let_in(db: None, provider: OpenIdProvider) -> None:
    client = Client()
    (state,) = parse_qs(urlsplit(_led_to(client)).query)["state"]

    answer = client.get(BACK, {"error": "access_denied", "state": state})

    assert answer.status_code == 403
    assert REFUSED in words(answer)


def test_the_secret_is_shown_as_the_issuer_takes_it(
    house: factories.House, provider: OpenIdProvider
) -> None:
    provider.knows_client_by = "client_secret_post"
    provider.vouch_for(house.evaluator)
    client = Client()

    assert client.get(_sent_back(client))["Location"] == "/"


def test_the_organisation_is_told_to_ask_anew(db: None, provider: OpenIdProvider) -> None:
    asked = parse_qs(urlsplit(_led_to(Client())).query)

    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert asked["code_challenge_method"] == ["S256"]
    assert set(asked["scope"][0].split()) == {"openid", "email"}


def test_an_organisation_that_does_not_answer_is_said_so(
    db: None, provider: OpenIdProvider
) -> None:
    provider.stop()

    assert Client().post(GO).status_code == 503


def test_our_own_second_step_is_still_asked_for(
    house: factories.House, provider: OpenIdProvider
) -> None:
    code = a_code_of(house.clinician)
    provider.vouch_for(house.clinician)
    provider.says |= {"amr": ["pwd", "mfa"]}
    client = Client()

    answer = client.get(_sent_back(client, next="/cases/"))

    assert answer["Location"] == "/sign-in/second-step/"
    assert not _is_signed_in(client)
    assert client.post("/sign-in/second-step/", {"code": code})["Location"] == "/cases/"
    assert client.get("/cases/").status_code == 200


def test_who_must_have_one_and_has_none_sets_it_up_first(
    house: factories.House, provider: OpenIdProvider
) -> None:
    provider.vouch_for(house.clinician)
    client = Client()
    client.get(_sent_back(client))

    assert client.get("/cases/")["Location"] == "/account/"


@pytest.mark.parametrize("says", [{"amr": ["pwd", "mfa"]}, {"acr": "gold"}])
def test_their_second_factor_is_enough_where_it_is_trusted(
    house: factories.House,
    provider: OpenIdProvider,
    settings: LazySettings,
    says: dict[str, Any],
) -> None:
    settings.OIDC = _trusting(settings.OIDC, "mfa", "gold")
    a_code_of(house.clinician)
    provider.vouch_for(house.clinician)
    provider.says |= says
    client = Client()

    assert client.get(_sent_back(client, next="/cases/"))["Location"] == "/cases/"
    assert client.get("/cases/").status_code == 200


@pytest.mark.parametrize("says", [{"amr": ["pwd"]}, {"acr": "silver"}, {}])
def test_less_than_what_is_trusted_is_not_enough(
    house: factories.House,
    provider: OpenIdProvider,
    settings: LazySettings,
    says: dict[str, Any],
) -> None:
    settings.OIDC = _trusting(settings.OIDC, "mfa", "gold")
    a_code_of(house.clinician)
    provider.vouch_for(house.clinician)
    provider.says |= says
    client = Client()

    assert client.get(_sent_back(client))["Location"] == "/sign-in/second-step/"


def test_the_log_says_why_and_not_who(
    house: factories.House, provider: OpenIdProvider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.says = {"email": "stranger@people.example", "email_verified": True}

    with caplog.at_level(logging.INFO):
        assert _is_refused(Client())

    written = [JsonFormatter().format(record) for record in caplog.records]
    assert any('"reason": "nobody_invited"' in line for line in written)
    assert "stranger" not in str([vars(record) for record in caplog.records])


def _trusting(found: OidcVariables, *factors: str) -> OidcVariables:
    return dataclasses.replace(found, trusted_factors=frozenset(factors))


def test_behind_a_lock_it_leads_back_to_the_page(
    house: factories.House, provider: OpenIdProvider
) -> None:
    client = browser_of(house.clinician)
    client.get("/cases/")
    with time_machine.travel(NOW + timedelta(minutes=15), tick=False):
        page = words(client.get("/cases/?page=1"))
        provider.vouch_for(house.clinician)
        (then,) = re.findall(r'name="next" value="([^"]*)"', page)
        answer = client.get(_sent_back(client, next=then), follow=True)

    assert "Sign in with Specimen Hospital" in page
    assert answer.redirect_chain == [("/cases/?page=1", 302)]
    assert "Locked" not in words(answer)


def test_behind_a_lock_what_was_typed_is_sent_after_it(
    house: factories.House, provider: OpenIdProvider
) -> None:
    address = f"/cases/{factories.a_case(house).pk}/hazards/report/"
    client = browser_of(house.clinician)
    client.get("/cases/")
    with time_machine.travel(NOW + timedelta(minutes=15), tick=False):
        page = words(client.post(address, MOULD))
        provider.vouch_for(house.clinician)
        beside = client.get(_sent_back(client, next="/sign-in/unlocked/"), follow=True)
        sent = client.post(address, MOULD | {"unlock-came-by": "POST", "unlock-password": ""})

    assert "Sign in with Specimen Hospital (opens in a new tab)" in page
    assert "You are signed in again" in words(beside)
    assert sent.status_code == 302
    assert HazardReport.objects.count() == 1


def test_somebody_else_does_not_open_a_lock(
    house: factories.House, provider: OpenIdProvider
) -> None:
    client = browser_of(house.clinician)
    client.get("/cases/")
    with time_machine.travel(NOW + timedelta(minutes=15), tick=False):
        provider.vouch_for(house.evaluator)
        client.get(_sent_back(client, next="/cases/"))

    assert client.session["_auth_user_id"] == str(house.evaluator.pk)


def test_a_lock_offers_it_to_the_organisations_own_people(
    house: factories.House, provider: OpenIdProvider
) -> None:
    User.objects.filter(pk=house.clinician.pk).update(email="clare@other.example")
    client = browser_of(house.clinician)
    client.get("/cases/")

    with time_machine.travel(NOW + timedelta(minutes=15), tick=False):
        page = words(client.get("/cases/"))

    assert "Locked: enter your password" in page
    assert "Specimen Hospital" not in page
