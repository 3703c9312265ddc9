"""Somebody without an account reads the law, and sees what it makes of the facts of a home."""

import pytest

from tests.journeys.pages import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

_APPLIES = "/law/england/what-applies/"


class Reader:
    """The steps of the journey, in the words of the pages."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk

    def when_they_look_for_what_makes_a_home_safe(self) -> None:
        self.walk.go("/law/")
        self.walk.fill("Words", "investigation 10 working days")
        self.walk.press("Find")

    def when_they_open_the_investigation(self) -> None:
        self.walk.follow("Standard investigation")

    def then_they_see_both_versions(self) -> None:
        assert "27 October 2025" in self._words
        assert "30 November 2026" in self._words
        assert "not reviewed by a lawyer" in self._words

    def when_they_give_the_facts_of_a_home(self) -> None:
        self.walk.go(_APPLIES)
        self.walk.day("Under the law of which day?", "1", "12", "2026")
        self.walk.select("How is the home held?", "Council tenancy")
        self.walk.select("Under what agreement?", "Tenancy")
        self.walk.select("Who is the landlord?", "Council")
        hazard = self.walk.page.get_by_role("group", name="Hazard", exact=True)
        hazard.get_by_label("Hazard", exact=True).select_option(label="Damp and mould")
        hazard.get_by_label("How bad is it?").select_option(label="Severe")
        hazard.get_by_label("Is the cause in what").select_option(label="Yes")
        self._became_aware()
        self.walk.press("See what applies")

    def _became_aware(self) -> None:
        question = "When did the landlord become aware?"
        self.walk.day(question, "1", "12", "2026")
        group = self.walk.page.get_by_role("group", name=question, exact=True)
        group.get_by_label("Time").fill("10:00")

    def then_they_see_the_day_with_its_working(self) -> None:
        assert "By Tuesday 15 December 2026: the investigation completed" in self._words
        self.walk.page.get_by_text("How it was counted: the investigation completed").click()
        assert "Saturday 5 December 2026: Saturday" in self._words

    def when_they_make_the_landlord_a_private_one(self) -> None:
        self.walk.select("Who is the landlord?", "Private landlord")
        self.walk.press("See what applies")

    def then_they_are_told_what_cannot_be(self) -> None:
        assert "cannot both be right" in self._words
        assert "It applies" not in self._words

    @property
    def _words(self) -> str:
        return self.walk.words.replace("\N{NO-BREAK SPACE}", " ")


def test_anybody_reads_the_law(walk: Walk) -> None:
    reader = Reader(walk)

    reader.when_they_look_for_what_makes_a_home_safe()
    reader.when_they_open_the_investigation()
    reader.then_they_see_both_versions()


def test_anybody_sees_what_applies_on_a_telephone(narrow_walk: Walk) -> None:
    reader = Reader(narrow_walk)

    reader.when_they_give_the_facts_of_a_home()
    reader.then_they_see_the_day_with_its_working()
    reader.when_they_make_the_landlord_a_private_one()
    reader.then_they_are_told_what_cannot_be()


def test_anybody_sees_what_applies_without_scripts(walk_without_scripts: Walk) -> None:
    reader = Reader(walk_without_scripts)

    reader.when_they_give_the_facts_of_a_home()
    reader.then_they_see_the_day_with_its_working()
