"""A session in which nobody did anything for a while, and coming back to it."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from letters.cases.models import HazardReport, Patient
from tests import factories
from tests.factories import NOW
from tests.sign_in import browser_of
from tests.web.conftest import words
from tests.web.test_cases import MOULD

pytestmark = pytest.mark.usefixtures("empty_queue")
LOCKED = "Locked: enter your password to go on"
_HAZARD = MOULD | {
    "rooms": ["bedroom", "kitchen"],
    "other_room": "",
    "description": 'Black mould, "wet" to the touch.\r\nOver <two> square metres & more.',
}


@pytest.fixture
def left_alone(clinician: Client) -> Iterator[Client]:
    """The clinician's browser, a quarter of an hour after it was last used."""
    with time_machine.travel(NOW + timedelta(minutes=15), tick=False):
        yield clinician


def _form_on(page: str) -> dict[str, list[str]]:
    """What the page would send back."""
    main = page.partition("<main")[2]
    boxes = re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]*)"[^>]*value="([^"]*)"', main)
    form: dict[str, list[str]] = {}
    for name, value in boxes:
        form.setdefault(name, []).append(html.unescape(value))
    return form


def test_a_session_left_alone_is_locked(left_alone: Client) -> None:
    page = words(left_alone.get("/cases/"))

    assert LOCKED in page
    assert "Your cases" not in page


def test_one_in_use_is_not(clinician: Client) -> None:
    for minutes in (14, 28, 42):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            page = words(clinician.get("/cases/"))

    assert LOCKED not in page


def test_the_password_leads_back_to_the_page(left_alone: Client) -> None:
    form = _form_on(words(left_alone.get("/cases/?page=1")))

    response = left_alone.post(
        "/cases/?page=1", form | {"unlock-password": factories.PASSWORD}, follow=True
    )

    assert response.redirect_chain == [("/cases/?page=1", 302)]
    assert LOCKED not in words(response)


def test_a_wrong_password_does_not(left_alone: Client) -> None:
    form = _form_on(words(left_alone.get("/cases/")))

    page = words(left_alone.post("/cases/", form | {"unlock-password": "wrong"}))

    assert LOCKED in page
    assert "Check your password, and try again" in page
    assert LOCKED in words(left_alone.get("/cases/"))


def test_what_was_typed_arrives(house: factories.House, left_alone: Client) -> None:
    case = factories.a_case(house)
    address = f"/cases/{case.pk}/hazards/report/"

    page = words(left_alone.post(address, _HAZARD))
    none_yet = HazardReport.objects.exists()
    sent = left_alone.post(address, _form_on(page) | {"unlock-password": factories.PASSWORD})

    report = HazardReport.objects.get()
    assert not none_yet
    assert sent.status_code == 302
    assert report.rooms == ["bedroom", "kitchen"]
    assert report.description.splitlines() == str(_HAZARD["description"]).splitlines()


def test_a_wrong_password_loses_nothing(house: factories.House, left_alone: Client) -> None:
    case = factories.a_case(house)
    address = f"/cases/{case.pk}/hazards/report/"

    first = _form_on(words(left_alone.post(address, _HAZARD)))
    second = _form_on(words(left_alone.post(address, first | {"unlock-password": "wrong"})))

    assert second | {"csrfmiddlewaretoken": []} == first | {"csrfmiddlewaretoken": []}
    assert "description" in second
    assert not HazardReport.objects.exists()


def test_a_lock_already_opened_in_another_window_presses_no_button(
    house: factories.House, left_alone: Client
) -> None:
    """The page behind the lock was only to be looked at; its form must not be taken as sent."""
    case = factories.a_case(house)
    address = f"/cases/{case.pk}/close/"
    form = _form_on(words(left_alone.get(address)))
    home = _form_on(words(left_alone.get("/cases/")))
    left_alone.post("/cases/", home | {"unlock-password": factories.PASSWORD})

    response = left_alone.post(address, form | {"unlock-password": factories.PASSWORD})

    assert response["Location"] == address


def test_somebody_else_who_signs_in_there_sends_nothing_of_it(house: factories.House) -> None:
    case = factories.a_case(house)
    address = f"/cases/{case.pk}/hazards/report/"
    browser = browser_of(house.clinician)
    browser.get("/cases/")
    browser.handler.enforce_csrf_checks = True
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    with time_machine.travel(NOW + timedelta(minutes=15), tick=False):
        page = words(browser.post(address, _HAZARD | token))
        browser.force_login(house.reviewer)
        kept = _form_on(page) | {"unlock-password": factories.PASSWORD}
        response = browser.post(address, kept)

    assert LOCKED in page
    assert response.status_code == 403
    assert not HazardReport.objects.exists()


def test_nothing_of_it_is_kept_here(house: factories.House, left_alone: Client) -> None:
    left_alone.post("/patients/register/", {"name": "Maya Sampleton"})

    assert "Maya" not in str(dict(left_alone.session))
    assert not Patient.objects.exists()


def test_files_must_be_put_in_again(house: factories.House, left_alone: Client) -> None:
    case = factories.a_case(house)
    file = SimpleUploadedFile("plan.png", b"invented", content_type="image/png")

    page = words(left_alone.post(f"/cases/{case.pk}/enclosures/add/", {"file": file}))

    assert "The files that you chose are not kept" in page


def test_tries_are_limited_as_those_of_signing_in(left_alone: Client) -> None:
    form = _form_on(words(left_alone.get("/cases/")))
    for _ in range(5):
        left_alone.post("/cases/", form | {"unlock-password": "wrong"})

    page = words(left_alone.post("/cases/", form | {"unlock-password": factories.PASSWORD}))

    assert "There were too many tries" in page
    assert LOCKED in page


def test_a_program_in_the_browser_is_locked_out_too(left_alone: Client) -> None:
    response = left_alone.get("/api/v1/cases/")

    assert response.status_code == 403
    assert response.json()["errors"][0]["code"] == "session_locked"


def test_the_pages_about_signing_in_are_locked_too(left_alone: Client) -> None:
    assert LOCKED in words(left_alone.get("/account/"))
