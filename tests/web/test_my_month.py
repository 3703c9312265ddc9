"""A clinician's own letters, month by month, and what came of the cases they are about."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.access.roles import Role
from letters.cases.models import Case, HazardReport
from letters.delivery.models import Dispatch, DispatchStatus
from letters.law.facts import Answer
from letters.outcomes import actions as outcomes
from letters.outcomes.models import Remediation, Response
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, posted, words

Figures = tuple[int, int, int, int]
TODAY = NOW.date()


def page_of(client: Client) -> str:
    return unescape(words(client.get("/my-month/"))).replace("\xa0", " ")


def figures(client: Client) -> dict[str, Figures]:
    """The table, by month."""
    body = page_of(client).partition("<tbody")[2].partition("</tbody>")[0]
    rows = [re.findall(r"</span>\s*(.*?)\s*</td>", row, re.S) for row in body.split("<tr")[1:]]
    return {row[0]: (int(row[1]), int(row[2]), int(row[3]), int(row[4])) for row in rows}


def inspected(house: factories.House, case: Case, *, at: datetime = NOW) -> None:
    outcomes.record_response(
        letter=case.letter_set.get(),
        kind=Response.Kind.INSPECTED,
        received_at=at,
        summary="",
        by=house.clinician,
        at=NOW,
    )


def mended(
    house: factories.House,
    case: Case,
    *,
    on: date = TODAY,
    extent: Remediation.Extent = Remediation.Extent.FULL,
    verification: Remediation.Verification = Remediation.Verification.VISIT,
) -> None:
    outcomes.record_remediation(
        hazard_report=HazardReport.objects.get(case=case),
        claimed_by=Remediation.Claimant.ADVISER,
        extent=extent,
        completed_on=on,
        cause_addressed=Answer.YES,
        verification=verification,
        description="",
        by=house.clinician,
        at=NOW,
    )


def test_each_month_has_its_letters_and_what_came(
    house: factories.House, clinician: Client
) -> None:
    now, before = posted(house, at=NOW), posted(house, at=NOW - timedelta(days=35))
    posted(house, at=NOW)
    inspected(house, before.letter.case)
    mended(house, before.letter.case)
    inspected(house, now.letter.case)

    found = figures(clinician)

    assert list(found) == [
        "November 2026, so far",
        "October 2026",
        "September 2026",
        "August 2026",
        "July 2026",
        "June 2026",
        "May 2026",
    ]
    assert found["November 2026, so far"] == (2, 2, 1, 0)
    assert found["October 2026"] == (1, 1, 1, 1)
    assert found["May 2026"] == (0, 0, 0, 0)


def test_the_picture_says_what_the_table_says(house: factories.House, clinician: Client) -> None:
    inspected(house, posted(house, at=NOW).letter.case)
    posted(house, at=NOW)

    page = page_of(clinician)
    picture = page.partition("<svg")[2].partition("</svg>")[0]

    assert 'role="img" aria-labelledby="chart-title chart-says"' in picture
    assert '<title id="chart-title">' in picture
    said = re.findall(r"<text[^>]*>([^<]+)</text>", picture)
    assert said[:5] == [
        "November 2026, so far",
        "2 letters sent",
        "1 of 2 cases inspected",
        "0 of 2 cases mended",
        "October 2026",
    ]
    assert said[5] == "No letters sent"
    assert "<script" not in picture
    assert "style=" not in picture


def test_two_letters_of_a_case_are_one_case(house: factories.House, clinician: Client) -> None:
    first = posted(house, at=NOW - timedelta(days=2))
    draft = factories.a_draft(house, first.letter.case)
    factories.posted(house, factories.signed(draft, by=house.clinician))

    assert figures(clinician)["November 2026, so far"] == (2, 1, 0, 0)


@pytest.mark.parametrize(
    ("extent", "verification"),
    [
        (Remediation.Extent.FULL, Remediation.Verification.NONE),
        (Remediation.Extent.PARTIAL, Remediation.Verification.VISIT),
        (Remediation.Extent.COSMETIC, Remediation.Verification.SURVEYOR),
    ],
)
def test_what_was_not_mended_and_checked_is_no_mend(
    house: factories.House,
    clinician: Client,
    extent: Remediation.Extent,
    verification: Remediation.Verification,
) -> None:
    mended(house, posted(house, at=NOW).letter.case, extent=extent, verification=verification)

    assert figures(clinician)["November 2026, so far"] == (1, 1, 0, 0)


def test_what_came_before_a_letter_does_not_follow_from_it(
    house: factories.House, clinician: Client
) -> None:
    earlier = posted(house, at=NOW - timedelta(days=35))
    inspected(house, earlier.letter.case, at=NOW - timedelta(days=20))
    mended(house, earlier.letter.case, on=(NOW - timedelta(days=20)).date())
    draft = factories.a_draft(house, earlier.letter.case)
    factories.posted(house, factories.signed(draft, by=house.clinician))

    found = figures(clinician)

    assert found["October 2026"] == (1, 1, 1, 1)
    assert found["November 2026, so far"] == (1, 1, 0, 0)


def test_months_begin_and_end_in_london(house: factories.House, clinician: Client) -> None:
    dispatch = posted(house, at=NOW)
    _sent_at(dispatch, datetime(2026, 4, 30, 22, 59, tzinfo=UTC))
    assert "since 1 May 2026" in page_of(clinician)
    _sent_at(dispatch, datetime(2026, 4, 30, 23, 0, tzinfo=UTC))

    assert figures(clinician)["May 2026"] == (1, 1, 0, 0)


def _sent_at(dispatch: Dispatch, at: datetime) -> None:
    Dispatch.objects.filter(pk=dispatch.pk).update(sent_at=at)


@pytest.mark.parametrize("status", ["returned", "failed", "queued"])
def test_what_did_not_leave_or_came_back_is_not_sent(
    house: factories.House, clinician: Client, status: str
) -> None:
    dispatch = posted(house, at=NOW)
    Dispatch.objects.filter(pk=dispatch.pk).update(status=DispatchStatus(status), next_try_at=NOW)

    assert "No letter that you approved or sent has left" in page_of(clinician)


def test_only_what_one_approved_or_sent_is_ones_own(
    house: factories.House, signed_in: AsPerson, adviser: Client
) -> None:
    letter = factories.an_approved_letter(house)
    factories.posted(house, letter)  # by the adviser
    colleague = factories.a_member(house.clinic, Role.CLINICIAN, "Dr Lee Placeholder")

    assert figures(adviser)["November 2026, so far"] == (1, 1, 0, 0)
    assert figures(signed_in(house.clinician))["November 2026, so far"] == (1, 1, 0, 0)
    assert "No letter that you" in page_of(signed_in(colleague))


def test_a_case_that_one_may_not_see_does_not_count(
    house: factories.House, clinician: Client
) -> None:
    dispatch = posted(house, at=NOW)
    elsewhere = factories.a_house()
    Case.objects.filter(pk=dispatch.letter.case_id).update(team=elsewhere.clinic)

    assert "No letter that you" in page_of(clinician)


def test_nothing_yet_says_what_will_be_shown(clinician: Client) -> None:
    page = page_of(clinician)

    assert "No letter that you approved or sent has left since 1 May 2026" in page
    assert "how many of those were inspected and mended" in page
    assert "<svg" not in page
    assert "<table" not in page


def test_others_are_told_whom_to_ask(house: factories.House, signed_in: AsPerson) -> None:
    for person in (house.evaluator, house.reviewer):
        assert signed_in(person).get("/my-month/").status_code == 403


def test_it_is_found_from_the_cases(clinician: Client) -> None:
    assert 'href="/my-month/"' in words(clinician.get("/cases/"))


def test_it_names_nobody(house: factories.House, clinician: Client) -> None:
    dispatch = posted(house, at=NOW)

    page = page_of(clinician)

    assert "Sampleton" not in page
    assert dispatch.letter.case.reference not in page


def test_it_asks_no_more_with_more_letters(house: factories.House, clinician: Client) -> None:
    counts = []
    for back in (0, 40, 80):
        case = posted(house, at=NOW - timedelta(days=back)).letter.case
        inspected(house, case)
        mended(house, case)
        with CaptureQueriesContext(connection) as queries:
            clinician.get("/my-month/")
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2] <= 10
