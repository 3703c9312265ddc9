"""Who may open which address, and what opening it leaves behind."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.access.models import User
from letters.audit.models import AuditEvent
from letters.cases.models import Case, Patient
from letters.web.urls import public
from tests import factories
from tests.web.addresses import addresses_of
from tests.web.conftest import AsPerson, words

PUBLIC = {
    *(
        "sign_in",
        "sign_out",
        "go_to_organisation",
        "come_from_organisation",
        "live",
        "ready",
        "metrics",
        "check",
        "letter_style",
        "letter_look",
        "letter_font",
    ),
    *("notify_callback", "take_mail", "join", "forgotten_password", "choose_password"),
    *("open_letter", "opened_letter", "opened_pdf", "opened_enclosure", "opened_picture"),
    *("answer_letter", "answered_letter"),
    *("open_sending", "send_photographs", "photographs_sent", "decline_sending"),
    *("law", "provision", "what_applies"),
}
_WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@pytest.fixture
def addresses(house: factories.House) -> dict[str, str]:
    return addresses_of(house)


def test_what_is_public_is_listed() -> None:
    assert {pattern.name for pattern in public} == PUBLIC


def test_every_page_is_well_formed_and_writes_nothing_but_who_looked(
    addresses: dict[str, str], house: factories.House, signed_in: AsPerson
) -> None:
    for person in (house.clinician, house.adviser, house.reviewer):
        client = signed_in(person)
        for name, address in addresses.items():
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            written = [q["sql"] for q in queries if _WRITE.match(q["sql"])]
            assert all("letters_auditevent" in sql for sql in written), name
            if response["Content-Type"].startswith("text/html") and response.status_code == 200:
                refuse_unclear(name, words(response))


def test_looking_at_a_case_or_letter_is_written_down(
    addresses: dict[str, str], house: factories.House, adviser: Client
) -> None:
    for name in ("case", "chronology", "letter", "why", "sent_letter"):
        adviser.get(addresses[name])

    looks = AuditEvent.objects.filter(verb="viewed", actor_id=house.adviser.pk)
    assert Counter(looks.values_list("subject_type", flat=True)) == {"Case": 2, "Letter": 3}


def test_nothing_stays_in_the_browser(addresses: dict[str, str], adviser: Client) -> None:
    response = adviser.get(addresses["case"])

    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["case", "chronology"])
def test_no_address_names_anybody(addresses: dict[str, str], adviser: Client, name: str) -> None:
    page = words(adviser.get(addresses[name]))

    links = re.findall(r'(?:href|action)="([^"]*)"', page)
    numbers = [str(each.nhs_number) for each in Patient.objects.all()]
    assert all(len(number) == 10 for number in numbers)
    told = [link for link in links for said in ("Maya", *numbers) if said in link.replace("-", "")]
    assert not told


def test_a_role_without_the_right_is_told_whom_to_ask(
    addresses: dict[str, str], house: factories.House, signed_in: AsPerson
) -> None:
    response = signed_in(house.evaluator).get(addresses["start"])

    assert response.status_code == 403
    assert "Ask a colleague whose role allows it: record case" in words(response)


@pytest.mark.parametrize(
    ("role", "start"),
    [
        ("clinician", "/start/"),
        ("adviser", "/worklist/"),
        ("evaluator", "/summary/"),
        ("reviewer", "/law/review/"),
    ],
)
def test_home_is_where_the_work_begins(
    house: factories.House, signed_in: AsPerson, role: str, start: str
) -> None:
    assert signed_in(getattr(house, role)).get("/")["Location"] == start


def test_somebody_without_a_role_is_told_so(db: None, signed_in: AsPerson) -> None:
    nobody = User.objects.create_user(
        email="new@people.example", password=None, name="New Specimen", job_title=""
    )

    response = signed_in(nobody).get("/")

    assert response.status_code == 403
    assert "You have no role yet" in words(response)


def test_a_page_that_is_not_there_is_in_the_design_system(db: None) -> None:
    response = Client().get("/nothing/")

    assert response.status_code == 404
    assert "Page not found" in words(response)


def test_a_form_from_elsewhere_is_refused_in_the_design_system(
    house: factories.House,
) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/sign-in/", {"username": "a@people.example", "password": "b"})

    assert response.status_code == 403
    assert "Nothing was changed" in words(response)


def refuse_unclear(name: str, page: str) -> None:
    """Ids once each, a label for each box, one main heading, a language and a title."""
    ids = Counter(re.findall(r'\sid="([^"]+)"', page))
    labels = set(re.findall(r'<label[^>]*?\sfor="([^"]+)"', page, re.DOTALL))
    boxes = re.findall(r"<(?:input|select|textarea)\b([^>]*)>", page, re.DOTALL)
    named = [re.search(r'\sid="([^"]+)"', box) for box in boxes if 'type="hidden"' not in box]
    assert [each for each, count in ids.items() if count > 1] == [], name
    assert {match[1] for match in named if match} <= labels, name
    assert '<html lang="en-GB"' in page, name
    assert re.search(r"<title\s*>\s*\S", page), name
    assert "<h1" in page, name


def test_cases_of_two_houses_do_not_mix(house: factories.House, clinician: Client) -> None:
    mine, other = factories.a_case(house), factories.a_case(factories.a_house())

    page = words(clinician.get("/cases/"))

    assert mine.reference in page
    assert other.reference not in page
    assert Case.objects.count() == 2
