"""Pages of what came in: the queue, a message, calls, promises, post that came back."""

import hashlib
import hmac
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client

from letters.audit.models import AuditEvent
from letters.delivery.codes import code_of, printed
from letters.delivery.models import DispatchStatus
from letters.incoming import actions as incoming
from letters.incoming.actions.returned_post import WhyReturned
from letters.incoming.models import Call, Message, MessageLink, MessageSource, MessageStatus
from letters.incoming.reading import phrases
from letters.outcomes.models import Response
from letters.tracking import actions as tracking
from letters.tracking.models import ClockStart, Commitment, CommitmentStatus, Knowledge
from letters.web.words import REASONS
from tests import factories
from tests.factories import NOW
from tests.incoming.conftest import Written, come, written
from tests.incoming.mails import MAILBOX, Mail
from tests.web.conftest import AsPerson, posted, words

SECRET = "an invented secret of more than thirty-two characters"  # noqa: S105


@pytest.fixture(autouse=True)
def _mailbox(settings: LazySettings) -> None:
    settings.REPLY_MAILBOX = MAILBOX
    settings.INBOUND_SECRET = SECRET


def test_every_reason_is_shown_in_words() -> None:
    told = {reason for reason, _ in phrases.REASONS} | {each.value for each in WhyReturned}
    told |= {"mailbox_moved", "not_delivered", "delayed_on_its_way", "scanner_down", "no_scanner"}
    told |= {"too_large_to_scan", "cannot_be_looked_into", "not_looked_through_yet", "no_mark"}
    told |= {"marks_disagree", "several_cases", "too_many_cases", "several_partnerships"}
    told |= {"taken_out", "cannot_be_read", "too_large_to_take"}

    assert told <= set(REASONS)


@pytest.fixture
def sent(house: factories.House) -> Written:
    return written(house)


def test_a_reply_waits_on_the_worklist_and_on_the_case(sent: Written, adviser: Client) -> None:
    message = come(Mail(to=sent.known.address, text="We will come.\n").bytes())

    worklist = words(adviser.get("/worklist/"))
    case = words(adviser.get(f"/cases/{sent.case.pk}/"))

    assert f"/messages/{message.pk}/" in worklist
    assert f"/messages/{message.pk}/" in case
    assert "Waits for you" in case


def test_message_is_shown_as_text_alone(sent: Written, adviser: Client) -> None:
    text = "<script>alert(1)</script><b>We</b> will come.\n"
    message = come(Mail(to=sent.known.address, subject="<i>Re</i>", text=text).bytes())

    page = words(adviser.get(f"/messages/{message.pk}/"))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<i>Re</i>" not in page


def test_recording_an_answer_starts_the_clock_and_watches_the_promise(
    sent: Written, adviser: Client
) -> None:
    message = come(Mail(to=sent.known.address, text="An inspection on 3 December.\n").bytes())

    answer = adviser.post(
        f"/messages/{message.pk}/",
        {
            "kind": "inspection_booked",
            "summary": "Inspection",
            "promise": "inspection",
            "promised_for-day": "3",
            "promised_for-month": "12",
            "promised_for-year": "2026",
        },
    )

    assert answer.status_code == 302
    assert Response.objects.get().received_at == message.received_at
    assert Commitment.objects.get().promised_for.isoformat() == "2026-12-03"
    knowledge = ClockStart.objects.filter(superseded_at=None).values_list("knowledge", flat=True)
    assert set(knowledge) == {Knowledge.ACTUAL}
    assert MessageLink.objects.get().settled_by == sent.house.adviser


def test_recording_an_answer_twice_records_it_once(sent: Written, adviser: Client) -> None:
    message = come(Mail(to=sent.known.address, text="Ok.\n").bytes())
    form = {"kind": "acknowledged", "summary": ""}

    adviser.post(f"/messages/{message.pk}/", form)
    adviser.post(f"/messages/{message.pk}/", form)

    assert Response.objects.count() == 1


