"""A landlord without an account opens a letter on a telephone and answers it; an administrator lets
another program be told."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from letters.access.roles import Role
from letters.announcing.models import Subscription
from letters.cases.models import Case
from letters.delivery import actions as delivery
from letters.delivery.links import actions as links
from letters.delivery.models import Channel
from letters.incoming.models import Message
from letters.issuing.files import make_files
from letters.tracking.models import Commitment
from tests import factories
from tests.journeys.pages import Walk


@pytest.fixture
def address(house: factories.House) -> str:
    """The path of the link in the message."""
    at = timezone.now()
    letter = factories.an_approved_letter(house, at=at)
    make_files(letter_id=letter.pk, at=at)
    dispatch = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=at
    )
    return links.link_url_for(dispatch, at=at).removeprefix("http://testserver")


def _open(walk: Walk, address: str, *, postcode: str = "ZZ99 3CZ") -> None:
    walk.go(address)
    walk.fill("Our reference", Case.objects.get().reference)
    walk.fill("Postcode of the home", postcode)
    walk.press("Open the letter")


def _answer(walk: Walk, tmp_path: Path) -> None:
    day = timezone.now().date() + timedelta(days=10)
    paper = tmp_path / "invoice.pdf"
    paper.write_bytes(b"%PDF-1.7 an invented invoice")
    walk.follow("Answer the letter")
    walk.choose("What do you want to tell us?", "We have booked an inspection")
    walk.day("Day of the inspection", str(day.day), str(day.month), str(day.year))
    walk.fill("Details", "A surveyor comes in the morning.")
    walk.page.locator("input[type=file]").set_input_files(str(paper))
    walk.fill("Your name and organisation", "Sam Sampleton, repairs")
    walk.press("Send the answer")


def test_a_landlord_opens_and_answers_on_a_telephone(
    narrow_walk: Walk, address: str, tmp_path: Path
) -> None:
    _open(narrow_walk, address, postcode="ZZ99 3CY")
    assert "Check both: they do not fit this letter" in narrow_walk.words
    _open(narrow_walk, address)
    assert "Leila Sampleton" in narrow_walk.words

    _answer(narrow_walk, tmp_path)

    assert "Thank you: your answer is with us" in narrow_walk.words
    assert Commitment.objects.get().what == "inspection"
    assert b"A surveyor comes in the morning." in Message.objects.get().raw


def test_a_landlord_needs_no_scripts(
    walk_without_scripts: Walk, address: str, tmp_path: Path
) -> None:
    _open(walk_without_scripts, address)

    _answer(walk_without_scripts, tmp_path)

    assert "Thank you: your answer is with us" in walk_without_scripts.words
    assert Message.objects.count() == 1


def test_an_administrator_lets_a_program_be_told(
    narrow_walk: Walk, house: factories.House, address: str
) -> None:
    narrow_walk.sign_in(factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder"))
    narrow_walk.go("/subscriptions/")
    narrow_walk.press("Let a program be told")
    narrow_walk.fill("Address of the other program", "https://hooks.example/take")
    narrow_walk.choose("What is it told?", "Letter approved")
    narrow_walk.press("Let it be told")

    assert Subscription.objects.get().secret in narrow_walk.words
    narrow_walk.go("/subscriptions/")
    narrow_walk.go("/rehearsal/")
    assert "Would go: 1" in narrow_walk.words
