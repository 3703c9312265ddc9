"""The page of a letter's clauses, and leaving out what only may apply."""

import re

import pytest
from django.test import Client

from letters.cases.models import HazardReport
from letters.issuing.models import Letter
from letters.law.facts import Answer
from tests import factories
from tests.web.conftest import words


@pytest.fixture
def draft(house: factories.House) -> Letter:
    return factories.a_draft(house, factories.a_full_case(house))


def _links(page: str, what: str) -> list[str]:
    return re.findall(rf'"(/letters/[^"]+/clauses/{what}/[^"]+)"', page)


def test_an_adviser_leaves_a_clause_out_and_takes_it_in_again(
    adviser: Client, draft: Letter
) -> None:
    address = f"/letters/{draft.pk}/clauses/"
    before = words(adviser.get(address))
    (first, *_) = _links(before, "leave-out")

    after = words(adviser.post(first, {"reason": "Let before the duty began."}, follow=True))
    (back,) = _links(after, "take-in")
    again = words(adviser.post(back, follow=True))

    assert "Applies: locked" in before
    assert "Whether it does is for a person to judge" in before
    assert first not in after
    assert "Let before the duty began." in after
    assert _links(again, "leave-out") == _links(before, "leave-out")


def test_what_nobody_has_recorded_yet_is_asked(house: factories.House, adviser: Client) -> None:
    case = factories.a_full_case(house)
    HazardReport.objects.filter(case=case).update(disrepair=Answer.NOT_KNOWN)
    draft = factories.a_draft(house, case)

    page = words(adviser.get(f"/letters/{draft.pk}/clauses/"))

    assert "Would be decided by" in page
    assert any("section_11" in link for link in _links(page, "leave-out"))


def test_without_a_reason_it_stays(adviser: Client, draft: Letter) -> None:
    (first, *_) = _links(words(adviser.get(f"/letters/{draft.pk}/clauses/")), "leave-out")

    page = words(adviser.post(first, {"reason": ""}))

    assert "Say why it does not belong in this letter" in page
    assert first in words(adviser.get(f"/letters/{draft.pk}/clauses/"))


def test_what_is_locked_says_what_to_do(adviser: Client, draft: Letter) -> None:
    section = "landlord_and_tenant_act_1985/section_11"
    address = f"/letters/{draft.pk}/clauses/leave-out/{section}/"

    page = words(adviser.post(address, {"reason": "No."}))

    assert "This stays: it applies by the facts of the case" in page


def test_a_clinician_reads_them_and_chooses_nothing(clinician: Client, draft: Letter) -> None:
    page = words(clinician.get(f"/letters/{draft.pk}/clauses/"))

    assert "May apply" in page
    assert _links(page, "leave-out") == []


def test_once_approved_nothing_is_offered(
    house: factories.House, adviser: Client, draft: Letter
) -> None:
    factories.signed(draft, by=house.clinician)

    page = words(adviser.get(f"/letters/{draft.pk}/clauses/"))

    assert "May apply" in page
    assert _links(page, "leave-out") == []


def test_what_was_approved_meanwhile_stays_and_says_so(
    house: factories.House, adviser: Client, draft: Letter
) -> None:
    (first, *_) = _links(words(adviser.get(f"/letters/{draft.pk}/clauses/")), "leave-out")
    (back,) = _links(words(adviser.post(first, {"reason": "No."}, follow=True)), "take-in")
    factories.signed(draft, by=house.clinician)

    page = words(adviser.post(back))

    assert "it is no draft any more" in page