def test_a_promise_without_a_day_is_asked_about(sent: Written, adviser: Client) -> None:
    message = come(Mail(to=sent.known.address, text="Ok.\n").bytes())

    page = words(
        adviser.post(f"/messages/{message.pk}/", {"kind": "acknowledged", "promise": "inspection"})
    )

    assert "Enter the day that was promised" in page
    assert not Response.objects.exists()


def test_one_message_answers_two_cases_at_once(house: factories.House, adviser: Client) -> None:
    one, two = written(house), written(house)
    to = f"{one.known.address}, {two.known.address}"
    message = come(Mail(to=to, text="We dispute both.\n").bytes())
    links = [str(pk) for pk in MessageLink.objects.values_list("pk", flat=True)]

    adviser.post(f"/messages/{message.pk}/", {"kind": "disputed", "cases": links, "summary": ""})

    assert set(Response.objects.values_list("letter", flat=True)) == {one.letter.pk, two.letter.pk}


def test_queue_shows_what_has_no_case_and_each_look_is_noted(
    sent: Written, adviser: Client
) -> None:
    message = come(Mail(subject="Damp", text="Hello.\n").bytes())

    queue = words(adviser.get("/incoming/"))
    page = words(adviser.get(f"/messages/{message.pk}/"))

    assert f"/messages/{message.pk}/" in queue
    assert "This landlord writes from this address" in page
    assert AuditEvent.objects.filter(verb="viewed", subject_id=message.pk).exists()


def test_queue_is_not_for_clinicians(sent: Written, clinician: Client) -> None:
    message = come(Mail(subject="Damp", text="Hello.\n").bytes())

    assert clinician.get("/incoming/").status_code == 403
    assert clinician.get(f"/messages/{message.pk}/").status_code == 404


def test_another_partnership_sees_neither_message_nor_queue(
    sent: Written, signed_in: AsPerson
) -> None:
    stranger = signed_in(factories.a_house().adviser)
    linked = come(Mail(to=sent.known.address, text="Hello.\n").bytes())
    waiting = come(Mail(subject=f"{sent.known.reference} ", to="x@y.example").bytes())

    for message in (linked, waiting):
        for ending in ("", "original/", "link/", "kind/"):
            answer = stranger.get(f"/messages/{message.pk}/{ending}")
            assert answer.status_code == 404
    assert str(waiting.pk) not in words(stranger.get("/incoming/"))


def test_with_several_partnerships_a_message_without_marks_shows_nothing(
    sent: Written, adviser: Client
) -> None:
    factories.a_house()
    message = come(Mail(sender="x@nowhere.example", subject="Private matter", text="Hi\n").bytes())

    queue = words(adviser.get("/incoming/"))

    assert "Private matter" not in queue
    assert f"/messages/{message.pk}/take/" in queue
    assert adviser.get(f"/messages/{message.pk}/").status_code == 404


def test_taking_a_message_opens_it_and_is_written_down(sent: Written, adviser: Client) -> None:
    factories.a_house()
    message = come(Mail(sender="x@nowhere.example", subject="Private matter", text="Hi\n").bytes())

    adviser.post(f"/messages/{message.pk}/take/", {"partnership": str(sent.house.partnership.pk)})

    assert "Private matter" in words(adviser.get(f"/messages/{message.pk}/"))
    assert AuditEvent.objects.filter(verb="take_message", subject_id=message.pk).exists()


def test_linking_by_reference_takes_it_out_of_the_queue(sent: Written, adviser: Client) -> None:
    message = come(Mail(sender="x@nowhere.example", subject="Damp", text="Hi\n").bytes())

    adviser.post(f"/messages/{message.pk}/link/", {"reference": sent.known.reference.lower()})

    message.refresh_from_db()
    assert message.status == MessageStatus.MATCHED
    assert MessageLink.objects.get().how == MessageLink.How.PERSON


