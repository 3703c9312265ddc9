"""A clinician records abuse; the letter waits, an adviser lets it through, it can be approved."""

import pytest

from letters.access.models import User
from letters.cases.models import Case
from tests import factories
from tests.journeys.pages import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


class Household:
    """The steps, in the words of the pages."""

    def __init__(self, walk: Walk, case: Case) -> None:
        self.walk, self.case = walk, case

    def when_signed_in(self, user: User) -> None:
        self.walk.page.context.clear_cookies()
        self.walk.sign_in(user)

    def when_abuse_is_recorded(self) -> None:
        self.walk.go(f"/cases/{self.case.pk}/safety/")
        question = "Is there domestic abuse, so that somebody must not learn of the letter?"
        self.walk.choose(question, "Yes")
        self.walk.fill("Anything whoever works with this case must know", "Ring the clinic only.")
        self.walk.choose("How may the patient safely be contacted?", "Only through the clinic")
        self.walk.press("Record")

    def then_the_case_warns(self) -> None:
        assert "A letter could harm somebody" in self.walk.words
        assert "Ring the clinic only." in self.walk.words

    def when_the_letter_is_drafted(self) -> None:
        self.walk.press("Draft the letter")

    def then_it_is_held(self) -> None:
        assert "Stop: this letter could harm somebody" in self.walk.words
        assert self.walk.page.get_by_role("button", name="Approve this letter").count() == 0

    def when_the_adviser_lets_it_through(self) -> None:
        self.walk.go("/worklist/")
        held = self.walk.page.locator("#held + ul")
        held.get_by_role("link").first.click()
        self.walk.look()
        self.walk.follow("Let this letter through")
        self.walk.page.get_by_label("I have followed the advice above").check()
        self.walk.fill("Why may this letter go?", "He has moved out; she asked for it twice.")
        self.walk.press("Let this letter through")

    def then_it_can_be_approved(self) -> None:
        assert "He has moved out" in self.walk.words
        assert self.walk.page.get_by_role("button", name="Approve this letter").count() == 1


def _goes(walk: Walk, house: factories.House) -> None:
    journey = Household(walk, factories.a_full_case(house))
    journey.when_signed_in(house.clinician)
    journey.when_abuse_is_recorded()
    journey.then_the_case_warns()
    journey.when_the_letter_is_drafted()
    journey.then_it_is_held()
    journey.when_signed_in(house.adviser)
    journey.when_the_adviser_lets_it_through()
    journey.then_it_can_be_approved()


def test_a_letter_is_held_and_let_through(walk: Walk, house: factories.House) -> None:
    _goes(walk, house)


def test_a_letter_is_held_and_let_through_on_a_telephone(
    narrow_walk: Walk, house: factories.House
) -> None:
    _goes(narrow_walk, house)
