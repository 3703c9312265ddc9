"""The page on which a landlord without an account opens a letter and answers it."""

import html
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.delivery import actions as delivery
from letters.delivery.links import actions as links
from letters.delivery.links.models import LetterLink, LinkVisit
from letters.delivery.links.queries import url_of
from letters.delivery.models import Channel, Receipt
from letters.drafting.vocabulary import DataItem
from letters.evidence import actions as evidence
from letters.incoming.models import Message, MessageLink, MessageSource
from letters.issuing import actions as issuing
from letters.issuing.files import make_files
from letters.issuing.models import Letter
from letters.outcomes.models import Response
from letters.tracking.models import Commitment
from tests import factories
from tests.factories import NOW
from tests.rendering.picture_samples import jpeg, quarters
from tests.web.conftest import words

POSTCODE = "ZZ99 3CZ"
ANSWER = {"told_in": "one", "said": ["acknowledge"], "name": "Sam Sampleton, repairs"}


@pytest.fixture(autouse=True)
def _nobody_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def link(house: factories.House) -> LetterLink:
    return _link_to(factories.an_approved_letter(house), house)


def _link_to(letter: Letter, house: factories.House) -> LetterLink:
    dispatch = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW
    )
    links.link_url_for(dispatch, at=NOW)
    return LetterLink.objects.get(dispatch=dispatch)


@pytest.fixture
def enclosing(house: factories.House) -> LetterLink:
    """To a letter whose files are made, with a document enclosed."""
    draft = factories.a_draft(house, factories.a_full_case(house))
    added = evidence.add_enclosure(
        case=draft.case,
        name="Inspection report",
        tells=(DataItem.HOUSING_CONDITIONS,),
        data=jpeg(quarters((400, 300))),
        by=house.clinician,
        at=NOW,
    )
    chosen = issuing.choose_evidence(
        letter=draft, photographs=(), enclosures=(added,), by=house.clinician, at=NOW
    )
    letter = factories.signed(chosen, by=house.clinician)
    make_files(letter_id=letter.pk, at=NOW)
    return _link_to(letter, house)


@pytest.fixture
def address(link: LetterLink) -> str:
    return _address(link)


def _address(link: LetterLink) -> str:
    return url_of(link).removeprefix("http://testserver")


@pytest.fixture
def landlord(link: LetterLink) -> Client:
    """Has opened the letter."""
    return _opened_by_landlord(link)


def _opened_by_landlord(link: LetterLink) -> Client:
    client = Client()
    response = client.post(_address(link), _known(link))
    assert response["Location"] == f"{_address(link)}read/"
    return client


def _known(link: LetterLink) -> dict[str, str]:
    return {"reference": link.dispatch.letter.case.reference, "postcode": POSTCODE}


def _text(response: object) -> str:
    return html.unescape(words(response))


def test_looking_at_the_page_does_nothing(address: str) -> None:
    """Programs that look through mail follow every link, some with HEAD."""
    with CaptureQueriesContext(connection) as queries:
        pages = [Client().get(address), Client().head(address)]

    assert [page.status_code for page in pages] == [200, 200]
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert not LinkVisit.objects.exists()


def test_before_it_is_opened_the_page_names_nobody(address: str) -> None:
    told = _text(Client().get(address)).partition("<main")[2]

    for word in ("Sampleton", "Maya", "Sample Court", "asthma", "ould", "ZZ99 3CZ,", "Exampleton"):
        assert word not in told.replace("like ZZ99 3CZ", "")


def test_a_landlord_reads_the_letter(landlord: Client, address: str) -> None:
    page = _text(landlord.get(f"{address}read/"))

    assert "Leila Sampleton" in page
    assert "holds what you enter here" in page
    assert Receipt.objects.get().says == "opened"


def test_a_landlord_downloads_the_letter_and_what_it_encloses(enclosing: LetterLink) -> None:
    landlord, address = _opened_by_landlord(enclosing), _address(enclosing)

    files = [landlord.get(f"{address}{name}") for name in ("letter.pdf", "enclosures/1.pdf")]

    assert "Download enclosure 1: Inspection report" in _text(landlord.get(f"{address}read/"))
    for file in files:
        assert file.content.startswith(b"%PDF")
        assert file["Content-Disposition"].startswith("attachment")
        assert "no-store" in file["Cache-Control"]
    assert LinkVisit.objects.filter(outcome="downloaded").count() == 2
    for name in ("enclosures/2.pdf", "enclosures/0.pdf", f"pictures/{'0' * 64}/"):
        assert landlord.get(f"{address}{name}").status_code == 404


_INSIDE = ("read/", "letter.pdf", "enclosures/1.pdf", "answer/", "answered/")


def test_who_has_not_opened_it_sees_nothing_of_it(address: str) -> None:
    for name in _INSIDE:
        assert Client().get(f"{address}{name}")["Location"] == address


def test_after_half_an_hour_it_asks_again(landlord: Client, address: str) -> None:
    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        for name in _INSIDE:
            assert landlord.get(f"{address}{name}")["Location"] == address


def test_one_letter_opens_no_other(landlord: Client, house: factories.House) -> None:
    url = _address(_link_to(factories.an_approved_letter(house), house))
    cookie = landlord.cookies["opened_letter"].value
    stranger = Client(headers={"Cookie": f"opened_letter={cookie}"})

    assert stranger.get(f"{url}read/")["Location"] == url


def test_a_new_link_shuts_out_who_was_in(
    landlord: Client, link: LetterLink, address: str, house: factories.House
) -> None:
    links.renew_link(dispatch=link.dispatch, by=house.adviser, at=NOW)

    response = landlord.get(f"{address}read/")

    assert response.status_code == 410
    assert "020 7946 0101" in _text(response)