def test_linking_to_an_unknown_reference_says_what_to_do(sent: Written, adviser: Client) -> None:
    message = come(Mail(subject="Damp", text="Hi\n").bytes())

    page = words(adviser.post(f"/messages/{message.pk}/link/", {"reference": "ZZZZ-ZZZZ"}))

    assert "no case of your partnership has it" in page


def test_taken_out_of_its_case_it_waits_in_the_queue(sent: Written, adviser: Client) -> None:
    message = come(Mail(to=sent.known.address, text="Hello.\n").bytes())
    link = MessageLink.objects.get()

    adviser.post(f"/message-links/{link.pk}/end/")

    message.refresh_from_db()
    link.refresh_from_db()
    assert message.status == MessageStatus.UNMATCHED
    assert link.ended_by == sent.house.adviser


def test_put_aside_and_taken_back(sent: Written, adviser: Client) -> None:
    message = come(Mail(subject="Damp", text="Hi\n").bytes())

    adviser.post(f"/messages/{message.pk}/put-aside/")
    aside = Message.objects.get().status
    adviser.post(f"/messages/{message.pk}/take-back/")

    assert aside == MessageStatus.PUT_ASIDE
    assert Message.objects.get().status == MessageStatus.UNMATCHED


def test_an_automatic_reply_can_be_said_to_be_a_person(sent: Written, adviser: Client) -> None:
    headers = [("Auto-Submitted", "auto-replied")]
    message = come(Mail(to=sent.known.address, headers=headers, text="Away.\n").bytes())
    before = MessageLink.objects.get().settled_at

    adviser.post(f"/messages/{message.pk}/kind/", {"kind": "reply"})

    assert before is not None
    assert MessageLink.objects.get().settled_at is None


def test_original_is_the_same_to_the_last_byte(sent: Written, adviser: Client) -> None:
    raw = Mail(to=sent.known.address, text="Hello.\n").bytes()
    message = come(raw)

    answer = adviser.get(f"/messages/{message.pk}/original/")

    assert answer.content == raw
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"


CALL = {"caller": "contractor", "said": "works_booked", "words": "They start on Thursday"}


def test_a_call_becomes_answer_promise_and_note(house: factories.House, adviser: Client) -> None:
    case = posted(house, at=NOW).letter.case
    day = {"promised_for-day": "3", "promised_for-month": "12", "promised_for-year": "2026"}
    form = CALL | day | {"promise": "works_start", "note_id": str(uuid4())}

    adviser.post(f"/cases/{case.pk}/calls/note/", form)
    adviser.post(f"/cases/{case.pk}/calls/note/", form)  # pressed twice

    call = Call.objects.get()
    assert call.response == Response.objects.get()
    assert call.commitment is not None
    assert call.commitment.promised_by == Commitment.PromisedBy.CONTRACTOR
    assert call.called_at == NOW


def test_what_the_household_says_starts_no_clock(house: factories.House, adviser: Client) -> None:
    case = posted(house, at=NOW).letter.case
    form = CALL | {"caller": "household", "note_id": str(uuid4())}

    adviser.post(f"/cases/{case.pk}/calls/note/", form)

    assert Call.objects.get().response is None
    assert not Response.objects.exists()


def test_a_pasted_message_waits_with_its_case(sent: Written, adviser: Client) -> None:
    when = {"day": "23", "month": "11", "year": "2026", "time": "09:30"}
    form = {"text": "We will come.", **{f"received_at-{k}": v for k, v in when.items()}}

    adviser.post(f"/cases/{sent.case.pk}/messages/paste/", form)
    incoming.sort_message(message_id=Message.objects.get().pk, at=NOW)

    message = Message.objects.get()
    assert (message.source, message.status) == (MessageSource.PASTED, MessageStatus.MATCHED)
    assert message.fresh == "We will come."
    assert MessageLink.objects.get().settled_at is None


