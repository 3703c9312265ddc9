"""The second step of signing in, and whoever must have one."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import URLPattern

from letters.access import actions as access
from letters.access.models import User
from letters.access.roles import Role
from letters.audit.models import AuditEvent
from letters.web.account_urls import urlpatterns
from tests import factories
from tests.factories import NOW
from tests.sign_in import SECRET, a_code_of, browser_of, with_app
from tests.web.conftest import words
from tests.web.test_urls import refuse_unclear

pytestmark = pytest.mark.usefixtures("empty_queue")
_PUBLIC = {"account_login", "account_logout", "mfa_authenticate"}


def _code(secret: str) -> str:
    """What an app shows at the moment at which the tests' clock stands."""
    return str(format_hotp_value(hotp_value(secret, int(NOW.timestamp()) // 30)))


def _signing_in(user: User, password: str = factories.PASSWORD) -> Client:
    """The password given, and nothing more."""
    client = Client()
    client.post("/sign-in/", {"username": user.email, "password": password})
    return client


def _secret_shown(page: str) -> str:
    (shown,) = re.findall(r'class="app-code">([A-Z2-7 ]+)<', page)
    return str(shown).replace(" ", "")


def test_who_sees_patients_is_led_to_set_up_a_second_step(house: factories.House) -> None:
    administrator = factories.an_administrator(house)
    case = factories.a_case(house)

    for person in (house.clinician, house.adviser, administrator):
        client = _signing_in(person)
        for address in ("/", "/cases/", f"/cases/{case.pk}/", "/summary/", "/house-styles/"):
            assert client.get(address)["Location"] == "/account/"
            assert client.post(address)["Location"] == "/account/"
        assert "a password alone is not enough" in words(client.get("/account/"))


def test_who_sees_no_patients_needs_none(house: factories.House) -> None:
    assert _signing_in(house.evaluator).get("/")["Location"] == "/summary/"
    assert _signing_in(house.reviewer).get("/")["Location"] == "/law/review/"


def test_a_demonstration_needs_none(db: None) -> None:
    house = factories.a_house(is_demonstration=True)

    assert _signing_in(house.clinician).get("/")["Location"] == "/start/"


def test_who_is_in_a_demonstration_and_a_real_partnership_needs_one(db: None) -> None:
    house, real = factories.a_house(is_demonstration=True), factories.a_house()
    access.add_member(team=real.agency, user=house.adviser, role=Role.EVALUATOR, by=None)

    assert _signing_in(house.adviser).get("/")["Location"] == "/account/"


def test_a_program_gets_nothing_with_a_password_alone(house: factories.House) -> None:
    response = _signing_in(house.clinician).get("/api/v1/cases/")

    assert response.status_code == 403
    assert response.json()["errors"][0]["code"] == "second_factor_missing"


def test_with_an_app_they_can_go_on(house: factories.House) -> None:
    client = _signing_in(house.clinician)
    page = words(client.get("/account/app/add/"))

    wrong = words(client.post("/account/app/add/", {"code": "000000"}))
    added = client.post("/account/app/add/", {"code": _code(_secret_shown(page))})

    assert 'src="data:image/svg+xml;base64,' in page
    assert "Check the code, and try again" in wrong
    assert _secret_shown(wrong) == _secret_shown(page)
    assert added["Location"] == "/account/recovery-codes/"
    assert client.get("/start/").status_code == 200
    assert AuditEvent.objects.filter(
        verb="add_second_factor", actor_id=house.clinician.pk, details={"kind": "totp"}
    ).exists()


def test_another_session_is_not_let_in_by_it(house: factories.House) -> None:
    """Somebody who knows the password, and waits for the person to set up their app."""
    waiting = _signing_in(house.clinician)

    with_app(house.clinician)

    assert waiting.get("/start/")["Location"] == "/account/"


def test_recovery_codes_are_shown_once(house: factories.House) -> None:
    with_app(house.clinician)
    client = browser_of(house.clinician)

    first = words(client.get("/account/recovery-codes/"))
    second = words(client.get("/account/recovery-codes/"))

    codes = re.findall(r'<li class="app-code">(\d{8})</li>', first)
    assert len(codes) == 10
    assert not any(code in second for code in codes)


def test_new_recovery_codes_end_the_old(house: factories.House) -> None:
    with_app(house.clinician)
    old = a_code_of(house.clinician)

    browser_of(house.clinician).post("/account/recovery-codes/new/")

    client = _signing_in(house.clinician)
    assert "Check the code" in words(client.post("/sign-in/second-step/", {"code": old}))
    new = client.post("/sign-in/second-step/", {"code": a_code_of(house.clinician)})
    assert new["Location"] == "/"
    assert client.get("/start/").status_code == 200


def test_the_second_step_stands_before_everything(house: factories.House) -> None:
    with_app(house.clinician)
    client = Client()
    given = {"username": house.clinician.email, "password": factories.PASSWORD}

    response = client.post("/sign-in/?next=/cases/", given)

    assert response["Location"] == "/sign-in/second-step/"
    assert client.get("/start/")["Location"].startswith("/sign-in/")
    code = {"code": _code(SECRET)}
    assert client.post("/sign-in/second-step/", code)["Location"] == "/cases/"
    assert client.get("/cases/").status_code == 200


def test_a_code_lets_in_once(house: factories.House) -> None:
    with_app(house.clinician)
    code = {"code": _code(SECRET)}

    first = _signing_in(house.clinician).post("/sign-in/second-step/", code)
    second = _signing_in(house.clinician).post("/sign-in/second-step/", code)

    assert first["Location"] == "/"
    assert "Check the code" in words(second)


def test_codes_cannot_be_guessed_for_long(house: factories.House) -> None:
    with_app(house.clinician)
    client = _signing_in(house.clinician)

    for _ in range(5):
        client.post("/sign-in/second-step/", {"code": "000000"})
    response = client.post("/sign-in/second-step/", {"code": _code(SECRET)})

    assert "There were too many tries" in words(response)


def test_secrets_are_not_in_the_database(house: factories.House) -> None:
    client = _signing_in(house.clinician)
    secret = _secret_shown(words(client.get("/account/app/add/")))

    pending = str(dict(client.session))
    client.post("/account/app/add/", {"code": _code(secret)})

    assert secret not in pending
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert Authenticator.objects.get(type="totp").wrap().validate_code(_code(secret))


def test_the_last_one_of_who_must_have_one_stays(house: factories.House) -> None:
    with_app(house.clinician)
    client = browser_of(house.clinician)

    response = client.post("/account/app/remove/")

    assert "Add another way first" in words(response)
    assert Authenticator.objects.filter(user=house.clinician, type="totp").exists()


def test_who_need_not_have_one_can_remove_it(house: factories.House) -> None:
    with_app(house.evaluator)

    response = browser_of(house.evaluator).post("/account/app/remove/")

    assert response["Location"] == "/account/"
    assert not Authenticator.objects.filter(user=house.evaluator).exists()


def test_changing_it_asks_for_the_password_again(house: factories.House) -> None:
    client = browser_of(house.evaluator)

    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        asked = client.get("/account/app/add/")
        wrong = client.post(asked["Location"], {"password": "wrong"})
        right = client.post(asked["Location"], {"password": factories.PASSWORD})
        then = client.get(right["Location"])

    assert asked["Location"] == "/account/password/confirm/?next=%2Faccount%2Fapp%2Fadd%2F"
    assert "Check your password, and try again" in words(wrong)
    assert right["Location"] == "/account/app/add/"
    assert then.status_code == 200


def test_every_address_of_signing_in_is_a_page(house: factories.House) -> None:
    with_app(house.evaluator)
    halfway = _signing_in(house.evaluator)
    client = browser_of(house.evaluator)

    for pattern in urlpatterns:
        address = _filled(pattern)
        response = (halfway if pattern.name == "mfa_authenticate" else client).get(address)
        if response.status_code == 200:
            refuse_unclear(str(pattern.name), words(response))
            assert "no-store" in response["Cache-Control"], pattern.name
        if pattern.name not in _PUBLIC:
            assert Client().get(address)["Location"].startswith("/sign-in/"), pattern.name


def _filled(pattern: URLPattern) -> str:
    return "/" + str(pattern.pattern).replace("<int:pk>", "1")
