"""An evaluator reads what came of the letters, and nothing about anybody."""

import pytest

from letters.access.models import User
from tests import factories
from tests.journeys.pages import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


class Evaluation:
    """The steps of the journey, in the words of the pages."""

    def __init__(self, walk: Walk, house: factories.House) -> None:
        self.walk = walk
        self.house = house

    def given_a_case_that_may_be_counted(self) -> None:
        factories.a_full_case(self.house)

    def when_the_evaluator_signs_in(self, evaluator: User) -> None:
        self.walk.sign_in(evaluator)

    def then_a_small_number_is_withheld(self) -> None:
        row = self.walk.page.get_by_role("row", name="Cases")
        assert "Withheld (fewer than 8)" in row.inner_text()

    def then_it_says_how_people_are_protected(self) -> None:
        assert "How people are protected" in self.walk.words

    def then_nobody_can_be_reached(self) -> None:
        links = self.walk.page.locator("a").evaluate_all("links => links.map(a => a.href)")
        assert not [link for link in links if "/cases/" in link or "/letters/" in link]
        assert "Sampleton" not in self.walk.words


def test_the_summary_singles_nobody_out(house: factories.House, walk: Walk) -> None:
    evaluation = Evaluation(walk, house)

    evaluation.given_a_case_that_may_be_counted()
    evaluation.when_the_evaluator_signs_in(house.evaluator)
    evaluation.then_a_small_number_is_withheld()
    evaluation.then_it_says_how_people_are_protected()
    evaluation.then_nobody_can_be_reached()