@pytest.mark.parametrize("by", ["id", "sheet", "reference"])
def test_returned_post_is_found_by_code_or_reference(
    house: factories.House, adviser: Client, by: str
) -> None:
    dispatch = posted(house, at=NOW)
    codes = {
        "id": str(dispatch.pk),
        "sheet": printed(code_of(dispatch.pk)).lower(),
        "reference": f" {dispatch.letter.case.reference.lower()} ",
    }
    code = codes[by]

    adviser.post("/incoming/returned-post/", {"code": code, "why": "moved_away"})

    dispatch.refresh_from_db()
    assert (dispatch.status, dispatch.reason) == (DispatchStatus.RETURNED, "moved_away")


def test_returned_post_that_nobody_sent_says_so(house: factories.House, adviser: Client) -> None:
    page = words(
        adviser.post("/incoming/returned-post/", {"code": "BCDF-2345", "why": "moved_away"})
    )

    assert "Check the reference" in page


def test_promises_that_were_not_kept_are_moved_kept_and_settled(
    house: factories.House, adviser: Client
) -> None:
    case = posted(house, at=NOW).letter.case
    promise = _promise(house, case, 20)
    incoming_page = words(adviser.get("/worklist/"))
    change = f"/commitments/{promise.pk}"

    adviser.post(f"{change}/move/", {"to-day": "4", "to-month": "12", "to-year": "2026"})
    moved = Commitment.objects.get()
    adviser.post(f"{change}/keep/", {"reason": ""})

    assert "Promised, and not kept" in incoming_page
    assert (moved.status, moved.promised_for.day) == (CommitmentStatus.OPEN, 4)
    assert moved.first_promised_for.day == 20
    assert Commitment.objects.get().status == CommitmentStatus.KEPT


def _promise(house: factories.House, case: Any, day: int) -> Commitment:
    promise = tracking.record_commitment(
        case=case,
        letter=None,
        what=Commitment.What.INSPECTION,
        words="",
        promised_for=date(2026, 11, day),
        promised_by=Commitment.PromisedBy.LANDLORD,
        came_from=Commitment.CameFrom.CALL,
        source_id=None,
        by=house.adviser,
        at=NOW,
    )
    tracking.mark_promises_missed(at=NOW)
    return promise


def _hand_on(raw: bytes, *, stamp: str = "", signature: str = "", **more: Any) -> Any:
    stamp = stamp or str(int(NOW.timestamp()))
    signed = hmac.new(SECRET.encode(), stamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
    return Client(enforce_csrf_checks=True).post(
        "/incoming/mail/",
        raw,
        content_type=more.get("content_type", "message/rfc822"),
        headers={"X-Timestamp": stamp, "X-Signature": signature or signed},
    )


def test_mail_handed_on_is_kept_once(db: None) -> None:
    raw = Mail(text="Hello.\n").bytes()

    answers = [_hand_on(raw).status_code, _hand_on(raw).status_code]

    assert answers == [202, 202]
    assert Message.objects.get().source == MessageSource.WEBHOOK


@pytest.mark.parametrize("late", [301, -301, 100_000_000_000])
def test_mail_handed_on_late_is_refused(db: None, late: int) -> None:
    answer = _hand_on(b"x", stamp=str(int(NOW.timestamp()) + abs(late) * (1 if late < 0 else -1)))

    assert answer.status_code == 401
    assert not Message.objects.exists()


def test_mail_handed_on_under_a_wrong_signature_is_refused(db: None) -> None:
    assert _hand_on(b"x", signature="0" * 64).status_code == 401
    assert _hand_on(b"x", signature="é").status_code == 401
    assert not Message.objects.exists()


def test_mail_handed_on_must_be_mail_of_some_size(db: None, settings: LazySettings) -> None:
    wrong = _hand_on(b"x", content_type="application/json").status_code
    large = Client().post(
        "/incoming/mail/", b"x", content_type="message/rfc822", CONTENT_LENGTH="27000000"
    )
    settings.INBOUND_SECRET = ""
    closed = _hand_on(b"x").status_code

    assert (wrong, large.status_code, closed) == (415, 413, 404)
