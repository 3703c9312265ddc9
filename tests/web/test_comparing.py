"""A letter beside the one before it."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client

from letters.cases.models import Case
from letters.issuing import actions as issuing
from letters.issuing.models import Letter
from letters.tracking import actions as tracking
from letters.tracking.models import Escalation
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, posted, words


@pytest.fixture
def case(house: factories.House) -> Case:
    """Its first letter was posted twelve days ago; the next is drafted."""
    case = posted(house, at=NOW - timedelta(days=12)).letter.case
    tracking.mark_missed(at=NOW)
    return case


@pytest.fixture
def following(case: Case) -> Letter:
    letter = Escalation.objects.get().next_letter
    assert letter is not None
    return letter


def compared(client: Client, letter: Letter) -> str:
    return html.unescape(words(client.get(f"/letters/{letter.pk}/compare/")))


def changed(page: str, how: str) -> str:
    """Everything that was added, or taken out."""
    return " ".join(re.findall(rf"<{how}>(.*?)</{how}>", page, re.DOTALL))


def test_what_was_added_and_taken_out_stands_side_by_side(
    adviser: Client, following: Letter
) -> None:
    page = compared(adviser, following)

    assert "Dates that have passed" in changed(page, "ins")
    assert "Black mould over two square metres" in changed(page, "del")
    assert f"/letters/{following.follows_id}/" in page


def test_what_both_say_alike_is_left_out(
    house: factories.House, adviser: Client, case: Case
) -> None:
    again = factories.a_draft(house, case)
    issuing.edit_narrative(letter=again, narrative="It is worse now.", by=house.clinician, at=NOW)

    page = compared(adviser, again)

    assert "It is worse now." in changed(page, "ins")
    assert "Black mould over two square metres" not in page


def test_the_letter_leads_there(adviser: Client, following: Letter) -> None:
    link = f'href="/letters/{following.pk}/compare/"'

    assert link in words(adviser.get(f"/letters/{following.pk}/"))
    assert link.replace(str(following.pk), str(following.follows_id)) not in words(
        adviser.get(f"/letters/{following.follows_id}/")
    )


def test_a_first_letter_has_none_before_it(house: factories.House, adviser: Client) -> None:
    first = factories.a_draft(house, factories.a_full_case(house))

    assert adviser.get(f"/letters/{first.pk}/compare/").status_code == 404


def test_a_letter_that_was_withdrawn_is_not_the_one_before(
    house: factories.House, adviser: Client
) -> None:
    case = factories.a_full_case(house)
    first = factories.signed(factories.a_draft(house, case), by=house.clinician)
    issuing.withdraw_letter(letter=first, by=house.clinician, at=NOW)
    again = factories.a_draft(house, case, at=NOW + timedelta(hours=1))

    assert adviser.get(f"/letters/{again.pk}/compare/").status_code == 404


def test_somebody_elses_letters_are_not_compared(following: Letter, signed_in: AsPerson) -> None:
    stranger = signed_in(factories.a_house().adviser)

    assert stranger.get(f"/letters/{following.pk}/compare/").status_code == 404
