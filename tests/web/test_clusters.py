"""Several homes of one landlord: told from five on, to those who may see each case."""

import re
from datetime import datetime

import pytest
from django.test import Client

from letters.cases import actions as cases
from letters.cases.models import Case, Tenancy
from letters.drafting.portfolio import LEAST_HOMES
from letters.drafting.vocabulary import Purpose, Recipient
from letters.issuing.models import Letter
from letters.law.hazards import Hazard
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, posted, words


def homes_of_one(house: factories.House, count: int, *, at: datetime = NOW) -> list[Case]:
    """So many homes, about each of which a letter has gone to one landlord."""
    made = [posted(house, at=at).letter.case for _ in range(count)]
    landlord = made[0].tenancy.landlord
    for number, case in enumerate(made, start=1):
        Tenancy.objects.filter(pk=case.tenancy_id).update(landlord=landlord)
        case.tenancy.home.address = [f"{number} Sample Court", "Exampleton"]
        case.tenancy.home.save()
    return [Case.objects.get(pk=case.pk) for case in made]


def page_of(case: Case) -> str:
    team, landlord = case.advice_team_id, case.tenancy.landlord_id
    return f"/clusters/{team}/{landlord}/england/"


@pytest.fixture
def many(house: factories.House) -> list[Case]:
    return homes_of_one(house, LEAST_HOMES)


def test_five_homes_are_told_with_a_letter_that_names_none(
    adviser: Client, many: list[Case]
) -> None:
    listed, page = words(adviser.get("/clusters/")), words(adviser.get(page_of(many[0])))
    text = words(adviser.get(f"{page_of(many[0])}letter.txt"))

    landlord = words(adviser.get(f"/landlords/{many[0].tenancy.landlord_id}/"))

    assert page_of(many[0]) in listed
    assert page_of(many[0]) in landlord
    assert re.search(r"Damp and mould</th>\s*<td[^>]*>5<", page)
    assert "PREVIEW" in text
    for said in (page, text):
        marks = ("Sampleton", "Sample Court", "ZZ99 3CZ", *(case.reference for case in many))
        assert [mark for mark in marks if mark in said] == []


def test_four_homes_are_not_told(house: factories.House, adviser: Client) -> None:
    four = homes_of_one(house, LEAST_HOMES - 1)

    landlord = words(adviser.get(f"/landlords/{four[0].tenancy.landlord_id}/"))

    assert page_of(four[0]) not in words(adviser.get("/clusters/"))
    assert page_of(four[0]) not in landlord
    assert adviser.get(page_of(four[0])).status_code == 404
    assert adviser.get(f"{page_of(four[0])}letter.txt").status_code == 404


def test_one_home_typed_in_two_ways_counts_once(adviser: Client, many: list[Case]) -> None:
    home = many[4].tenancy.home
    home.address = ["1, sample court", "EXAMPLETON"]
    home.save()

    assert adviser.get(page_of(many[0])).status_code == 404


def test_a_closed_case_counts_no_more(
    house: factories.House, adviser: Client, many: list[Case]
) -> None:
    cases.close_case(case=many[0], by=house.clinician, at=NOW)

    assert adviser.get(page_of(many[0])).status_code == 404


def test_a_hazard_of_fewer_homes_is_not_told(
    house: factories.House, adviser: Client, many: list[Case]
) -> None:
    factories.report(house, many[0], hazard=Hazard.EXCESS_COLD)

    assert "Excess cold" not in words(adviser.get(page_of(many[0])))


def test_who_agrees_no_more_is_not_counted_in_the_letter(
    house: factories.House, adviser: Client, many: list[Case]
) -> None:
    consent = many[0].consent_set.get()
    consent.consentgrant_set.filter(
        recipient=Recipient.LANDLORD, purpose=Purpose.ESCALATION
    ).update(withdrawn_at=NOW)

    refuse_letter(adviser, many[0])


def test_who_has_something_to_fear_is_not_counted_in_the_letter(
    house: factories.House, adviser: Client, many: list[Case]
) -> None:
    factories.safety(house, many[0], yes=("eviction_or_reprisal",))

    refuse_letter(adviser, many[0])


def test_a_home_of_which_another_landlord_was_told_is_not_counted_in_the_letter(
    adviser: Client, many: list[Case]
) -> None:
    landlord = many[0].tenancy.landlord
    assert landlord is not None
    landlord.name = "Sampleton Council"
    landlord.save()

    refuse_letter(adviser, many[0])


def test_a_home_of_which_no_letter_has_gone_is_not_counted_in_the_letter(
    adviser: Client, many: list[Case]
) -> None:
    Letter.objects.get(case=many[0]).dispatch_set.update(status="ready", sent_at=None)

    refuse_letter(adviser, many[0])


def refuse_letter(adviser: Client, case: Case) -> None:
    """The homes are still told of to who may see them; the letter waits."""
    page = words(adviser.get(page_of(case)))

    assert "5 homes have open cases" in page
    assert f"Wait until {LEAST_HOMES} homes of this landlord share a hazard" in page
    assert adviser.get(f"{page_of(case)}letter.txt").status_code == 404


def test_only_the_advice_team_is_told(
    house: factories.House, many: list[Case], signed_in: AsPerson
) -> None:
    elsewhere = signed_in(factories.a_house().adviser)

    assert elsewhere.get(page_of(many[0])).status_code == 404
    assert page_of(many[0]) not in words(elsewhere.get("/clusters/"))
    assert signed_in(house.clinician).get(page_of(many[0])).status_code == 403
    assert signed_in(house.clinician).get("/clusters/").status_code == 403


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    adviser: Client, many: list[Case], django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture
        adviser.get("/clusters/")
