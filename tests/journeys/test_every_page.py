"""Each page that somebody may open, on a telephone: it fits and passes axe.

`HJP_PICTURES=docs/screens ./hjp test tests/journeys/test_every_page.py` draws them all anew, and
writes the page that shows them.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from letters.access.models import User
from letters.access.roles import Role
from tests import factories
from tests.journeys.pages import Walk
from tests.journeys.screens import Screens
from tests.sign_in import browser_of
from tests.web.addresses import addresses_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
# What this one case has nothing to show at; where else it is looked at.
ELSEWHERE = {
    # The page of a landlord's link: tests/journeys/test_landlord.py
    *("open_letter", "opened_letter", "opened_pdf", "opened_enclosure", "opened_picture"),
    *("answer_letter", "answered_letter"),
    # An invitation's link, and that to a new password: tests/journeys/test_signing_in.py
    *("join", "choose_password"),
    # Several homes of one landlord, and this house has one: tests/journeys/test_landlords.py
    *("cluster", "portfolio_text"),
    # A letter with one before it: tests/web/test_comparing.py
    "compare_letter",
    # The page of a patient's link: tests/journeys/test_sending_in.py
    *("open_sending", "send_photographs", "photographs_sent", "decline_sending"),
    # Files, which were not made here: tests/web/test_letters.py, test_evidence.py, test_bundling.py
    *("letter_file", "letter_and_enclosures", "letter_picture", "bundle_volume", "word_shell"),
    *("attachment_file", "batch_pages"),
    # There where it is set up: tests/journeys/test_organisation.py
    *("go_to_organisation", "come_from_organisation"),
    # Asked for in other ways: tests/web/test_watching.py, test_callbacks.py, test_incoming.py
    *("metrics", "sign_out", "notify_callback", "take_mail"),
    # A message that nobody could place, and a dispatch in trouble: tests/journeys/test_incoming.py,
    # test_operations.py
    *("take_message", "settle_trouble"),
}


@pytest.fixture
def people(house_unsigned: factories.House) -> dict[Role, User]:
    """Who opens pages, in this order: a page is looked at as the first who may open it."""
    house = house_unsigned
    return {
        Role.CLINICIAN: house.clinician,
        Role.ADVISER: house.adviser,
        Role.EVALUATOR: house.evaluator,
        Role.LEGAL_REVIEWER: house.reviewer,
        Role.ADMINISTRATOR: factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Specimen"),
    }


def test_every_page_fits_a_telephone_and_shuts_nobody_out(
    house_unsigned: factories.House, people: dict[Role, User], browser: Browser, web_server: str
) -> None:
    at = timezone.now()
    factories.law_signed(house_unsigned, at=at - timedelta(days=21))
    faults: dict[str, list[str]] = {}
    left, screens = addresses_of(house_unsigned, at=at), Screens(browser, web_server)
    for role, person in people.items():
        client = browser_of(person)
        answers = {name: client.get(address) for name, address in left.items()}
        with screens.opened(client) as page:
            for name, answer in answers.items():
                if answer.status_code == 200 and is_html(answer["Content-Type"]):
                    page.goto(left[name])
                    if found := Walk(page).faults():
                        faults[name] = found
                    screens.keep(page, role, name)
        left = {name: left[name] for name, answer in answers.items() if answer.status_code >= 400}
    screens.keep_gallery()

    assert faults == {}
    assert set(left) == ELSEWHERE, "open these here, or say where else they are looked at"


def is_html(kind: str) -> bool:
    return kind.startswith("text/html")
