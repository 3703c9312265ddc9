"""Somebody signs in with their organisation's own account, and comes back to a locked session."""

import re
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.journeys.pages import Walk
from tests.openid_provider import OpenIdProvider
from tests.sign_in import a_code_of

THERE = "Sign in with Specimen Hospital"


@pytest.fixture
def provider(settings: LazySettings, live_server: LiveServer) -> Iterator[OpenIdProvider]:
    provider = OpenIdProvider()
    settings.OIDC, settings.PUBLIC_URL = provider.set_up_here, live_server.url
    yield provider
    provider.stop()


@pytest.fixture(params=["telephone", "desk", "without scripts"])
def walk_there(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Walk]:
    """In this very process, whose settings a test may change."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="en-GB",
        java_script_enabled=request.param != "without scripts",
        viewport={"width": 1280 if request.param == "desk" else 375, "height": 800},
    )
    yield Walk(context.new_page(), has_scripts=request.param != "without scripts")
    context.close()


def _go_there_and_come_to(walk: Walk, place: str) -> None:
    walk.page.get_by_role("button", name=THERE).click()
    walk.page.wait_for_url(re.compile(f"{re.escape(place)}$"))
    walk.look()


def _signed_in(walk: Walk, house: factories.House, provider: OpenIdProvider) -> None:
    provider.vouch_for(house.clinician)
    code = a_code_of(house.clinician)
    walk.go("/sign-in/?next=/cases/")
    _go_there_and_come_to(walk, "/sign-in/second-step/")
    walk.fill("Code", code)
    walk.press("Sign in")
    assert walk.page.url.endswith("/cases/")


def test_signed_in_locked_and_back(
    walk_there: Walk, house: factories.House, provider: OpenIdProvider
) -> None:
    walk = walk_there
    _signed_in(walk, house, provider)

    walk.leave_alone()
    walk.go("/cases/?page=1")
    assert "Locked" in walk.title
    _go_there_and_come_to(walk, "/cases/?page=1")

    assert "Locked" not in walk.title


def test_what_was_typed_waits_beside(
    walk_there: Walk, house: factories.House, provider: OpenIdProvider
) -> None:
    walk, case = walk_there, factories.a_full_case(house, at=timezone.now())
    _signed_in(walk, house, provider)
    walk.go(f"/cases/{case.pk}/calls/note/")
    walk.leave_alone()
    walk.page.get_by_role("button").last.click()
    walk.look()
    assert "Locked" in walk.title

    with walk.page.context.expect_page() as opened:
        walk.page.get_by_role("button", name=THERE).click()
    opened.value.wait_for_url(re.compile("/sign-in/unlocked/$"))
    Walk(opened.value, has_scripts=walk.has_scripts).look()
    opened.value.close()
    walk.press("Go on")

    assert "There is a problem" in walk.words  # the form was sent, empty as it was


def test_who_is_not_let_in_is_told_whom_to_ask(
    walk_there: Walk, house: factories.House, provider: OpenIdProvider
) -> None:
    provider.says = {"email": "stranger@people.example", "email_verified": True}
    walk_there.go("/sign-in/")

    walk_there.page.get_by_role("button", name=THERE).click()
    walk_there.page.wait_for_url(re.compile(r"/back/\?"))
    walk_there.look()

    assert "ask an administrator of your partnership" in walk_there.words
