"""Pages as they are when nothing is there yet, when a form was sent empty, and when somebody may
not see them: each shuts nobody out either."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route

from letters.access.models import User
from letters.access.roles import Role
from letters.web.account_urls import urlpatterns as account_patterns
from letters.web.urls import urlpatterns as page_patterns
from tests import factories
from tests.journeys.pages import Walk
from tests.journeys.screens import Screens
from tests.sign_in import browser_of
from tests.web.addresses import addresses_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
ERRORS = "nhsuk-error-summary"
SIGNING_OUT = {"/sign-in/", "/sign-out/"}


@pytest.fixture
def screens(browser: Browser, web_server: str) -> Screens:
    return Screens(browser, web_server, folder="")


def _person(house: factories.House, role: Role) -> User:
    team = house.clinic if role in (Role.CLINICIAN, Role.ADMINISTRATOR) else house.agency
    return factories.a_member(team, role, f"Sam {role.label}")


def _is_page(answer: Any) -> bool:  # as Django's client has it
    return str(answer.get("Content-Type", "")).startswith("text/html")


def _faults_of(page: Page, address: str, answer: Any) -> list[str]:
    """What is wrong with what was answered, as the browser shows it at that address."""

    def show(route: Route) -> None:
        route.fulfill(status=answer.status_code, headers=dict(answer.items()), body=answer.content)

    page.route(f"**{address}", show)
    page.goto(address)
    page.unroute(f"**{address}")
    return Walk(page).faults()


def _sent_empty(client: Client, addresses: Mapping[str, str]) -> Iterator[tuple[str, str, Any]]:
    """By name and address, the pages that say what is missing; nothing that was sent stays."""
    signed_in = client.cookies.output(header="", sep=";")
    for name, address in addresses.items():
        client.cookies = SimpleCookie(signed_in)  # as before: one of the forms signs out
        with transaction.atomic():
            answer = client.post(address)
            transaction.set_rollback(True)
        if _is_page(answer) and ERRORS in answer.content.decode():
            yield name, address, answer


@pytest.mark.no_cover
@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.ADVISER, Role.ADMINISTRATOR])
def test_a_form_sent_empty_shuts_nobody_out(
    house_unsigned: factories.House, screens: Screens, role: Role
) -> None:
    at = timezone.now()
    factories.law_signed(house_unsigned, at=at - timedelta(days=21))
    addresses = addresses_of(house_unsigned, at=at)
    client = browser_of(_person(house_unsigned, role))
    found = list(_sent_empty(client, addresses))
    with screens.opened(client) as page:
        faults = {name: _faults_of(page, address, answer) for name, address, answer in found}

    assert len(faults) > 5
    assert {name: each for name, each in faults.items() if each} == {}


@pytest.mark.no_cover
@pytest.mark.parametrize("role", Role)
def test_where_nothing_is_yet_and_where_nobody_may_go(
    house_unsigned: factories.House, screens: Screens, role: Role
) -> None:
    routes = (str(each.pattern) for each in (*page_patterns, *account_patterns))
    addresses = sorted({f"/{route}" for route in routes if "<" not in route} - SIGNING_OUT)
    client = browser_of(_person(house_unsigned, role))
    faults = {}
    with screens.opened(client) as page:
        for address in addresses:
            answer = client.get(address)
            if _is_page(answer) and answer.status_code in (200, 403):
                faults[address] = _faults_of(page, address, answer)

    assert len(faults) > 5
    assert {address: each for address, each in faults.items() if each} == {}