def test_a_withdrawn_letter_says_so(
    landlord: Client, link: LetterLink, address: str, house: factories.House
) -> None:
    issuing.withdraw_letter(letter=link.dispatch.letter, by=house.clinician, at=NOW)

    for client in (landlord, Client()):
        page = _text(client.get(address))
        assert "It was withdrawn" in page
        assert "020 7946 0101" in page


def test_a_wrong_try_does_not_say_what_is_wrong(link: LetterLink, address: str) -> None:
    tries = [{"postcode": "ZZ99 3CY"}, {"reference": "AAAA-AAAA"}]

    pages = [_text(Client().post(address, _known(link) | wrong)) for wrong in tries]

    assert all("Check both: they do not fit this letter" in page for page in pages)


def test_guessing_is_put_off(link: LetterLink, address: str) -> None:
    wrong = _known(link) | {"postcode": "ZZ99 3CY"}
    answers = [Client().post(address, wrong).status_code for _ in range(5)]

    assert answers == [200] * 4 + [429]
    assert Client().post(address, _known(link)).status_code == 429


def test_an_unknown_link_is_not_found(db: None) -> None:
    assert Client().get(f"/letter/{'0' * 40}/").status_code == 404


def test_the_cookie_is_for_this_letter_alone(landlord: Client, address: str) -> None:
    cookie = landlord.cookies["opened_letter"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (address, True, "Lax")


def _answers(client: Client, address: str, **given: object) -> str:
    return _text(client.post(f"{address}answer/", ANSWER | given, follow=True))


def test_an_answer_waits_for_an_adviser(landlord: Client, link: LetterLink, address: str) -> None:
    page = _answers(landlord, address, words="Please call before you come.")

    message = Message.objects.get()
    kept = MessageLink.objects.get()
    assert "Thank you: your answer is with us" in page
    assert message.source == MessageSource.LINK
    assert (kept.case, kept.letter) == (link.dispatch.letter.case, link.dispatch.letter)
    assert kept.settled_at is None
    assert b"We have received the letter." in message.raw
    assert b"Please call before you come." in message.raw
    assert not Response.objects.exists(), "what an outsider says counts once somebody has read it"


def test_two_clicks_are_one_answer(landlord: Client, address: str) -> None:
    for _ in "12":
        _answers(landlord, address)
    assert Message.objects.count() == LinkVisit.objects.filter(outcome="answered").count() == 1

    _answers(landlord, address, told_in="two")
    assert Message.objects.count() == 2


def _day(name: str, day: int, month: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": "2026"}


def test_a_day_that_is_given_is_watched(landlord: Client, address: str) -> None:
    days = _day("inspection_on", 1, 12) | _day("works_on", 14, 12)
    for _ in "12":
        _answers(landlord, address, said=["inspection", "works"], **days)

    watched = Commitment.objects.order_by("promised_for")
    assert [(each.what, each.promised_for.day, each.came_from) for each in watched] == [
        ("inspection", 1, "link"),
        ("works_start", 14, "link"),
    ]
    assert b"An inspection is booked for 1 December 2026." in Message.objects.get().raw


def test_a_day_that_has_passed_is_no_promise(landlord: Client, address: str) -> None:
    _answers(landlord, address, said=["inspection"], **_day("inspection_on", 1, 11))

    assert not Commitment.objects.exists()
    assert Message.objects.exists()


def test_files_come_with_an_answer_and_are_kept_encrypted(landlord: Client, address: str) -> None:
    paper = SimpleUploadedFile("invoice of Maya.pdf", b"%PDF-1.7 an invented invoice")

    _answers(landlord, address, papers=[paper])

    message = Message.objects.get()
    assert b"application/octet-stream" in message.raw
    with connection.cursor() as cursor:
        cursor.execute("SELECT m::text FROM letters_message m")
        (stored,) = cursor.fetchone()
    assert "Maya" not in stored


_WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"said": []}, "Choose what you want to tell us"),
    ({"said": ["inspection"]}, "Enter the day of the inspection"),
    ({"said": ["works"]}, "Enter the day on which repairs begin"),
    ({"said": ["works"], **_day("works_on", 1, 12), "works_on-year": "2036"}, "two years"),
    ({"said": ["dispute"]}, "Write what you want to tell us"),
    ({"name": ""}, "Enter your name"),
    ({"told_in": ""}, "Go back and open the form again"),
)


def test_what_is_missing_is_asked_for(landlord: Client, address: str) -> None:
    for wrong, says in _WRONG:
        assert says in _answers(landlord, address, **wrong), wrong
    assert not Message.objects.exists()


def test_too_many_files_are_refused(landlord: Client, address: str) -> None:
    for count, size in ((6, 1), (2, 8_000_000)):
        papers = [SimpleUploadedFile(f"{n}.pdf", b"x" * size) for n in range(count)]
        page = _answers(landlord, address, papers=papers)
        assert "Send at most 5 files, together 15 MB" in page
    assert not Message.objects.exists()


def test_what_is_written_stays_what_it_is(landlord: Client, address: str) -> None:
    given = {"words": "\r\nBcc: everybody\r\n\r\n<script>1</script> 😀", "name": "A\tB"}

    _answers(landlord, address, **given)

    raw = Message.objects.get().raw
    assert b"\r\nBcc:" not in raw.partition(b"\r\n\r\n")[0]
    assert Message.objects.count() == 1


def test_nothing_of_it_stays_in_a_browser_or_an_index(landlord: Client, address: str) -> None:
    for name in ("", "read/", "answer/"):
        response = landlord.get(f"{address}{name}")
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
