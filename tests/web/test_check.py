"""The page on which anybody can ask whether a letter is one of this service's."""

import html
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from letters.issuing import actions as issuing
from letters.issuing.files import make_files
from letters.issuing.models import Letter, LetterFile
from letters.web.attempts import MOST_A_MINUTE
from tests import factories
from tests.factories import NOW
from tests.web.conftest import words


@pytest.fixture(autouse=True)
def _nobody_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def letter(house: factories.House) -> Letter:
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    return letter


def _pdf(letter: Letter) -> LetterFile:
    return LetterFile.objects.get(letter=letter, file_format="pdf")


def _asked(**given: object) -> str:
    return html.unescape(words(Client().post("/check/", given)))


def _file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("a name that says who.pdf", data)


def test_a_file_that_was_made_here_is_known(letter: Letter) -> None:
    page = _asked(file=_file(_pdf(letter).data))

    assert "This is a letter of this service" in page
    assert letter.case.reference in page
    assert letter.case.team.organisation.name in page
    assert "23\u00a0November\u00a02026" in page


def test_nothing_about_a_person_is_told(letter: Letter) -> None:
    page = _asked(file=_file(_pdf(letter).data))

    told = page.partition("<main")[2]
    assert not re.search("Sampleton|Specimen|Sample Court|asthma|mould|says who", told)


def test_a_file_with_another_byte_is_not_known(letter: Letter) -> None:
    page = _asked(file=_file(_pdf(letter).data + b"\n"))

    assert "This is not a file that this service made" in page
    assert letter.case.reference not in page


def test_a_letter_that_was_withdrawn_says_so(letter: Letter, house: factories.House) -> None:
    issuing.withdraw_letter(letter=letter, by=house.clinician, at=NOW)

    page = _asked(file=_file(_pdf(letter).data))

    assert "This letter was withdrawn" in page


def test_a_demonstration_says_so(db: None) -> None:
    house = factories.a_house(is_demonstration=True)
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)

    assert "It is from the demonstration" in _asked(file=_file(_pdf(letter).data))


def test_a_digest_may_be_typed_as_it_is_copied(letter: Letter) -> None:
    digest = _pdf(letter).sha256

    page = _asked(digest=f" {digest[:32].upper()} {digest[32:]} ")

    assert letter.case.reference in page


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Choose the file you have, or enter its SHA-256"),
        ({"digest": "abc"}, "Enter all 64 digits and letters"),
        ({"digest": "<script>" + "0" * 56}, "Enter all 64 digits and letters"),
        ({"file": _file(b"")}, "Choose another file: this one is empty"),
    ],
)
def test_what_cannot_be_asked_says_what_to_do(
    db: None, given: dict[str, object], says: str
) -> None:
    assert says in _asked(**given)


def test_a_file_that_is_too_large_is_refused(db: None) -> None:
    assert "Choose a file of at most 25 MB" in _asked(file=_file(b"0" * 25_000_001))


def test_asking_without_end_is_put_off(db: None) -> None:
    client, given = Client(), {"digest": "0" * 64}
    answers = [client.post("/check/", given).status_code for _ in range(MOST_A_MINUTE + 1)]

    assert answers == [200] * MOST_A_MINUTE + [429]
    assert client.get("/check/").status_code == 200


def test_nothing_of_the_answer_stays_in_a_browser(db: None) -> None:
    assert "no-store" in Client().get("/check/")["Cache-Control"]
