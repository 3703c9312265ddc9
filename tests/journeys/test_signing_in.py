"""Somebody is invited, joins, sets up a second step, is locked out of a session that they left, and
comes back to it."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone
from playwright.sync_api import Browser

from letters.access import invitations, passwords
from letters.access.models import Invitation, User
from letters.cases.models import HazardReport
from tests import factories
from tests.journeys.pages import Walk
from tests.sign_in import with_app

PASSWORD = "three words unlike others"  # noqa: S105 - opens nothing


def _code_now(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30)))


def _invite(walk: Walk) -> Invitation:
    walk.go("/people/")
    walk.press("Invite somebody")
    walk.fill("E-mail address", "noor.placeholder@people.example")
    walk.fill("Name", "Dr Noor Placeholder")
    walk.fill("Job title", "registrar")
    walk.page.get_by_role("group", name="Team", exact=True).get_by_role("radio").first.check()
    walk.choose("Role", "Clinician")
    walk.press("Invite")
    return Invitation.objects.get()


def _join(walk: Walk, invitation: Invitation) -> None:
    walk.go(invitations.url_of(invitation).removeprefix("http://testserver"))
    walk.fill("Password", PASSWORD)
    walk.fill("The same password again", PASSWORD)
    walk.press("Join")
    walk.fill("E-mail address", "noor.placeholder@people.example")
    walk.fill("Password", PASSWORD)
    walk.press("Sign in")


def _add_app(walk: Walk) -> None:
    walk.follow("Add an authenticator app")
    secret = walk.page.locator(".app-code").inner_text().replace(" ", "")
    walk.fill("Code", _code_now(secret))
    walk.press("Add the app")


def _invited_and_joined(walk: Walk, house: factories.House) -> None:
    walk.sign_in(factories.an_administrator(house))
    invitation = _invite(walk)
    walk.go("/people/")
    walk.press("Sign out")
    _join(walk, invitation)
    assert "a password alone is not enough" in walk.words
    _add_app(walk)
    assert len(re.findall(r"\b\d{8}\b", walk.words)) == 10
    walk.press("I have written them down")
    walk.go("/account/")
    assert "10 left" in walk.words


def test_invited_joined_and_a_second_step_set_up(walk: Walk, house: factories.House) -> None:
    _invited_and_joined(walk, house)


def test_the_same_on_a_telephone(narrow_walk: Walk, house: factories.House) -> None:
    _invited_and_joined(narrow_walk, house)


def test_a_password_is_forgotten_and_chosen_anew(narrow_walk: Walk, house: factories.House) -> None:
    walk, user = narrow_walk, house.clinician
    walk.go("/sign-in/")
    walk.follow("I have forgotten my password")
    walk.fill("E-mail address", user.email)
    walk.press("Send me the link")
    assert "a link is on its way" in walk.words
    walk.go(passwords.url_for(user).removeprefix("http://testserver"))
    walk.fill("Password", PASSWORD)
    walk.fill("The same password again", PASSWORD)
    walk.press("Change my password")
    walk.fill("E-mail address", user.email)
    walk.fill("Password", PASSWORD)
    walk.press("Sign in")
    assert "a password alone is not enough" in walk.words


def _locked_and_back(walk: Walk, house: factories.House) -> None:
    case = factories.a_full_case(house, at=timezone.now())
    reports = HazardReport.objects.count()
    walk.sign_in(house.clinician)
    walk.go(f"/cases/{case.pk}/calls/note/")
    asked = walk.page.url
    walk.leave_alone()
    walk.page.get_by_role("button").last.click()
    walk.look()
    assert "Nobody did anything here for a while" in walk.words
    walk.fill("Password", factories.PASSWORD)
    walk.press("Go on")
    assert walk.page.url == asked
    assert "There is a problem" in walk.words  # the form was sent, empty as it was
    assert HazardReport.objects.count() == reports


def test_a_session_left_alone_is_locked(walk: Walk, house: factories.House) -> None:
    _locked_and_back(walk, house)


def test_the_same_without_scripts(walk_without_scripts: Walk, house: factories.House) -> None:
    _locked_and_back(walk_without_scripts, house)


@pytest.fixture
def with_passkeys(browser: Browser, web_server: str) -> Walk:
    """A browser with a key plugged in; passkeys need a name for the place, not a number."""
    context = browser.new_context(
        base_url=web_server.replace("127.0.0.1", "localhost"), locale="en-GB"
    )
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    return Walk(page)


def _with_the_first_step(walk: Walk, user: User) -> None:
    walk.go("/sign-in/")
    walk.fill("E-mail address", user.email)
    walk.fill("Password", factories.PASSWORD)
    walk.press("Sign in")


def test_a_passkey_is_added_used_and_removed(with_passkeys: Walk, house: factories.House) -> None:
    walk = with_passkeys
    _with_the_first_step(walk, house.clinician)
    walk.follow("Add a passkey")
    walk.fill("What you call it", "Key on my ring")
    walk.page.get_by_role("button", name="Add a passkey").click()
    walk.page.wait_for_url("**/account/recovery-codes/")
    walk.look()

    walk.press("Sign out")
    _with_the_first_step(walk, house.clinician)
    walk.page.get_by_role("button", name="Use a passkey").click()
    walk.page.wait_for_url("**/start/")
    walk.go("/account/")
    assert "Key on my ring" in walk.words

    walk.follow("Remove")
    assert "Add another way first" in walk.words
    with_app(house.clinician)
    walk.go(walk.page.url)
    walk.press("Remove the passkey")
    assert "Key on my ring" not in walk.words
