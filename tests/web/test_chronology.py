"""What happened in a case, the latest first."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.cases import actions as cases
from letters.cases.models import Case, HazardReport
from letters.delivery import actions as delivery
from letters.delivery.links import actions as links
from letters.delivery.links.models import LetterLink, LinkVisit
from letters.delivery.models import Channel, Dispatch, Says, Source
from letters.delivery.receipts import record_receipt
from letters.drafting.vocabulary import Recipient
from letters.incoming import actions as incoming
from letters.incoming.models import Call, Message, MessageSource
from letters.issuing import actions as issuing
from letters.issuing.models import Letter
from letters.law.facts import Answer
from letters.outcomes import actions as outcomes
from letters.outcomes.models import HealthChange, Remediation, Response
from letters.tracking import actions as tracking
from letters.tracking.models import Commitment, Deadline
from letters.web.chronology import Entry, Kind, chronology_of
from tests import factories
from tests.factories import NOW
from tests.incoming.conftest import come, written
from tests.incoming.mails import MAILBOX, Mail
from tests.web.conftest import AsPerson, posted, words

INSPECTION, LANDLORD = Commitment.What.INSPECTION, Commitment.PromisedBy.LANDLORD
DAY = timedelta(days=1)
MOST_QUERIES = 32


@pytest.fixture
def case(house: factories.House) -> Case:
    """Its letter was posted three days ago."""
    return posted(house, at=NOW - 3 * DAY).letter.case


def told(case: Case, kind: Kind) -> list[str]:
    return [entry.says for entry in chronology_of(case, kind)]


def entry_of(case: Case, kind: Kind, says: str) -> Entry:
    """The only one that says so."""
    (found,) = (each for each in chronology_of(case, kind) if says in each.says)
    return found


def receipt(case: Case, says: Says, *, reason: str = "", **more: Any) -> None:
    dispatch = Dispatch.objects.get(letter__case=case)
    record_receipt(
        dispatch_id=dispatch.pk, says=says, happened_at=NOW, reason=reason, at=NOW, **more
    )


def call(house: factories.House, case: Case, said: str) -> Call:
    return incoming.note_call(
        note_id=uuid4(),
        case=case,
        caller=Call.Caller.HOUSEHOLD,
        said=None,
        words=said,
        promise=None,
        called_at=NOW,
        by=house.adviser,
        at=NOW,
    )


def test_a_letter_is_told_as_approved_and_as_sent(house: factories.House, case: Case) -> None:
    letter = Letter.objects.get(case=case)

    sent, approved = chronology_of(case, Kind.LETTERS)

    assert approved.says == "Approved: report of a hazard affecting health"
    assert sent.says.startswith("Posted: report of a hazard affecting health, to Exampleton")
    assert {sent.who, approved.who} == {house.clinician.name}
    assert {sent.href, approved.href} == {f"/letters/{letter.pk}/"}


def test_a_letter_goes_after_it_was_approved_on_the_same_day(house: factories.House) -> None:
    case = posted(house, at=NOW + timedelta(hours=4)).letter.case

    sent, approved = chronology_of(case, Kind.LETTERS)

    assert (sent.says.split(":")[0], approved.says.split(":")[0]) == ("Posted", "Approved")


def test_a_draft_is_not_told_and_a_withdrawn_letter_is(house: factories.House) -> None:
    letter = factories.a_draft(house, factories.a_full_case(house))
    assert told(letter.case, Kind.LETTERS) == []

    issuing.withdraw_letter(letter=letter, by=house.adviser, at=NOW)

    (entry,) = chronology_of(letter.case, Kind.LETTERS)
    assert entry.says == "Withdrawn: report of a hazard affecting health"
    assert entry.who == house.adviser.name


def test_the_first_of_two_signatures_is_told(house: factories.House) -> None:
    letter = factories.a_draft(house, factories.a_full_case(house))
    Letter.objects.filter(pk=letter.pk).update(
        first_signed_by=house.adviser, first_signed_at=NOW, status="awaiting_second"
    )

    (entry,) = chronology_of(letter.case, Kind.LETTERS)

    assert entry.says.startswith("First of two signatures: report")
    assert entry.who == house.adviser.name


def test_proof_and_return_are_told_with_who_said_so(house: factories.House, case: Case) -> None:
    receipt(case, Says.SIGNED_FOR, source=Source.PERSON, by=house.adviser)
    receipt(case, Says.RETURNED, source=Source.NOTIFY, reason="came_back")

    proof = entry_of(case, Kind.DELIVERY, "signed for")
    back = entry_of(case, Kind.DELIVERY, "came back")

    assert proof.who == house.adviser.name
    assert (back.who, back.more) == ("GOV.UK Notify", "The envelope came back.")


def test_an_opened_link_is_told_without_whose_it_was(house: factories.House) -> None:
    letter = factories.an_approved_letter(house)
    dispatch = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW
    )
    links.link_url_for(dispatch, at=NOW)
    opened = LinkVisit.Outcome.OPENED
    links.note_visit(link=LetterLink.objects.get(dispatch=dispatch), outcome=opened, at=NOW)

    entry = entry_of(letter.case, Kind.DELIVERY, "opened the letter")

    assert entry.who == "Whoever had the link to it"
    assert entry.href == f"/dispatches/{dispatch.pk}/link/"


def test_a_message_leads_to_its_page(house: factories.House, settings: LazySettings) -> None:
    settings.REPLY_MAILBOX = MAILBOX
    sent = written(house)
    message = come(Mail(to=sent.known.address, subject="Your letter", text="We come.\n").bytes())

    (entry,) = chronology_of(sent.case, Kind.REPLIES)

    assert entry.more == "Your letter"
    assert entry.href == f"/messages/{message.pk}/"


def test_a_telephone_note_leads_to_its_place_on_the_case(
    house: factories.House, adviser: Client, case: Case
) -> None:
    noted = call(house, case, "The mould is back")

    entry = entry_of(case, Kind.REPLIES, "Telephone: the patient or household")

    assert (entry.who, entry.more) == (house.adviser.name, "The mould is back")
    assert entry.href == f"/cases/{case.pk}/#call-{noted.pk}"
    assert f'id="call-{noted.pk}"' in words(adviser.get(f"/cases/{case.pk}/"))


def test_what_became_of_a_promise_is_told(house: factories.House, case: Case) -> None:
    by: dict[str, Any] = {"reason": "They rang.", "by": house.adviser}
    promise = factories.a_promise(house, case, day=NOW.date(), what=INSPECTION, by=LANDLORD)
    tracking.mark_promises_missed(at=NOW + DAY)
    tracking.move_commitment(commitment=promise, to=NOW.date() + 9 * DAY, at=NOW + DAY * 2, **by)
    tracking.keep_commitment(commitment=promise, at=NOW + DAY * 3, **by)
    withdrawn = factories.a_promise(house, case, day=NOW.date() + 30 * DAY)
    tracking.withdraw_commitment(commitment=withdrawn, at=NOW + DAY * 4, **by)

    entries = chronology_of(case, Kind.PROMISES)

    assert [(each.says, each.who) for each in entries if str(promise.pk) in each.href] == [
        ("Promise kept: an inspection, 2\xa0December\xa02026", house.adviser.name),
        (
            "Promise moved: an inspection, 2\xa0December\xa02026 instead of 23\xa0November\xa02026",
            house.adviser.name,
        ),
        ("Promise not kept: an inspection, 23\xa0November\xa02026", "The service"),
        (
            "Promised by the landlord: an inspection, 23\xa0November\xa02026",
            house.adviser.name,
        ),
    ]
    assert entries[0].says.startswith("Promise taken back")
    assert entries[0].more == "They rang."


def test_what_became_of_a_deadline_is_told(house: factories.House, case: Case) -> None:
    deadline = Deadline.objects.filter(letter__case=case).order_by("-due_at")[0]
    by: dict[str, Any] = {"deadline": deadline, "reason": "Keys.", "by": house.adviser}
    tracking.pause_deadline(at=NOW, **by)
    tracking.resume_deadline(at=NOW + DAY, **by)
    until = deadline.due_at.date() + 3 * DAY
    tracking.extend_deadline(until=until, at=NOW + DAY * 2, **by)
    tracking.meet_deadline(at=NOW + DAY * 3, **by)

    entries = [e for e in chronology_of(case, Kind.DEADLINES) if str(deadline.pk) in e.href]

    heads = ["Deadline met", "Deadline put off", "Clock runs on", "Clock paused", "Clock started"]
    assert [entry.says.partition(":")[0] for entry in entries] == heads
    assert [entry.who for entry in entries] == [house.adviser.name] * 4 + ["The service"]
    assert "instead of" in entries[1].says
    assert entries[1].more == "Keys."


def test_missed_and_closed_deadlines_are_told(house: factories.House, case: Case) -> None:
    latest = Deadline.objects.filter(letter__case=case).order_by("-due_at")[0]
    tracking.close_deadline(deadline=latest, reason="Moved out.", by=house.adviser, at=NOW)
    tracking.mark_missed(at=NOW + 20 * DAY)

    assert entry_of(case, Kind.DEADLINES, "Deadline closed").more == "Moved out."
    missed = [e for e in chronology_of(case, Kind.DEADLINES) if "Deadline missed" in e.says]
    assert missed
    assert {entry.who for entry in missed} == {"The service"}


def test_what_came_of_it_is_told(house: factories.House, case: Case) -> None:
    outcomes.record_response(
        letter=Letter.objects.get(case=case),
        kind=Response.Kind.DISPUTED,
        received_at=NOW,
        summary="They say it is condensation.",
        by=house.adviser,
        at=NOW,
    )
    outcomes.record_remediation(
        hazard_report=HazardReport.objects.get(case=case),
        claimed_by=Remediation.Claimant.LANDLORD,
        extent=Remediation.Extent.FULL,
        completed_on=NOW.date() - DAY,
        cause_addressed=Answer.NOT_KNOWN,
        verification=Remediation.Verification.NONE,
        description="Painted.",
        by=house.adviser,
        at=NOW,
    )
    outcomes.record_health_change(
        case=case,
        observed_on=NOW.date() - DAY,
        change=HealthChange.Change.BETTER,
        respondent=HealthChange.Respondent.PARENT,
        steroid_courses=None,
        admissions=None,
        by=house.clinician,
        at=NOW,
    )

    says = told(case, Kind.OUTCOMES)

    assert says[-1] == "Health: better, says a parent"  # of the day before
    claim = "Mended: damp and mould, says the landlord, finished 22\xa0November\xa02026"
    assert set(says[:-1]) == {"Reply: disputes it", f"{claim}. Not verified"}
    assert entry_of(case, Kind.OUTCOMES, "Reply").more == "They say it is condensation."


def test_consent_is_told_as_given_and_as_withdrawn(house: factories.House) -> None:
    case = factories.a_full_case(house)
    cases.withdraw_grants(
        case=case, recipients=(Recipient.LANDLORD,), reason="", by=house.clinician, at=NOW
    )
    factories.consent(house, case)  # in place of the first, which nobody withdrew
    cases.withdraw_consent(case=case, reason="", by=house.adviser, at=NOW)

    entries = chronology_of(case, Kind.CONSENT)

    withdrawn = {entry.says: entry.who for entry in entries if "withdrawn" in entry.says}
    assert withdrawn == {
        "Consent withdrawn": house.adviser.name,
        "Consent withdrawn for one reader: the landlord": house.clinician.name,
    }
    assert [entry.says for entry in entries[2:]] == [
        "Consent given by a person with parental responsibility, until 11\xa0November\xa02027"
    ] * 2


def test_the_latest_stands_first(case: Case) -> None:
    moments = [entry.at for entry in chronology_of(case, None)]

    assert moments == sorted(moments, reverse=True)
    assert len(moments) > 5


def test_the_page_shows_day_what_who_and_where(
    house: factories.House, adviser: Client, case: Case
) -> None:
    page = words(adviser.get(f"/cases/{case.pk}/chronology/"))

    letter = Letter.objects.get(case=case)
    assert "Friday\xa020\xa0November\xa02026" in page
    assert f'<a class="app-digest" href="/letters/{letter.pk}/">Posted: report of a hazard' in page
    assert house.clinician.name in page
    assert f"Back to case {case.reference}" in page


def test_the_case_leads_to_its_chronology(adviser: Client, case: Case) -> None:
    assert f'href="/cases/{case.pk}/chronology/"' in words(adviser.get(f"/cases/{case.pk}/"))


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_shows_its_own_and_says_which_it_is(adviser: Client, case: Case, kind: Kind) -> None:
    page = words(adviser.get(f"/cases/{case.pk}/chronology/?kind={kind.value}"))

    assert re.search(rf'\?kind={kind.value}"\s+aria-current="page"', page)
    assert page.count('aria-current="page"') == 1
    assert ("Clock started" in page) == (kind is Kind.DEADLINES)
    assert ("Approved: " in page) == (kind is Kind.LETTERS)
    assert ("Consent given" in page) == (kind is Kind.CONSENT)


def test_a_kind_that_there_is_not_shows_everything(adviser: Client, case: Case) -> None:
    page = words(adviser.get(f"/cases/{case.pk}/chronology/?kind=<b>"))

    assert "Clock started" in page
    assert "Approved: " in page
    assert "<b>" not in page


def test_nothing_yet_is_said(house: factories.House, clinician: Client) -> None:
    address = f"/cases/{factories.a_case(house).pk}/chronology/"

    assert "Nothing has been recorded yet." in words(clinician.get(address))
    of_letters = words(clinician.get(f"{address}?kind=letters"))
    assert "Nothing of this kind has been recorded yet." in of_letters


def test_words_are_shown_as_the_text_they_are(
    house: factories.House, adviser: Client, case: Case
) -> None:
    call(house, case, "<script>alert(1)</script> & more")

    page = words(adviser.get(f"/cases/{case.pk}/chronology/"))

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page


def test_another_team_or_partnership_finds_nothing(
    house: factories.House, case: Case, signed_in: AsPerson
) -> None:
    stranger = factories.a_house()
    administrator = factories.an_administrator(house)

    for person in (stranger.adviser, stranger.clinician, house.reviewer, administrator):
        assert signed_in(person).get(f"/cases/{case.pk}/chronology/").status_code == 404


def test_an_adviser_finds_nothing_once_consent_is_withdrawn(
    house: factories.House, adviser: Client, clinician: Client, case: Case
) -> None:
    cases.withdraw_consent(case=case, reason="", by=house.clinician, at=NOW)

    assert adviser.get(f"/cases/{case.pk}/chronology/").status_code == 404
    assert clinician.get(f"/cases/{case.pk}/chronology/").status_code == 200


def test_nothing_of_another_case_is_shown(
    house: factories.House, adviser: Client, case: Case
) -> None:
    other = posted(house, at=NOW).letter.case
    call(house, other, "Of the other home")

    page = words(adviser.get(f"/cases/{case.pk}/chronology/"))

    assert "Of the other home" not in page
    assert str(Letter.objects.get(case=other).pk) not in page


def test_a_long_case_is_paged_at_the_same_cost(
    house: factories.House, adviser: Client, case: Case
) -> None:
    address, counts = f"/cases/{case.pk}/chronology/?kind=replies", []
    for many in (1, 499):
        Call.objects.bulk_create(a_note(house, case, number) for number in range(many))
        with CaptureQueriesContext(connection) as queries:
            adviser.get(f"/cases/{case.pk}/chronology/")
        counts.append(len(queries))

    first, last = words(adviser.get(address)), words(adviser.get(f"{address}&page=10"))
    assert counts[0] == counts[1] <= MOST_QUERIES
    assert "Replies and calls: 500" in first
    assert first.count("Note ") == last.count("Note ") == 50
    assert "?kind=replies&amp;page=2" in first
    assert "?kind=replies&amp;page=9" in last
    assert "page=11" not in last


def a_note(house: factories.House, case: Case, number: int) -> Call:
    return Call(
        case=case,
        caller=Call.Caller.HOUSEHOLD,
        words=f"Note {number}",
        called_at=NOW - number * DAY,
        noted_by=house.adviser,
        noted_at=NOW,
    )


def test_every_kind_costs_the_same_however_many_there_are(
    house: factories.House, adviser: Client, case: Case
) -> None:
    counts = []
    for _ in range(2):
        _one_more_of_each(house, case)
        with CaptureQueriesContext(connection) as queries:
            adviser.get(f"/cases/{case.pk}/chronology/")
        counts.append(len(queries))

    assert Message.objects.count() == 2
    assert counts[0] == counts[1] <= MOST_QUERIES


def _one_more_of_each(house: factories.House, case: Case) -> None:
    letter = factories.signed(factories.a_draft(house, case), by=house.clinician)
    factories.posted(house, letter)
    dispatch = Dispatch.objects.get(letter=letter)
    record_receipt(
        dispatch_id=dispatch.pk,
        says=Says.SIGNED_FOR,
        source=Source.PERSON,
        happened_at=NOW,
        reason="",
        at=NOW,
        by=house.adviser,
    )
    links.renew_link(dispatch=dispatch, by=house.adviser, at=NOW)
    link = LetterLink.objects.get(dispatch=dispatch)
    links.note_visit(link=link, outcome=LinkVisit.Outcome.OPENED, at=NOW)
    incoming.keep_for_case(
        case=case,
        letter=None,
        subject=f"Answer to {letter.pk}",
        text="We will come.",
        files=[],
        source=MessageSource.PASTED,
        received_at=NOW,
        by=house.adviser,
        at=NOW,
    )
    call(house, case, "Again")
    promise = factories.a_promise(house, case, day=NOW.date() + DAY)
    tracking.keep_commitment(commitment=promise, reason="", by=house.adviser, at=NOW)
    outcomes.record_response(
        letter=letter,
        kind=Response.Kind.ACKNOWLEDGED,
        received_at=NOW,
        summary="",
        by=house.adviser,
        at=NOW,
    )
    cases.withdraw_grants(
        case=case, recipients=(Recipient.EVALUATOR,), reason="", by=house.clinician, at=NOW
    )
    factories.consent(house, case)
