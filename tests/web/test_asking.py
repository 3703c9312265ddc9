"""The pages on which a patient is asked for photographs, and on which they are sent."""

import html
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.audit.models import AuditEvent
from letters.cases.models import Case
from letters.drafting.vocabulary import ContactWay
from letters.evidence import actions as evidence
from letters.evidence.models import Photograph
from letters.incoming.asking.models import PhotographRequest, SentPhotograph, SentPhotographStatus
from letters.incoming.asking.queries import url_of
from letters.web.attempts import MOST_A_MINUTE
from tests import factories
from tests.factories import NOW
from tests.rendering import picture_samples as samples
from tests.web.conftest import AsPerson, words

BORN = {"date_of_birth-day": "4", "date_of_birth-month": "3", "date_of_birth-year": "2019"}
GIVEN = {"way": "email", "email": "patient@home.example", "is_theirs": "on"}


@pytest.fixture(autouse=True)
def _nobody_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_full_case(house)


@pytest.fixture
def asked(house: factories.House, case: Case) -> PhotographRequest:
    return factories.a_photograph_request(house, case)


@pytest.fixture
def address(asked: PhotographRequest) -> str:
    return url_of(asked).removeprefix("http://testserver")


@pytest.fixture
def patient(address: str) -> Client:
    """Has shown that the link is theirs."""
    client = Client()
    assert client.post(address, BORN)["Location"] == f"{address}photographs/"
    return client


def send(patient: Client, address: str, *files: bytes, shows: str = "") -> Any:
    given = {
        "photographs": [SimpleUploadedFile("IMG_1.HEIC", each) for each in files],
        "shows": shows,
    }
    return patient.post(f"{address}photographs/", given)


def text(response: object) -> str:
    return html.unescape(words(response))


# asking


def test_a_link_is_asked_for_and_the_page_says_where_it_goes(clinician: Client, case: Case) -> None:
    response = clinician.post(f"/cases/{case.pk}/photographs/ask/", GIVEN, follow=True)

    page = text(response)
    assert "patient@home.example" in page
    assert "Waits to be sent" in page
    assert AuditEvent.objects.filter(verb="confirm_patient", subject_id=case.pk).exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (GIVEN | {"way": ""}, "Choose how the link should go"),
        (GIVEN | {"email": ""}, "Enter where the link goes to"),
        (GIVEN | {"email": "patient at home"}, "Enter an e-mail address in the correct format"),
        ({**GIVEN, "is_theirs": ""}, "Check the name and date of birth"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    clinician: Client, case: Case, given: dict[str, str], says: str
) -> None:
    page = text(clinician.post(f"/cases/{case.pk}/photographs/ask/", given))

    assert says in page
    assert not PhotographRequest.objects.exists()


def test_the_page_says_what_to_do_where_nobody_may_write(
    house: factories.House, clinician: Client, case: Case
) -> None:
    factories.safety(house, case, contact=ContactWay.TELEPHONE)
    address = f"/cases/{case.pk}/photographs/ask/"

    page, answer = text(clinician.get(address)), text(clinician.post(address, GIVEN))

    assert "Telephone the patient and ask" in page
    assert "Telephone the patient and ask" in answer
    assert not PhotographRequest.objects.exists()


def test_another_teams_case_is_not_found(signed_in: AsPerson, asked: PhotographRequest) -> None:
    stranger = signed_in(factories.a_house().clinician)

    ask = stranger.post(f"/cases/{asked.case_id}/photographs/ask/", GIVEN)
    end = stranger.post(f"/photograph-requests/{asked.pk}/end/")

    assert (ask.status_code, end.status_code) == (404, 404)
    asked.refresh_from_db()
    assert asked.ended_at is None


def test_the_page_of_the_evidence_says_what_came(
    clinician: Client, asked: PhotographRequest, patient: Client, address: str
) -> None:
    send(patient, address, samples.jpeg(), samples.png())

    page = text(clinician.get(f"/cases/{asked.case_id}/evidence/"))

    assert "2 photographs came, 0 of them are with the photographs above" in page
    assert "Held until it has been looked through" in page


def test_a_link_that_is_ended_takes_nothing(
    clinician: Client, asked: PhotographRequest, patient: Client, address: str
) -> None:
    clinician.post(f"/photograph-requests/{asked.pk}/end/")

    response = send(patient, address, samples.jpeg())

    assert response.status_code == 410
    assert "020 7946 0101" in text(response)
    assert not SentPhotograph.objects.exists()


