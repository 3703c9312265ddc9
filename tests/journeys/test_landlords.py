"""An adviser keeps the directory of landlords: entering, finding, merging."""

import pytest
from django.utils import timezone

from letters.cases.models import Landlord
from letters.drafting.portfolio import LEAST_HOMES
from tests import factories
from tests.journeys.pages import Walk
from tests.web.test_clusters import homes_of_one

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_a_landlord_is_entered_found_and_merged_on_a_telephone(
    house: factories.House, narrow_walk: Walk
) -> None:
    walk, case = narrow_walk, factories.a_full_case(house, at=timezone.now())
    walk.sign_in(house.adviser)

    enter(walk)
    record_an_agent(walk)
    find(walk)
    walk.go("/landlords/alike/")
    walk.follow("Compare these two")
    walk.page.get_by_label("Exampleton Borough Council (invented), ZZ99 3AF").check()
    walk.press("Merge them")

    assert "Merged: cases of both name this landlord now" in walk.words
    assert case.reference in walk.words
    assert Landlord.objects.filter(merged_into=None).count() == 1


def test_one_letter_about_several_homes_on_a_telephone(
    house: factories.House, narrow_walk: Walk
) -> None:
    first, *_ = homes_of_one(house, LEAST_HOMES, at=timezone.now())
    narrow_walk.sign_in(house.adviser)

    narrow_walk.go("/landlords/")
    narrow_walk.follow("Landlords of several homes")
    narrow_walk.follow("Exampleton Borough Council")

    assert "5 homes have open cases" in narrow_walk.words
    assert "It is a preview" in narrow_walk.words
    assert first.reference not in narrow_walk.words


def test_a_landlord_is_entered_and_found_without_scripts(
    house: factories.House, walk_without_scripts: Walk
) -> None:
    walk = walk_without_scripts
    walk.sign_in(house.adviser)

    enter(walk)
    record_an_agent(walk)
    find(walk)

    assert "7 Specimen Road" in walk.words


def enter(walk: Walk) -> None:
    walk.go("/landlords/")
    walk.follow("Add a landlord")
    walk.choose("What kind of landlord is it?", "The council")
    walk.fill("Name", "Exampleton Borough Council (invented)")
    walk.fill("Address for letters", "7 Specimen Road\nExampleton\nZZ99 3AF")
    say_source(walk)
    walk.press("Add")


def record_an_agent(walk: Walk) -> None:
    walk.follow("arm's-length manager")
    walk.fill("Name", "Exampleton Homes (invented)")
    walk.fill("Address", "8 Specimen Road\nExampleton\nZZ99 3AG")
    say_source(walk)
    walk.press("Save")


def say_source(walk: Walk) -> None:
    walk.choose("Where does this come from?", "The agreement for the home")
    walk.day("On which day did it say so?", "5", "10", "2026")


def find(walk: Walk) -> None:
    walk.go("/landlords/")
    walk.fill("Name of the landlord", "council exampleton")
    walk.press("Find")
    walk.follow("Exampleton Borough Council")
