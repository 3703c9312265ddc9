"""Letters that go by GOV.UK Notify, from the queue to the last that is heard of them."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings

from letters.delivery import actions as delivery
from letters.delivery.errors import ChannelNotOffered, MailNotSetUp, PostageNotDecided, PostNotSetUp
from letters.delivery.models import Channel, Dispatch, DispatchStatus, Receipt, Says
from letters.delivery.pauses import CarrierPause, end_pause
from letters.delivery.queries import sent
from letters.delivery.vocabulary import CarrierName, Postage
from letters.issuing.models import Letter
from tests import factories, notify, servers
from tests.factories import NOW
from tests.notify import Fault, NotifyServer

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=5)


@pytest.fixture
def house() -> factories.House:
    """A partnership that has decided to send by Notify."""
    house = factories.a_house()
    factories.law_signed(house)
    factories.sends_by(house, email=CarrierName.NOTIFY, postage=Postage.SECOND)
    return house


@pytest.fixture
def letter(house: factories.House) -> Letter:
    letter = factories.an_approved_letter(house)
    factories.with_files(letter)
    return letter


def queued(house: factories.House, letter: Letter, channel: Channel = Channel.POST) -> Dispatch:
    return delivery.queue_dispatch(letter=letter, channel=channel, by=house.adviser, at=NOW)


def went(house: factories.House, letter: Letter, channel: Channel = Channel.POST) -> Dispatch:
    return delivery.deliver(dispatch_id=queued(house, letter, channel).pk, at=NOW)


# on the way out


def test_a_letter_is_printed_for_us_as_it_was_issued(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    dispatch = went(house, letter)

    taken = notify_server.by_reference(dispatch.pk)
    assert taken.pdf == bytes(letter.letterfile_set.get(file_format="pdf").data)
    assert taken.body["postage"] == "second"
    assert (dispatch.status, dispatch.provider_reference) == (DispatchStatus.ACCEPTED, taken.id)
    assert (dispatch.carrier, dispatch.postage) == ("notify", "second")
    assert not sent(dispatch)  # no clock runs before the printer has posted it


def test_an_email_goes_by_the_carrier_that_was_chosen(
    house: factories.House,
    letter: Letter,
    notify_server: NotifyServer,
    mail_server: servers.MailServer,
) -> None:
    dispatch = went(house, letter, Channel.EMAIL)

    taken = notify_server.by_reference(dispatch.pk)
    assert taken.body["email_address"] == "repairs@council.example"
    assert taken.body["personalisation"]["reference"] == letter.case.reference
    assert mail_server.messages == []


def test_what_waits_keeps_its_carrier(
    house: factories.House,
    letter: Letter,
    notify_server: NotifyServer,
    mail_server: servers.MailServer,
) -> None:
    """Another might send again what this one has already."""
    dispatch = queued(house, letter, Channel.EMAIL)
    factories.sends_by(house, email=CarrierName.SMTP)

    delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    assert notify_server.counted() == {str(dispatch.pk): 1}
    assert mail_server.messages == []


def test_a_person_who_sends_again_chooses_anew(
    house: factories.House,
    letter: Letter,
    notify_server: NotifyServer,
    mail_server: servers.MailServer,
) -> None:
    notify_server.fault = Fault.TRIAL_MODE
    dispatch = went(house, letter, Channel.EMAIL)
    factories.sends_by(house, email=CarrierName.SMTP)

    delivery.try_again(dispatch=dispatch, by=house.adviser, at=NOW)
    after = delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    assert (after.status, after.carrier) == (DispatchStatus.ACCEPTED, "smtp")
    assert len(mail_server.messages) == 1


def test_nothing_is_offered_that_is_not_set_up(
    house: factories.House, letter: Letter, settings: LazySettings
) -> None:
    with pytest.raises(PostNotSetUp):
        queued(house, letter)
    with pytest.raises(MailNotSetUp):  # Notify was chosen, and is not there
        queued(house, letter, Channel.EMAIL)
    with pytest.raises(ChannelNotOffered):
        queued(house, letter, Channel.TEXT)


def test_no_class_of_post_is_presumed(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    factories.sends_by(house, email=CarrierName.NOTIFY)

    with pytest.raises(PostageNotDecided):
        queued(house, letter)


def test_a_demonstration_posts_nothing(notify_server: NotifyServer, settings: LazySettings) -> None:
    house = factories.a_house(is_demonstration=True)
    factories.law_signed(house)
    letter = factories.an_approved_letter(house)
    factories.with_files(letter)

    dispatch = went(house, letter)

    assert (dispatch.status, dispatch.carrier) == (DispatchStatus.ACCEPTED, "outbox")
    assert (settings.VAR_DIR / "outbox" / f"{dispatch.pk}.eml").is_file()
    assert notify_server.accepted == []


# when it fails


@pytest.mark.parametrize(
    "fault",
    [Fault.ACCEPTS_THEN_HANGS_UP, Fault.ACCEPTS_HALF_ANSWERS, Fault.ACCEPTS_THEN_500],
)
def test_what_was_taken_without_an_answer_is_found_and_goes_once(
    house: factories.House, letter: Letter, notify_server: NotifyServer, fault: Fault
) -> None:
    notify_server.fault = fault
    dispatch = went(house, letter)
    assert dispatch.status == DispatchStatus.UNKNOWN
    notify_server.fault = Fault.NONE

    after = delivery.deliver(dispatch_id=dispatch.pk, at=NOW + timedelta(minutes=6))

    assert (after.status, after.reason) == (DispatchStatus.ACCEPTED, "found_at_carrier")
    assert notify_server.counted() == {str(dispatch.pk): 1}


@pytest.mark.parametrize("fault", [Fault.HANGS_UP_UNREAD, Fault.SERVER_ERROR])
def test_what_was_not_taken_is_asked_about_and_goes(
    house: factories.House, letter: Letter, notify_server: NotifyServer, fault: Fault
) -> None:
    notify_server.fault = fault
    dispatch = went(house, letter)
    assert dispatch.status == DispatchStatus.UNKNOWN
    notify_server.fault = Fault.NONE

    after = delivery.deliver(dispatch_id=dispatch.pk, at=NOW + timedelta(minutes=6))

    assert after.status == DispatchStatus.ACCEPTED
    assert notify_server.counted() == {str(dispatch.pk): 1}


def test_the_daily_limit_holds_back_all_that_would_go_the_same_way(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    other = factories.an_approved_letter(house)
    factories.with_files(other)
    waiting, by_mail = queued(house, other), factories.an_approved_letter(house)
    factories.with_files(by_mail)
    unharmed = queued(house, by_mail, Channel.EMAIL)
    notify_server.fault = Fault.DAILY_LIMIT

    with time_machine.travel(NOW, tick=False):
        dispatch = went(house, letter)

    midnight = NOW.replace(hour=0, minute=0) + timedelta(days=1)
    waiting.refresh_from_db()
    unharmed.refresh_from_db()
    assert dispatch.next_try_at == waiting.next_try_at == midnight
    assert waiting.attempts == 0
    assert unharmed.next_try_at == NOW
    assert CarrierPause.objects.get().reason == "daily_limit"


def test_what_is_queued_during_a_pause_waits_for_its_end(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    notify_server.fault = Fault.DAILY_LIMIT
    with time_machine.travel(NOW, tick=False):
        went(house, letter)

    later = queued(house, factories.an_approved_letter(house))

    assert later.next_try_at == CarrierPause.objects.get().until


def test_a_pause_ends_when_somebody_has_mended_the_key(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    notify_server.secret = str(uuid.UUID(int=1))
    dispatch = went(house, letter)
    assert (dispatch.status, dispatch.reason) == (DispatchStatus.QUEUED, "sign_in_refused")
    notify_server.secret = notify.SECRET
    waiting = queued(house, factories.an_approved_letter(house))

    end_pause(held=CarrierPause.objects.get(), by=factories.an_administrator(house), at=NOW)

    waiting.refresh_from_db()
    assert waiting.next_try_at == NOW
    assert delivery.claim(dispatch_id=waiting.pk, at=NOW)


# what is heard of it


def told(notify_server: NotifyServer, dispatch: Dispatch, status: str) -> bool:
    taken = notify_server.by_reference(dispatch.pk)
    return delivery.take_callback(told=notify_server.callback(taken, status), at=LATER)


@pytest.mark.parametrize(
    ("status", "after", "reason"),
    [
        ("delivered", DispatchStatus.DELIVERED, ""),
        ("permanent-failure", DispatchStatus.RETURNED, "mailbox_unknown"),
        ("technical-failure", DispatchStatus.FAILED, "notify_failed"),
        ("sending", DispatchStatus.ACCEPTED, ""),
    ],
)
def test_callbacks_move_an_email(
    house: factories.House,
    letter: Letter,
    notify_server: NotifyServer,
    status: str,
    after: DispatchStatus,
    reason: str,
) -> None:
    dispatch = went(house, letter, Channel.EMAIL)

    told(notify_server, dispatch, status)
    told(notify_server, dispatch, status)

    dispatch.refresh_from_db()
    assert (dispatch.status, dispatch.reason) == (after, reason)
    assert Receipt.objects.count() == (after != DispatchStatus.ACCEPTED)


@pytest.mark.parametrize(
    ("status", "after", "reason"),
    [
        ("received", DispatchStatus.POSTED, ""),
        ("accepted", DispatchStatus.ACCEPTED, ""),
        ("validation-failed", DispatchStatus.FAILED, "refused_by_printer"),
    ],
)
def test_asking_moves_a_letter_of_which_nobody_calls_back(
    house: factories.House,
    letter: Letter,
    notify_server: NotifyServer,
    status: str,
    after: DispatchStatus,
    reason: str,
) -> None:
    dispatch = went(house, letter)
    notify_server.by_reference(dispatch.pk).status = status

    assert delivery.ask_carriers(at=LATER) == 1
    assert delivery.ask_carriers(at=LATER + timedelta(minutes=10)) == 0

    dispatch.refresh_from_db()
    assert (dispatch.status, dispatch.reason) == (after, reason)


def test_a_letter_left_on_the_day_it_was_posted(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    dispatch = went(house, letter)
    body = notify_server.callback(notify_server.by_reference(dispatch.pk), "received")
    posted_at = NOW + timedelta(days=2)

    delivery.take_callback(
        told=body | {"completed_at": posted_at.isoformat()}, at=NOW + timedelta(days=3)
    )

    dispatch.refresh_from_db()
    assert dispatch.sent_at == posted_at
    assert sent(dispatch)
    assert Receipt.objects.get().says == Says.POSTED


def test_post_that_came_back_is_told_once(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    dispatch = went(house, letter)
    told(notify_server, dispatch, "received")
    body = {
        "notification_id": dispatch.provider_reference,
        "reference": str(dispatch.pk),
        "date_sent": "2026-11-23T11:00:00.000000Z",
        "sent_by": "API",
        "template_name": None,
        "template_id": "None",
        "template_version": None,
        "spreadsheet_file_name": None,
        "spreadsheet_row_number": None,
        "upload_letter_file_name": None,
    }

    delivery.take_callback(told=body, at=LATER)
    delivery.take_callback(told=body, at=LATER + timedelta(hours=1))

    dispatch.refresh_from_db()
    assert (dispatch.status, dispatch.reason) == (DispatchStatus.RETURNED, "returned_by_post")
    assert Receipt.objects.filter(says=Says.RETURNED).get().happened_at == LATER


def test_callbacks_in_any_order_come_to_the_same(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    dispatch = went(house, letter, Channel.EMAIL)

    for status in ("delivered", "sending", "created", "delivered"):
        told(notify_server, dispatch, status)

    dispatch.refresh_from_db()
    assert dispatch.status == DispatchStatus.DELIVERED


def test_a_callback_may_come_before_our_own_answer(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    notify_server.fault = Fault.ACCEPTS_THEN_HANGS_UP
    dispatch = went(house, letter, Channel.EMAIL)

    told(notify_server, dispatch, "delivered")

    dispatch.refresh_from_db()
    assert dispatch.status == DispatchStatus.DELIVERED


def test_a_callback_says_nothing_of_what_went_another_way(
    house: factories.House, letter: Letter, mail_server: servers.MailServer
) -> None:
    factories.sends_by(house, email=CarrierName.SMTP)
    dispatch = went(house, letter, Channel.EMAIL)
    body: dict[str, object] = {
        "reference": str(dispatch.pk),
        "status": "permanent-failure",
        "notification_type": "email",
        "completed_at": "2026-11-23T11:05:00.000000Z",
    }

    assert delivery.take_callback(told=body, at=LATER) is False
    assert Receipt.objects.count() == 0


def test_a_moment_yet_to_come_counts_as_now(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    dispatch = went(house, letter, Channel.EMAIL)
    body = notify_server.callback(notify_server.by_reference(dispatch.pk), "delivered")

    delivery.take_callback(told=body | {"completed_at": "2099-01-01T00:00:00Z"}, at=LATER)

    assert Receipt.objects.get().happened_at == LATER


def test_asking_stops_when_notify_is_in_trouble_and_goes_on_later(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    dispatch = went(house, letter)
    notify_server.answers_questions = False
    assert delivery.ask_carriers(at=LATER) == 0
    notify_server.answers_questions = True
    notify_server.by_reference(dispatch.pk).status = "received"

    assert delivery.ask_carriers(at=LATER) == 1


def test_asking_is_soon_over_for_what_notify_forgets(
    house: factories.House, letter: Letter, notify_server: NotifyServer
) -> None:
    went(house, letter)
    notify_server.accepted.clear()

    assert delivery.ask_carriers(at=LATER) == 1  # a 404 is an answer
    assert delivery.ask_carriers(at=NOW + timedelta(days=7)) == 0
