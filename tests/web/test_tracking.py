"""The worklist by clock, and changes to a deadline."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.cases import actions as cases
from letters.delivery.models import Dispatch, DispatchStatus
from letters.drafting.vocabulary import Recipient
from letters.tracking import actions as tracking
from letters.tracking.models import Deadline, DeadlineStatus, Escalation
from letters.web.worklist import worklist_of
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, posted, words

WORKLIST_QUERIES = 28


@pytest.fixture
def deadline(house: factories.House) -> Deadline:
    letter = posted(house, at=NOW).letter
    return Deadline.objects.filter(letter=letter).order_by("-due_at")[0]


def test_deadlines_stand_by_how_near_they_are(house: factories.House) -> None:
    posted(house, at=NOW - timedelta(days=5))

    work = worklist_of(house.adviser, at=NOW)

    assert [d.due_at < NOW for d in work.overdue] == [True] * 3  # 24 hours have passed
    assert work.overdue[0].due_at <= work.later[0].due_at
    assert not work.is_empty


def test_the_worklist_says_what_is_due_and_why(house: factories.House, adviser: Client) -> None:
    letter = posted(house, at=NOW).letter

    page = words(adviser.get("/worklist/"))

    assert letter.case.reference in page
    assert "Set by law" in page
    assert "Our request, not the law" in page
    assert "Start presumed" in page


def test_a_missed_deadline_offers_the_drafted_letter(
    house: factories.House, adviser: Client
) -> None:
    posted(house, at=NOW - timedelta(days=12))
    tracking.mark_missed(at=NOW)

    page = words(adviser.get("/worklist/"))

    assert "Say which date has passed, and ask again." in page
    assert f"/letters/{Escalation.objects.get().next_letter_id}/" in page


def test_a_step_that_is_dealt_with_is_gone(house: factories.House, adviser: Client) -> None:
    posted(house, at=NOW - timedelta(days=12))
    tracking.mark_missed(at=NOW)

    adviser.post(f"/escalations/{Escalation.objects.get().pk}/settle/")

    assert "ask again" not in words(adviser.get("/worklist/"))


def test_a_letter_that_could_not_be_drafted_says_why_and_is_drafted_later(
    house: factories.House, adviser: Client
) -> None:
    letter = posted(house, at=NOW - timedelta(days=12)).letter
    cases.withdraw_grants(
        case=letter.case, recipients=(Recipient.LANDLORD,), reason="", by=house.clinician, at=NOW
    )
    tracking.mark_missed(at=NOW)
    escalation = Escalation.objects.get()
    address = f"/cases/{letter.case.pk}/letters/draft/missed_deadline/"
    worklist, refused = words(adviser.get("/worklist/")), words(adviser.get(address))
    factories.consent(house, letter.case)

    response = adviser.post(address)

    escalation.refresh_from_db()
    assert address in worklist
    assert "Ask the patient first" in worklist
    assert "Ask the patient first" in refused
    assert response["Location"] == f"/letters/{escalation.next_letter_id}/"


def test_what_did_not_arrive_waits_for_a_person(house: factories.House, adviser: Client) -> None:
    dispatch = posted(house, at=NOW)
    Dispatch.objects.filter(pk=dispatch.pk).update(
        status=DispatchStatus.FAILED, reason="recipient_refused"
    )

    page = words(adviser.get("/worklist/"))

    assert "Did not arrive, or not known" in page
    assert "does not know the address" in page


def test_nothing_to_do_is_said(adviser: Client) -> None:
    assert "Nothing waits for you" in words(adviser.get("/worklist/"))


def test_the_worklist_asks_no_more_with_more_cases(house: factories.House, adviser: Client) -> None:
    counts = []
    for _ in range(2):
        posted(house, at=NOW - timedelta(days=12))
        posted(house, at=NOW)
        tracking.mark_missed(at=NOW)
        with CaptureQueriesContext(connection) as queries:
            adviser.get("/worklist/")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= WORKLIST_QUERIES


def test_the_list_of_cases_asks_no_more_with_more_cases(
    house: factories.House, clinician: Client
) -> None:
    counts = []
    for _ in range(2):
        factories.a_case(house)
        with CaptureQueriesContext(connection) as queries:
            clinician.get("/cases/")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 10


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("meet", DeadlineStatus.MET),
        ("pause", DeadlineStatus.PAUSED),
        ("close", DeadlineStatus.CLOSED),
    ],
)
def test_a_deadline_is_changed_with_its_reason(
    adviser: Client, deadline: Deadline, change: str, status: DeadlineStatus
) -> None:
    adviser.post(f"/deadlines/{deadline.pk}/{change}/", {"reason": "They have begun."})

    deadline.refresh_from_db()
    assert deadline.status == status
    assert "They have begun." in words(adviser.get(f"/deadlines/{deadline.pk}/"))


def test_a_paused_clock_runs_on(adviser: Client, deadline: Deadline) -> None:
    adviser.post(f"/deadlines/{deadline.pk}/pause/", {"reason": "Waiting for keys."})

    adviser.post(f"/deadlines/{deadline.pk}/resume/", {"reason": "Keys came."})

    deadline.refresh_from_db()
    assert deadline.status == DeadlineStatus.OPEN


def test_a_deadline_put_off_keeps_its_first_day(adviser: Client, deadline: Deadline) -> None:
    later = deadline.due_at + timedelta(days=7)
    until = {"until-day": later.day, "until-month": later.month, "until-year": later.year}

    adviser.post(f"/deadlines/{deadline.pk}/extend/", until | {"reason": "Agreed."})

    deadline.refresh_from_db()
    assert deadline.due_at > deadline.original_due_at
    assert "put off from" in words(adviser.get(f"/deadlines/{deadline.pk}/"))


@pytest.mark.parametrize(
    ("change", "given", "says"),
    [
        ("close", {"reason": ""}, "Give the reason; it stands in the history of the case"),
        ("resume", {"reason": "x"}, "Nothing to resume: this deadline is not paused"),
        ("extend", {"reason": "x"}, "Enter the later day"),
        (
            "extend",
            {"reason": "kept", "until-day": "1", "until-month": "1", "until-year": "2026"},
            "Enter a day after the one it is due now",
        ),
    ],
)
def test_a_refused_change_says_why(
    adviser: Client, deadline: Deadline, change: str, given: dict[str, str], says: str
) -> None:
    page = words(adviser.post(f"/deadlines/{deadline.pk}/{change}/", given))

    assert says in page
    assert given["reason"] in page


def test_a_change_that_there_is_not_is_not_found(adviser: Client, deadline: Deadline) -> None:
    assert adviser.get(f"/deadlines/{deadline.pk}/shorten/").status_code == 404


def test_a_deadline_shows_the_days_it_counted(adviser: Client, deadline: Deadline) -> None:
    page = words(adviser.get(f"/deadlines/{deadline.pk}/"))

    assert "Days counted" in page
    assert "Saturday" in page  # among those not counted


def test_a_deadline_that_turns_on_no_hazard_is_shown(adviser: Client, deadline: Deadline) -> None:
    Deadline.objects.filter(pk=deadline.pk).update(hazard_report=None, requires="an answer")

    assert "An answer" in words(adviser.get("/worklist/"))
    assert "An answer" in words(adviser.get(f"/deadlines/{deadline.pk}/"))


def test_a_clinician_sees_but_does_not_change(
    house: factories.House, signed_in: AsPerson, deadline: Deadline
) -> None:
    clinician = signed_in(house.clinician)

    assert "Change it" not in words(clinician.get(f"/deadlines/{deadline.pk}/"))
    assert clinician.get(f"/deadlines/{deadline.pk}/extend/").status_code == 403
