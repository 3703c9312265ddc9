"""Two reviewers stand for what a letter rests on, and the clinician can approve it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from letters.access.models import User
from letters.issuing.models import Letter
from letters.issuing.units import units_of
from letters.law.jurisdictions import Jurisdiction
from tests import factories
from tests.journeys.pages import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

LADDER = units_of(Jurisdiction.ENGLAND)["england/ladder"]


class Review:
    """The steps of the journey, in the words of the pages."""

    def __init__(self, walk: Walk, house: factories.House) -> None:
        self.walk = walk
        self.house = house

    def given_a_draft_that_rests_on_an_unsigned_ladder(self) -> Letter:
        now = timezone.now()
        factories.law_signed(self.house, at=now, without=(LADDER.id,))
        return factories.a_draft(self.house, factories.a_full_case(self.house, at=now), at=now)

    def when_they_sign_in(self, person: User) -> None:
        self.walk.page.context.clear_cookies()
        self.walk.sign_in(person)

    def when_they_open_what_is(self, status: str) -> None:
        self.walk.go("/law/review/")
        self.walk.follow(f"1 {status}")

    def when_they_read_and_tick_it(self) -> None:
        self.walk.page.get_by_text("What it says").first.click()
        assert "Telephone" in self.walk.words or "telephone" in self.walk.words
        self.walk.page.get_by_label(LADDER.title, exact=True).check()

    def when_they_sign(self) -> None:
        day = timezone.now() + timedelta(days=100)
        self.walk.day("Look at it again by", str(day.day), str(day.month), str(day.year))
        self.walk.press("I stand for those ticked: sign")

    def when_they_confirm(self) -> None:
        self.walk.press("Confirm those ticked, as second person")

    def when_they_open_the_unit(self) -> None:
        self.walk.go(f"/law/england/review/{LADDER.id}/")

    def when_they_approve(self, letter: Letter) -> None:
        self.walk.go(f"/letters/{letter.pk}/")
        self.walk.page.get_by_label("I have read this letter").check()
        self.walk.press("Approve this letter")

    def then_it_says(self, words: str) -> None:
        assert words in " ".join(self.walk.words.split())


def test_two_reviewers_let_a_letter_go(house_unsigned: factories.House, walk: Walk) -> None:
    review = Review(walk, house_unsigned)
    letter = review.given_a_draft_that_rests_on_an_unsigned_ladder()

    review.when_they_sign_in(house_unsigned.clinician)
    review.when_they_approve(letter)
    review.then_it_says("1 not signed")

    review.when_they_sign_in(house_unsigned.reviewer)
    review.when_they_open_what_is("not signed")
    review.when_they_read_and_tick_it()
    review.when_they_sign()
    review.then_it_says("Signed: 1. A second reviewer must confirm.")

    review.when_they_sign_in(house_unsigned.second_reviewer)
    review.when_they_open_what_is("signed, waits for a second person")
    review.when_they_read_and_tick_it()
    review.when_they_confirm()
    review.then_it_says("Confirmed: 1.")
    review.when_they_open_the_unit()
    review.then_it_says("1 letter in 1 open case")

    review.when_they_sign_in(house_unsigned.clinician)
    review.when_they_approve(letter)
    review.then_it_says("Letter approved")


def test_a_reviewer_signs_on_a_telephone(
    house_unsigned: factories.House, narrow_walk: Walk
) -> None:
    review = Review(narrow_walk, house_unsigned)
    review.given_a_draft_that_rests_on_an_unsigned_ladder()

    review.when_they_sign_in(house_unsigned.reviewer)
    review.when_they_open_what_is("not signed")
    review.when_they_read_and_tick_it()
    review.when_they_sign()
    review.then_it_says("Signed: 1.")
    review.when_they_open_the_unit()
    review.then_it_says("What rests on it")