def test_what_the_patient_says_is_offered_and_not_taken(
    house: factories.House, clinician: Client, asked: PhotographRequest
) -> None:
    photograph = evidence.add_from_patient(case=asked.case, data=samples.jpeg(), at=NOW)
    SentPhotograph.objects.create(
        request=asked,
        data=b"",
        sha256=photograph.original_digest,
        shows="Bedroom wall",
        sent_at=NOW,
        status=SentPhotographStatus.KEPT,
        photograph=photograph,
    )

    page = text(clinician.get(f"/cases/{asked.case_id}/photographs/describe/"))

    assert 'value="Bedroom wall"' in page
    assert "The patient wrote this" in page
    assert not Photograph.objects.get().is_described


# sending


def test_looking_at_the_page_does_nothing(address: str) -> None:
    """Programs that look through messages follow every link, some with HEAD."""
    with CaptureQueriesContext(connection) as queries:
        pages = [Client().get(address), Client().head(address), Client().get(f"{address}decline/")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_no_page_of_the_link_tells_of_the_case(patient: Client, address: str) -> None:
    send(patient, address, samples.jpeg(), shows="Bedroom")
    paths = ("", "photographs/", "thanks/", "decline/")

    pages = [text(patient.get(address + path)).partition("<main")[2] for path in paths]

    assert all(pages)
    for word in ("Maya", "Sampleton", "Sample Court", "asthma", "ZZ99", "Bedroom", "<img", "2019-"):
        assert not [page for page in pages if word in page], word


def test_nothing_is_taken_before_the_date_of_birth(address: str) -> None:
    response = send(Client(), address, samples.jpeg())

    assert response["Location"] == address
    assert not SentPhotograph.objects.exists()


def test_one_link_does_not_open_another(
    house: factories.House, patient: Client, address: str
) -> None:
    other = factories.a_photograph_request(house, factories.a_full_case(house))
    cookie = patient.cookies["opened_sending"].value
    stranger = Client(headers={"Cookie": f"opened_sending={cookie}"})
    theirs = url_of(other).removeprefix("http://testserver")

    assert send(stranger, theirs, samples.jpeg())["Location"] == theirs
    assert not SentPhotograph.objects.exists()


def test_wrong_dates_of_birth_shut_the_page(address: str) -> None:
    wrong = BORN | {"date_of_birth-day": "5"}

    answers = [Client().post(address, wrong).status_code for _ in range(5)]

    assert answers == [200] * 4 + [429]
    assert Client().post(address, BORN).status_code == 429


def test_one_address_cannot_go_on_asking(address: str) -> None:
    incomplete = {"date_of_birth-day": "5"}

    answers = [Client().post(address, incomplete).status_code for _ in range(MOST_A_MINUTE + 1)]

    assert answers[-2:] == [200, 429]


def test_several_are_sent_at_once_and_counted(patient: Client, address: str) -> None:
    response = send(patient, address, samples.heic(), samples.jpeg(), samples.png(), shows="Wall")

    assert "3 photographs are with us" in text(patient.get(response["Location"]))
    assert {each.shows for each in SentPhotograph.objects.all()} == {"Wall"}


def test_those_that_can_be_used_are_taken_and_of_the_others_it_is_said_why(
    patient: Client, address: str
) -> None:
    page = text(send(patient, address, samples.jpeg(), b"MZ a program", shows="Wall"))

    assert "File 2 of 2 was not sent. Choose a picture" in page
    assert "The other photograph was sent" in page
    assert 'value="Wall"' in page
    assert SentPhotograph.objects.count() == 1


def test_nothing_chosen_is_said_at_the_field(patient: Client, address: str) -> None:
    page = text(patient.post(f"{address}photographs/", {"shows": "Wall"}))

    assert "Choose or take at least one photograph" in page
    assert 'value="Wall"' in page


def test_who_does_not_want_to_ends_the_link(
    clinician: Client, asked: PhotographRequest, address: str
) -> None:
    stranger = Client()

    response = stranger.post(f"{address}decline/", follow=True)

    assert response.status_code == 410
    assert "by whoever had the link" in text(clinician.get(f"/cases/{asked.case_id}/evidence/"))


def test_a_token_that_is_not_ours_is_not_found(db: None) -> None:
    assert Client().get(f"/send/{'0' * 40}/").status_code == 404


def test_nothing_of_it_stays_in_the_browser(address: str) -> None:
    response = Client().get(address)

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_the_page_after_signing_offers_a_link(
    house: factories.House, clinician: Client, sent_letter: Any
) -> None:
    page = text(clinician.get(f"/letters/{sent_letter.pk}/sent/"))

    assert f"/cases/{sent_letter.case_id}/photographs/ask/" in page
