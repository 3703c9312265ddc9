"""A patient with a telephone and no account is asked for photographs and sends them."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from letters.incoming.asking.models import SentPhotograph
from letters.incoming.asking.queries import url_of
from tests import factories
from tests.journeys.pages import Walk
from tests.rendering import picture_samples as samples

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def address(house: factories.House) -> str:
    """The path of the link in the message."""
    at = timezone.now()
    request = factories.a_photograph_request(house, factories.a_full_case(house, at=at), at=at)
    return url_of(request).removeprefix("http://testserver")


def _open(walk: Walk, address: str, *, day: str = "4") -> None:
    walk.go(address)
    walk.day("Date of birth of the patient", day, "3", "2019")
    walk.press("Continue")


def _choose(walk: Walk, tmp_path: Path, *photographs: bytes) -> None:
    paths = [tmp_path / f"{number}.jpg" for number in range(len(photographs))]
    for path, data in zip(paths, photographs, strict=True):
        path.write_bytes(data)
    walk.page.locator("input[type=file]").set_input_files([str(path) for path in paths])


def _send(walk: Walk) -> None:
    """Each by itself; the page goes on by itself when all are there."""
    walk.page.get_by_role("button", name="Send").click()
    walk.page.wait_for_url("**/thanks/")
    walk.look()


def test_a_patient_sends_photographs_from_a_telephone(
    narrow_walk: Walk, address: str, tmp_path: Path
) -> None:
    _open(narrow_walk, address, day="5")
    assert "Check the date of birth" in narrow_walk.words
    _open(narrow_walk, address)
    _choose(narrow_walk, tmp_path, samples.heic(), samples.jpeg())
    narrow_walk.fill("What do they show?", "Bedroom, the wall above the bed")

    _send(narrow_walk)

    assert "2 photographs are with us" in narrow_walk.words
    assert {each.shows for each in SentPhotograph.objects.all()} == {
        "Bedroom, the wall above the bed"
    }


def test_a_patient_needs_no_scripts(
    walk_without_scripts: Walk, address: str, tmp_path: Path
) -> None:
    _open(walk_without_scripts, address)
    _choose(walk_without_scripts, tmp_path, samples.jpeg())

    walk_without_scripts.press("Send")

    assert "One photograph is with us" in walk_without_scripts.words


def test_photographs_that_are_too_many_for_one_page_go_one_by_one(
    narrow_walk: Walk, address: str, tmp_path: Path
) -> None:
    _open(narrow_walk, address)
    large = [samples.jpeg() + bytes([number]) * 14_000_000 for number in (1, 2)]
    _choose(narrow_walk, tmp_path, *large)

    _send(narrow_walk)

    assert "2 photographs are with us" in narrow_walk.words


def test_one_that_cannot_be_used_is_named_and_the_others_are_sent(
    narrow_walk: Walk, address: str, tmp_path: Path
) -> None:
    _open(narrow_walk, address)
    _choose(narrow_walk, tmp_path, samples.jpeg(), b"MZ a program", bytes(26_000_001))
    told = narrow_walk.page.get_by_role("status").filter(has_text="1 of 3 photographs were sent")

    narrow_walk.page.get_by_role("button", name="Send").click()

    told.wait_for()
    assert "1.jpg: It was not sent. Choose a picture" in told.inner_text()
    assert "2.jpg: Choose a file of at most 25 MB" in told.inner_text()
    assert not narrow_walk.faults()
    assert SentPhotograph.objects.count() == 1


def test_a_photograph_that_met_no_connection_is_sent_again(
    browser: Browser, web_server: str, address: str, tmp_path: Path
) -> None:
    context = browser.new_context(base_url=web_server, locale="en-GB")
    walk = Walk(context.new_page())
    _open(walk, address)
    _choose(walk, tmp_path, samples.jpeg())
    context.set_offline(True)
    walk.page.get_by_role("button", name="Send").click()
    walk.page.get_by_text("No connection").wait_for()

    context.set_offline(False)

    walk.page.wait_for_url("**/thanks/")
    assert "One photograph is with us" in walk.words
    context.close()
