"""The page on which whoever sent a letter lands."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from letters.access import actions as access
from letters.access.roles import Role
from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.delivery.vocabulary import Postage
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import DataItem, Purpose, Recipient
from letters.issuing import actions as issuing
from letters.issuing.models import Letter
from letters.tracking import actions as tracking
from letters.tracking.models import Deadline, DeadlineStatus
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, posted, ready, words


@pytest.fixture
def queued(house: factories.House) -> Dispatch:
    """To go by e-mail, and to be stopped for a minute yet."""
    letter = factories.with_files(factories.an_approved_letter(house))
    return delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW)


def address(dispatch: Dispatch) -> str:
    return f"/letters/{dispatch.letter_id}/sent/"


def shown(client: Client, dispatch: Dispatch) -> str:
    """The words of the page, on one line, with the spaces that anybody types."""
    return " ".join(re.sub(r"<[^>]*>", "", unescape(words(client.get(address(dispatch))))).split())


def for_record(client: Client, dispatch: Dispatch) -> str:
    page = words(client.get(address(dispatch)))
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found
    return unescape(found[1])


def moved(dispatch: Dispatch, status: DispatchStatus) -> Dispatch:
    Dispatch.objects.filter(pk=dispatch.pk).update(status=status, sent_at=NOW)
    return dispatch


def test_whoever_sends_a_letter_lands_on_it(house: factories.House, clinician: Client) -> None:
    letter = factories.with_files(factories.an_approved_letter(house))

    response = clinician.post(f"/letters/{letter.pk}/send/", {"channel": "email"})

    assert response["Location"] == f"/letters/{letter.pk}/sent/"
    page = words(clinician.get(response["Location"]))
    assert f"Case reference {letter.case.reference}" in page
    assert "The letter is on its way" in page


def test_what_waits_can_be_stopped_until_it_leaves(clinician: Client, queued: Dispatch) -> None:
    page = shown(clinician, queued)
    assert "Until then you can stop it" in page
    assert f"/dispatches/{queued.pk}/cancel/" in words(clinician.get(address(queued)))

    clinician.post(f"/dispatches/{queued.pk}/cancel/")

    assert clinician.get(address(queued))["Location"] == f"/letters/{queued.letter_id}/"


def progress(client: Client, dispatch: Dispatch) -> str:
    return str(client.get(f"{address(dispatch)}progress/").json()["progress"])


def test_the_page_says_how_far_the_letter_is(house: factories.House, clinician: Client) -> None:
    letter = factories.an_approved_letter(house)
    dispatch = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW
    )
    before, first = shown(clinician, dispatch), progress(clinician, dispatch)

    factories.with_files(letter)

    assert "Being written as PDF. Waits to be sent." in before
    assert "Written as PDF. Waits to be sent." in shown(clinician, dispatch)
    assert progress(clinician, dispatch) != first


def test_progress_changes_when_it_is_taken_and_when_it_left(
    clinician: Client, queued: Dispatch
) -> None:
    steps = (DispatchStatus.QUEUED, DispatchStatus.CLAIMED, DispatchStatus.ACCEPTED)

    told = [progress(clinician, moved(queued, status)) for status in steps]

    assert len(set(told)) == 3


def test_waiting_is_no_look_at_the_letter(
    clinician: Client, queued: Dispatch, signed_in: AsPerson
) -> None:
    before = AuditEvent.objects.count()

    progress(clinician, queued)

    assert AuditEvent.objects.count() == before
    stranger = signed_in(factories.a_house().clinician)
    assert stranger.get(f"{address(queued)}progress/").status_code == 404


def test_a_page_that_waits_for_nothing_asks_for_nothing(
    house: factories.House, clinician: Client, queued: Dispatch
) -> None:
    assert "data-waits" in words(clinician.get(address(queued)))
    assert "data-waits" not in words(clinician.get(address(posted(house, at=NOW))))


def test_the_day_foreseen_is_the_day_that_runs(clinician: Client, queued: Dispatch) -> None:
    foreseen = shown(clinician, queued)
    leaves = queued.next_try_at
    assert leaves is not None
    Dispatch.objects.filter(pk=queued.pk).update(status=DispatchStatus.ACCEPTED, sent_at=leaves)
    queued.refresh_from_db()
    tracking.start_clocks(dispatch=queued, at=leaves)

    runs = shown(clinician, queued)

    first = re.search(r"The first deadline will be (.*?): (.*?)\. It is counted", foreseen)
    assert first
    assert f"The first deadline is {first[1]}: {first[2]}. It is counted" in runs
    assert "when the letter is presumed to arrive" in foreseen
    assert "It left on Monday 23 November 2026. It can no longer be stopped" in runs


def test_paper_is_counted_as_if_posted_today(house: factories.House, clinician: Client) -> None:
    page = shown(clinician, ready(house, at=NOW))

    assert "Ready to print and post" in page
    assert "If it is posted on Monday 23 November 2026, the first deadline is" in page


def test_a_printers_letter_runs_from_nothing_yet(
    house: factories.House, clinician: Client, queued: Dispatch
) -> None:
    Dispatch.objects.filter(pk=queued.pk).update(channel=Channel.POST, postage=Postage.FIRST)
    moved(queued, DispatchStatus.ACCEPTED)

    page = shown(clinician, queued)

    assert "The printer has the letter" in page
    assert "If it is posted on" in page
    assert "Next date: counted once the letter has been posted" in for_record(clinician, queued)


def test_a_known_day_is_not_called_presumed(clinician: Client, sent_letter: Letter) -> None:
    clinician.post(
        f"/letters/{sent_letter.pk}/responses/record/",
        {
            "kind": "acknowledged",
            "summary": "",
            "received_at-day": "23",
            "received_at-month": "11",
            "received_at-year": "2026",
            "received_at-time": "09:30",
        },
    )

    page = shown(clinician, sent_letter.dispatch_set.get())

    assert "It is counted from Monday 23 November 2026. Deadlines of this case" in page


def test_deadlines_that_are_over_are_not_shown(clinician: Client, sent_letter: Letter) -> None:
    Deadline.objects.update(status=DeadlineStatus.MET, ended_at=NOW)

    page = shown(clinician, sent_letter.dispatch_set.get())

    assert "No deadline of this letter runs now" in page
    assert "The first deadline" not in page


def test_a_copy_starts_nothing_and_says_so(house: factories.House, clinician: Client) -> None:
    letter = _a_copy(house)
    dispatch = delivery.queue_dispatch(
        letter=letter, channel=Channel.DOWNLOAD, by=house.clinician, at=NOW
    )
    assert "The letter is being made" in shown(clinician, dispatch)
    delivery.deliver(dispatch_id=dispatch.pk, at=NOW)
    assert "The copy is ready" in shown(clinician, dispatch)
    dispatch.refresh_from_db()
    delivery.record_posted(dispatch=dispatch, posted_on=NOW.date(), by=house.clinician, at=NOW)

    page = shown(clinician, dispatch)

    assert "Handed over or filed" in page
    assert "No deadline runs from this letter" in page
    assert "Next date: no deadline runs from this letter" in for_record(clinician, dispatch)


def _a_copy(house: factories.House) -> Letter:
    draft = tracking.draft_step(
        case=posted(house, at=NOW).letter.case,
        stage=Stage.PATIENT_COPY,
        also=(),
        body=None,
        narrative="",
        by=house.clinician,
        at=NOW,
    )
    return factories.with_files(factories.signed(draft, by=house.clinician))


def test_the_text_for_the_record_names_nobody(clinician: Client, queued: Dispatch) -> None:
    text = for_record(clinician, queued)

    *lines, next_date = text.splitlines()
    assert lines == [
        f"Letter about the home, case {queued.letter.case.reference}",
        "Kind of letter: Report of a hazard affecting health",
        "To: The landlord",
        "Asked to be sent: 23 November 2026, not gone yet",
    ]
    assert re.fullmatch(r"Next date: .* 2026: .* \(.*presumed day of receipt\)", next_date)
    for told in ("Maya", "Leila", "Sample", "Exampleton", "ZZ99", "mould", "asthma", "\xa0"):
        assert told not in text


def test_the_text_can_be_selected_and_not_changed(clinician: Client, queued: Dispatch) -> None:
    page = words(clinician.get(address(queued)))

    assert re.search(r'<textarea[^>]*id="for-record"[^>]*\sreadonly', page)
    assert re.search(r"<button[^>]*\shidden>Copy</button>", page)  # its script shows it


def test_it_says_whether_the_record_may_hold_it(
    house: factories.House, clinician: Client, queued: Dispatch
) -> None:
    says = "The patient has not agreed that their health record may hold"
    assert says in shown(clinician, queued)

    _agree_to_the_record(house, queued)

    assert says not in shown(clinician, queued)


def _agree_to_the_record(house: factories.House, dispatch: Dispatch) -> None:
    consent = dispatch.letter.case.consent_set.get()
    consent.consentgrant_set.create(
        recipient=Recipient.PATIENT_RECORD,
        purpose=Purpose.LETTER,
        item=DataItem.HOUSING_CONDITIONS,
    )


def test_a_letter_that_nobody_sent_leads_to_its_page(
    house: factories.House, clinician: Client
) -> None:
    letter = factories.an_approved_letter(house)

    response = clinician.get(f"/letters/{letter.pk}/sent/")

    assert response["Location"] == f"/letters/{letter.pk}/"


@pytest.mark.parametrize("status", ["failed", "returned", "unknown"])
def test_what_a_person_must_settle_is_on_its_page(
    clinician: Client, queued: Dispatch, status: str
) -> None:
    moved(queued, DispatchStatus(status))

    assert clinician.get(address(queued))["Location"] == f"/letters/{queued.letter_id}/"


def test_a_withdrawn_letter_leads_to_its_page(
    house: factories.House, clinician: Client, sent_letter: Letter
) -> None:
    issuing.withdraw_letter(letter=sent_letter, by=house.clinician, at=NOW)

    response = clinician.get(f"/letters/{sent_letter.pk}/sent/")

    assert response["Location"] == f"/letters/{sent_letter.pk}/"


def test_other_teams_do_not_find_it(
    house: factories.House, signed_in: AsPerson, queued: Dispatch
) -> None:
    ward = access.add_team(
        organisation=house.clinic.organisation,
        name="Another clinic",
        telephone="020 7946 0102",
        email="other@team.example",
        by=None,
    )
    colleague = factories.a_member(ward, Role.CLINICIAN, "Dr Lee Placeholder")

    for person in (colleague, factories.a_house().clinician, house.evaluator):
        assert signed_in(person).get(address(queued)).status_code == 404


def test_an_adviser_sees_it_while_the_patient_agrees(
    house: factories.House, adviser: Client, queued: Dispatch
) -> None:
    assert adviser.get(address(queued)).status_code == 200

    cases.withdraw_consent(case=queued.letter.case, reason="", by=house.clinician, at=NOW)

    assert adviser.get(address(queued)).status_code == 404


def test_it_can_be_opened_again(house: factories.House, clinician: Client) -> None:
    dispatch = posted(house, at=NOW - timedelta(weeks=8))

    first, second = shown(clinician, dispatch), shown(clinician, dispatch)

    assert first == second
    assert "The letter has left" in first
