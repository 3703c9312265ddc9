"""Nobody is answered more than before without somebody reading it in a change of the tables."""

import os
from collections.abc import Iterable

import pytest

from letters.access.roles import Role
from letters.api.urls import urlpatterns as api_patterns
from letters.cases.models import Case
from letters.issuing.models import Letter
from letters.web.account_urls import urlpatterns as account_patterns
from letters.web.urls import urlpatterns as page_patterns
from tests import factories
from tests.web.access_table import NOBODY, TABLES, Actor, Answered, actors, answers, table
from tests.web.addresses import addresses_of, routes_of

ANYTHING_ELSE = "nothing_here"  # whatever else is asked of the API
# By design, within a partnership: clinicians find its patients, so that nobody is entered twice,
# but not their cases; administrators rehearse what would be sent, by the references of cases.
KNOWN_BESIDE = {
    ("/patients/{patient_id}/cases/open/", "patient"),
    ("/patients/{patient_id}/emergency/", "patient"),
    ("/rehearsal/", "reference"),
    ("/api/v1/rehearsal/", "reference"),
}


@pytest.fixture
def letter(house: factories.House) -> Letter:
    """The letter of a case in which everything has happened."""
    addresses_of(house)
    return Letter.objects.get(dispatch__isnull=False)


@pytest.mark.no_cover  # thousands of requests, most of them refused; it is slow
@pytest.mark.parametrize("role", Role)
def test_who_is_answered_what(role: Role, house: factories.House, letter: Letter) -> None:
    refuse_change(f"a {role.label.lower()}", role.value, actors(house, role), letter)


@pytest.mark.no_cover
def test_what_nobody_is_answered(letter: Letter) -> None:
    refuse_change("somebody who has not signed in", "signed_out", (NOBODY,), letter)


def refuse_change(whom: str, name: str, who: Iterable[Actor], letter: Letter) -> None:
    """One pass over hundreds of requests serves every question about them."""
    there = {str(each.pattern) for each in page_patterns}
    of_accounts = [each for each in account_patterns if str(each.pattern) not in there]
    pages = routes_of([*page_patterns, *of_accounts], letter, under="/")
    named = [each for each in api_patterns if each.name != ANYTHING_ELSE]
    programs = routes_of(named, letter, under="/api/v1/")
    answered = [each for actor in who for each in answers(actor, pages, programs)]
    file = TABLES / f"{name}.md"
    if os.environ.get("HJP_WRITE"):
        file.write_text(table(whom, answered), encoding="utf-8")

    assert [each.route for each in answered if max(each.look, each.press) >= 500] == []
    assert told_to_strangers(answered, letter.case) == []
    assert file.read_text(encoding="utf-8") == table(whom, answered), "see what changed"


def told_to_strangers(answered: list[Answered], case: Case) -> list[tuple[str, str, str]]:
    """What of the case stood anywhere in an answer to somebody who has nothing to do with it."""
    marks = {
        "reference": case.reference,
        "patient": case.patient.name,
        "NHS number": str(case.patient.nhs_number),
        "home": case.tenancy.home.address[0],
        "case": str(case.pk),
    }
    return [
        (each.actor.place, each.route, what)
        for each in answered
        if each.actor.is_stranger and each.look != 302
        for what, mark in marks.items()
        if mark in each.told
        and not (each.actor.place == "beside" and (each.route, what) in KNOWN_BESIDE)
    ]
