"""The page that asks about harm, what the pages of a case and a letter make of it, and an adviser
who lets a letter through."""

import html
from typing import Any

import pytest
from django.test import Client

from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.cases.models import Case
from letters.cases.safety import SafetyRecord, safety_of
from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.drafting.vocabulary import Concern, Recipient
from letters.issuing.actions import preview_letter
from letters.issuing.gates import GateLifted
from letters.issuing.models import Letter
from tests import factories
from tests.factories import NOW
from tests.web.conftest import words

SAFE: dict[str, Any] = {
    **dict.fromkeys((concern.value for concern in Concern), "no"),
    "contact": "any",
    "hide_whereabouts": "no",
    "note": "",
}
EVICTION = "eviction_or_reprisal"


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_full_case(house)


@pytest.fixture
def draft(house: factories.House, case: Case) -> Letter:
    factories.safety(house, case, yes=(EVICTION,))
    return factories.a_draft(house, case)


def said(response: Any) -> str:
    return html.unescape(words(response))


def record(client: Client, case: Case, **answers: str) -> Any:
    return client.post(f"/cases/{case.pk}/safety/", SAFE | answers, follow=True)


def lift(client: Client, letter: Letter, gate: str = EVICTION, **given: str) -> Any:
    about = {"version": "2", "reason": "She wants it sent, whatever he says."}
    return client.post(f"/letters/{letter.pk}/gates/{gate}/lift/", about | given, follow=True)


def test_answers_are_recorded_as_they_were_given(house: factories.House, clinician: Client) -> None:
    case = factories.a_case(house)

    response = clinician.post(
        f"/cases/{case.pk}/safety/", SAFE | {EVICTION: "not_known", "note": "Ring after six."}
    )

    assert response["Location"] == f"/cases/{case.pk}/consent/give/"
    row = SafetyRecord.objects.get(case=case)
    assert row.unsure == (Concern.EVICTION_OR_REPRISAL,)
    assert (row.note, row.recorded_by) == ("Ring after six.", house.clinician)
    event = AuditEvent.objects.get(verb="record_safety")
    assert (event.subject_id, "Ring" in str(event.details)) == (row.pk, False)


def test_no_answer_is_chosen_beforehand(house: factories.House, clinician: Client) -> None:
    assert " checked" not in words(clinician.get(f"/cases/{factories.a_case(house).pk}/safety/"))


@pytest.mark.parametrize("left_out", sorted(SAFE.keys() - {"note"}))
def test_every_question_is_answered(clinician: Client, case: Case, left_out: str) -> None:
    page = said(clinician.post(f"/cases/{case.pk}/safety/", SAFE | {left_out: ""}))

    assert "There is a problem" in page
    assert SafetyRecord.objects.filter(case=case).count() == 1


def test_the_same_answers_again_change_nothing(clinician: Client, case: Case) -> None:
    record(clinician, case)
    record(clinician, case, domestic_abuse="yes")
    record(clinician, case, domestic_abuse="yes")

    row = safety_of(case)
    assert row is not None
    assert row.version == 2


def test_the_case_warns_whoever_opens_it(clinician: Client, case: Case) -> None:
    page = said(record(clinician, case, contact="none", immigration="yes", note="Ask for Leila."))

    assert "Do not contact the patient" in page
    assert "Worry about immigration status" in page
    assert "Ask for Leila." in page


def test_a_case_without_concern_shows_no_banner(clinician: Client, case: Case) -> None:
    page = said(clinician.get(f"/cases/{case.pk}/"))

    assert "app-care" not in page
    assert "Nothing to fear was named" in page


def test_a_clinician_is_told_that_an_adviser_was_asked(clinician: Client, draft: Letter) -> None:
    page = said(clinician.get(f"/letters/{draft.pk}/"))

    assert "An adviser has been asked" in page
    assert "Approve this letter" not in page
    assert "Let this letter through" not in page


def test_a_clinician_whose_adviser_sees_nothing_is_told_so(
    house: factories.House, clinician: Client, draft: Letter
) -> None:
    cases.withdraw_grants(
        case=draft.case, recipients=(Recipient.ADVISER,), reason="", by=house.clinician, at=NOW
    )

    assert "No adviser can see this case" in said(clinician.get(f"/letters/{draft.pk}/"))


def test_a_letter_without_a_record_leads_to_the_questions(
    house: factories.House, clinician: Client
) -> None:
    case = factories.a_case(house)
    factories.report(house, case)
    factories.consent(house, case)
    letter = factories.a_draft(house, case)

    page = said(clinician.get(f"/letters/{letter.pk}/"))

    assert "First record the household" in page
    assert f"/cases/{case.pk}/safety/" in page


def test_approving_by_hand_is_refused_as_well(
    house: factories.House, clinician: Client, draft: Letter
) -> None:
    seen = preview_letter(letter=draft, by=house.clinician, at=NOW).digest

    page = said(clinician.post(f"/letters/{draft.pk}/approve/", {"seen": seen, "has_read": "on"}))

    draft.refresh_from_db()
    assert draft.approved_at is None
    assert "Leave this with the adviser" in page


def test_what_is_held_stands_on_the_advisers_worklist(adviser: Client, draft: Letter) -> None:
    page = said(adviser.get("/worklist/"))

    assert 'id="held"' in page
    assert "fear of eviction or reprisal" in page


