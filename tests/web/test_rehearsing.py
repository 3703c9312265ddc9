"""The page that says what would go out, before it does."""

import html

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.access.roles import Role
from letters.cases import actions as cases
from letters.issuing.models import Letter
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, words


@pytest.fixture
def letter(house: factories.House) -> Letter:
    return factories.an_approved_letter(house)


def _page(client: Client) -> str:
    return html.unescape(words(client.get("/rehearsal/")))


def test_an_adviser_sees_what_would_go(adviser: Client, letter: Letter) -> None:
    page = _page(adviser)

    assert "Would go: 1" in page
    assert "To Exampleton Borough Council (invented)." in page
    assert "E-mail, by: Our mail server." in page
    assert "Nobody has asked for it to be sent." in page
    assert "It would be taken to arrive" in page
    assert f"/letters/{letter.pk}/" in page


def test_an_adviser_sees_what_would_not(
    adviser: Client, clinician: Client, letter: Letter, house: factories.House
) -> None:
    cases.withdraw_consent(case=letter.case, reason="", by=house.clinician, at=NOW)

    assert "Would not go: 0" in _page(adviser), "nor may the adviser see the case any more"
    page = _page(clinician)
    assert "Would not go: 1" in page
    assert "The patient withdrew consent before it went." in page


def test_an_administrator_is_told_no_names(
    house: factories.House, signed_in: AsPerson, letter: Letter
) -> None:
    person = factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")

    page = _page(signed_in(person))

    assert "Would go: 1" in page
    assert letter.case.reference in page
    assert "Exampleton" not in page
    assert f"/letters/{letter.pk}/" not in page


def test_another_partnership_sees_nothing_of_it(signed_in: AsPerson, letter: Letter) -> None:
    assert letter.case.reference not in _page(signed_in(factories.a_house().adviser))


def test_looking_changes_nothing(adviser: Client, letter: Letter) -> None:
    with CaptureQueriesContext(connection) as queries:
        _page(adviser)

    assert all(query["sql"].lstrip("(").startswith("SELECT") for query in queries)