def test_what_is_not_held_does_not(house: factories.House, adviser: Client, case: Case) -> None:
    factories.a_draft(house, case)

    assert 'id="held"' not in said(adviser.get("/worklist/"))


def test_the_worklist_asks_the_same_of_many_letters(
    house: factories.House, adviser: Client, draft: Letter, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        factories.a_draft(house, draft.case)

    with django_assert_max_num_queries(40):
        adviser.get("/worklist/")


def test_an_adviser_lets_a_letter_through(
    clinician: Client, adviser: Client, draft: Letter
) -> None:
    page = said(lift(adviser, draft))

    assert "She wants it sent, whatever he says." in page
    assert "Approve this letter" in said(clinician.get(f"/letters/{draft.pk}/"))
    assert AuditEvent.objects.filter(verb="lift_gate", subject_id=draft.pk).count() == 1


def test_letting_through_takes_a_reason(adviser: Client, draft: Letter) -> None:
    assert "Say why this letter may go" in said(lift(adviser, draft, reason=""))
    assert not GateLifted.objects.exists()


def test_letting_through_is_not_the_clinicians(clinician: Client, draft: Letter) -> None:
    assert lift(clinician, draft).status_code == 403
    assert not GateLifted.objects.exists()


def test_letting_through_another_partnerships_letter(draft: Letter, signed_in: Any) -> None:
    stranger = signed_in(factories.a_house().adviser)

    assert lift(stranger, draft).status_code == 404


def test_what_stops_a_letter_takes_that_advice_was_followed(
    house: factories.House, adviser: Client, draft: Letter
) -> None:
    factories.safety(house, draft.case, yes=("domestic_abuse",))

    page = said(lift(adviser, draft, "domestic_abuse", version="3"))

    assert "Follow the advice first, then tick the box" in page
    lift(adviser, draft, "domestic_abuse", version="3", advice_followed="on")
    assert GateLifted.objects.get().gate == "domestic_abuse"


def test_answers_that_changed_meanwhile_are_read_again(
    house: factories.House, adviser: Client, draft: Letter
) -> None:
    factories.safety(house, draft.case, yes=(EVICTION,), note="He came with a key.")

    page = said(lift(adviser, draft, version="2"))

    assert "Read the answers about safety again" in page
    assert "He came with a key." in page


def test_a_new_answer_stops_what_waits_and_says_so(
    house: factories.House, clinician: Client, case: Case
) -> None:
    dispatch = _queued(house, case)

    page = said(record(clinician, case, domestic_abuse="yes"))

    dispatch.refresh_from_db()
    assert (dispatch.status, dispatch.reason) == (DispatchStatus.CANCELLED, "held_at_gate")
    assert "Stopped: report of a hazard affecting health" in page


def test_consent_is_taken_back_from_one_reader(
    house: factories.House, clinician: Client, adviser: Client, case: Case
) -> None:
    dispatch = _queued(house, case)

    page = said(withdraw(clinician, case, scope="some", recipients="landlord"))

    dispatch.refresh_from_db()
    assert (dispatch.status, dispatch.reason) == (DispatchStatus.CANCELLED, "consent_withdrawn")
    assert "Stopped: report of a hazard affecting health" in page
    assert adviser.get(f"/cases/{case.pk}/").status_code == 200


def test_taking_back_from_somebody_else_stops_nothing(
    house: factories.House, clinician: Client, case: Case
) -> None:
    dispatch = _queued(house, case)

    withdraw(clinician, case, scope="some", recipients="evaluator")

    dispatch.refresh_from_db()
    assert dispatch.status == DispatchStatus.QUEUED


def test_taking_back_everything_stops_what_was_printed(
    house: factories.House, clinician: Client, case: Case
) -> None:
    dispatch = _queued(house, case, channel=Channel.DOWNLOAD)
    delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    page = said(withdraw(clinician, case, scope="everything"))

    dispatch.refresh_from_db()
    assert dispatch.status == DispatchStatus.CANCELLED
    assert "Do not post what was printed" in page


def test_what_has_left_is_named_and_cannot_be_called_back(
    house: factories.House, clinician: Client, case: Case
) -> None:
    letter = factories.signed(factories.a_draft(house, case), by=house.clinician)
    factories.posted(house, letter)

    page = said(withdraw(clinician, case, scope="everything"))

    assert "Left already, and cannot be called back: report of a hazard" in page
    assert Dispatch.objects.get().status == DispatchStatus.POSTED


def test_taking_back_says_from_whom(clinician: Client, case: Case) -> None:
    page = said(withdraw(clinician, case, scope="some"))

    assert "Choose who may not be told any more" in page
    assert "The welfare adviser" in page
    assert "An ombudsman or tribunal" not in page  # may not be told anything


def withdraw(client: Client, case: Case, **given: str) -> Any:
    return client.post(f"/cases/{case.pk}/consent/withdraw/", {"reason": ""} | given, follow=True)


def _queued(house: factories.House, case: Case, *, channel: Channel = Channel.EMAIL) -> Dispatch:
    letter = factories.signed(factories.a_draft(house, case), by=house.clinician)
    return delivery.queue_dispatch(
        letter=factories.with_files(letter), channel=channel, by=house.clinician, at=NOW
    )
