"""GOV.UK Notify, through its own client over HTTP: what goes out, and what is known then."""

import inspect
import socket
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from notifications_python_client.notifications import NotificationsAPIClient

from letters.delivery.channels import Has
from letters.delivery.channels.notify import REMEMBERS, UPLOAD_BYTES, NotifyCarrier, NotifyService
from letters.delivery.channels.parcel import Parcel
from letters.delivery.errors import OutcomeUnknown, PermanentFailure, TemporaryFailure
from letters.delivery.models import Channel
from tests import notify
from tests.factories import NOW
from tests.notify import Fault

PDF = b"%PDF-1.7 a letter"
LINK = "https://letters.partnership.example/l/abc"


@pytest.fixture
def server() -> Iterator[notify.NotifyServer]:
    server = notify.NotifyServer()
    server.start()
    yield server
    server.stop()


def _service(url: str, **changes: Any) -> NotifyService:
    given: dict[str, Any] = {
        "api_key": notify.API_KEY,
        "base_url": url,
        "email_template": notify.EMAIL_TEMPLATE,
        "text_template": notify.TEXT_TEMPLATE,
        "uploads": False,
        "connect_timeout": 1,
        "answer_timeout": 0.3,
    }
    return NotifyService(**given | changes)


def _carrier(url: str, channel: Channel = Channel.POST, **changes: Any) -> NotifyCarrier:
    return NotifyCarrier(
        service=_service(url, **changes), channel=channel, offered_after=NOW, at=NOW
    )


def _parcel(**changes: Any) -> Parcel:
    given: dict[str, Any] = {
        "dispatch_id": uuid.UUID(int=7),
        "sender": "letters@partnership.example",
        "to": "repairs@council.example",
        "reply_to": "clinic@hospital.example",
        "subject": "A letter",
        "text": "Please read the letter.",
        "pdf": PDF,
        "pdf_name": "letter.pdf",
        "made_at": NOW,
        "reference": "HJP-0001",
        "about": "a home that you let or manage",
        "link": LINK,
        "printed": PDF,
        "postage": "second",
    }
    return Parcel(**given | changes)


def _send(carrier: NotifyCarrier, **changes: Any) -> list[str]:
    """What was called, in order; the failure goes on."""
    called: list[str] = []
    called.append(carrier.hand_over(_parcel(**changes), committing=lambda: called.append("now")))
    return called


# what goes out


def test_hand_over_posts_the_letter_under_the_dispatch_id(server: notify.NotifyServer) -> None:
    called = _send(_carrier(server.url))

    taken = server.by_reference(uuid.UUID(int=7))
    assert called == ["now", taken.id]
    assert (taken.kind, taken.pdf, taken.body["postage"]) == ("letter", PDF, "second")


def test_hand_over_mails_a_link_to_our_page(server: notify.NotifyServer) -> None:
    _send(_carrier(server.url, Channel.EMAIL))

    taken = server.by_reference(uuid.UUID(int=7))
    assert taken.body["email_address"] == "repairs@council.example"
    assert taken.body["personalisation"] == {
        "reference": "HJP-0001",
        "about": "a home that you let or manage",
        "reply_to": "clinic@hospital.example",
        "link": LINK,
    }


@pytest.mark.parametrize(("service", "link"), [({"uploads": True}, LINK), ({}, "")])
def test_hand_over_uploads_where_there_is_no_page(
    server: notify.NotifyServer, service: dict[str, Any], link: str
) -> None:
    _send(_carrier(server.url, Channel.EMAIL, **service), link=link)

    upload = server.by_reference(uuid.UUID(int=7)).body["personalisation"]["link"]
    assert upload["confirm_email_before_download"] is True
    assert upload["filename"] == "letter.pdf"


def test_hand_over_texts_a_link_and_nothing_else(server: notify.NotifyServer) -> None:
    _send(_carrier(server.url, Channel.TEXT), to="07700 900123")

    taken = server.by_reference(uuid.UUID(int=7))
    assert taken.body["phone_number"] == "07700 900123"
    assert taken.body["personalisation"] == {"reference": "HJP-0001", "link": LINK}


@pytest.mark.parametrize(
    ("channel", "changes", "reason"),
    [
        (Channel.TEXT, {"link": ""}, "link_missing"),
        (
            Channel.EMAIL,
            {"link": "", "printed": b"%PDF" + b"0" * UPLOAD_BYTES},
            "too_large_to_mail",
        ),
    ],
)
def test_hand_over_refuses_before_it_commits(
    server: notify.NotifyServer, channel: Channel, changes: dict[str, Any], reason: str
) -> None:
    committed: list[str] = []
    with pytest.raises(PermanentFailure) as refusal:
        _carrier(server.url, channel).hand_over(
            _parcel(**changes), committing=lambda: committed.append("now")
        )

    assert (refusal.value.reason, committed) == (reason, [])


# what is known when it fails


@pytest.mark.parametrize(
    "fault",
    [
        Fault.HANGS_UP_UNREAD,
        Fault.HANGS_UNREAD,
        Fault.HANGS_UP_READ,
        Fault.SERVER_ERROR,
        Fault.BAD_GATEWAY,
        Fault.UNAVAILABLE,
        Fault.ACCEPTS_THEN_HANGS,
        Fault.ACCEPTS_THEN_HANGS_UP,
        Fault.ACCEPTS_HALF_ANSWERS,
        Fault.ACCEPTS_ANSWERS_NONSENSE,
        Fault.ACCEPTS_THEN_500,
    ],
)
def test_hand_over_does_not_know_without_a_plain_answer(
    server: notify.NotifyServer, fault: Fault
) -> None:
    server.fault = fault

    with pytest.raises(OutcomeUnknown):
        _send(_carrier(server.url))

    was_taken = fault.value.startswith("accepts")
    found = _carrier(server.url).find(uuid.UUID(int=7))
    assert found.has is (Has.YES if was_taken else Has.NO)
    assert len(server.accepted) == was_taken  # nothing on the way asked a second time


def test_hand_over_may_be_tried_again_when_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with pytest.raises(TemporaryFailure) as failure:
        _send(_carrier(f"http://127.0.0.1:{port}"))

    assert (failure.value.reason, failure.value.stops_all) == ("notify_out_of_reach", False)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault.TRIAL_MODE, "notify_in_trial_mode"),
        (Fault.TEAM_KEY, "notify_key_is_for_team"),
        (Fault.VIRUS, "virus_found"),
        (Fault.NOT_ALLOWED, "not_allowed_by_notify"),
    ],
)
def test_hand_over_stops_when_refused(
    server: notify.NotifyServer, fault: Fault, reason: str
) -> None:
    server.fault = fault

    with pytest.raises(PermanentFailure) as refusal:
        _send(_carrier(server.url))

    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("channel", "parcel", "service", "reason"),
    [
        (Channel.POST, {"printed": b"GIF89a"}, {}, "file_refused"),
        (Channel.POST, {"postage": "tomorrow"}, {}, "postage_refused"),
        (Channel.EMAIL, {"to": "nobody"}, {}, "recipient_refused"),
        (Channel.TEXT, {"to": "12"}, {}, "recipient_refused"),
        (Channel.EMAIL, {}, {"email_template": str(uuid.UUID(int=1))}, "template_missing"),
    ],
)
def test_hand_over_says_what_notify_found_wrong(
    server: notify.NotifyServer,
    channel: Channel,
    parcel: dict[str, Any],
    service: dict[str, Any],
    reason: str,
) -> None:
    with pytest.raises(PermanentFailure) as refusal:
        _send(_carrier(server.url, channel, **service), **parcel)

    assert refusal.value.reason == reason


def test_hand_over_waits_a_minute_at_the_rate_limit(server: notify.NotifyServer) -> None:
    server.fault = Fault.RATE_LIMIT

    with time_machine.travel(NOW, tick=False), pytest.raises(TemporaryFailure) as failure:
        _send(_carrier(server.url))

    told = failure.value
    assert (told.reason, told.stops_all) == ("rate_limit", True)
    assert told.not_before == NOW + timedelta(minutes=1)


def test_hand_over_waits_for_the_next_day_at_the_daily_limit(server: notify.NotifyServer) -> None:
    server.fault = Fault.DAILY_LIMIT

    with time_machine.travel(NOW, tick=False), pytest.raises(TemporaryFailure) as failure:
        _send(_carrier(server.url))

    told = failure.value
    assert (told.reason, told.stops_all) == ("daily_limit", True)
    assert told.not_before == NOW.replace(hour=0, minute=0) + timedelta(days=1)


@pytest.mark.parametrize(
    ("api_key", "reason"),
    [
        (notify.API_KEY[:-1] + "1", "sign_in_refused"),
        (f"tests-{uuid.UUID(int=1)}-{notify.SECRET}", "sign_in_refused"),
    ],
)
def test_hand_over_holds_everything_when_the_key_is_wrong(
    server: notify.NotifyServer, api_key: str, reason: str
) -> None:
    with pytest.raises(TemporaryFailure) as failure:
        _send(_carrier(server.url, api_key=api_key))

    assert (failure.value.reason, failure.value.stops_all) == (reason, True)
    assert server.accepted == []


def test_hand_over_holds_everything_when_our_clock_is_wrong(
    server: notify.NotifyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications_python_client.authentication.epoch_seconds", _late_clock())

    with pytest.raises(TemporaryFailure) as failure:
        _send(_carrier(server.url))

    assert (failure.value.reason, failure.value.stops_all) == ("clock_is_wrong", True)


def _late_clock() -> Any:
    """A minute behind for whoever signs, right for whoever checks."""
    moments = iter([1_000_000_000, 1_000_000_060])
    return lambda: next(moments)


def test_hand_over_repeats_no_word_of_notifys(
    server: notify.NotifyServer, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(PermanentFailure) as refusal:
        _send(_carrier(server.url, Channel.EMAIL), to="nobody-at-council")

    assert "council" not in repr(refusal.value)
    assert "council" not in caplog.text


# asking


def test_find_knows_nothing_of_what_was_never_offered(server: notify.NotifyServer) -> None:
    found = _carrier(server.url).find(uuid.UUID(int=8))

    assert (found.has, found.reference) == (Has.NO, "")


def test_find_gives_the_first_of_two(server: notify.NotifyServer) -> None:
    first, _ = _send(_carrier(server.url))[1], _send(_carrier(server.url))

    found = _carrier(server.url).find(uuid.UUID(int=7))

    assert (found.has, found.reference) == (Has.YES, first)


def test_find_cannot_tell_what_notify_has_forgotten(server: notify.NotifyServer) -> None:
    carrier = NotifyCarrier(
        service=_service(server.url),
        channel=Channel.POST,
        offered_after=NOW,
        at=NOW + REMEMBERS + timedelta(seconds=1),
    )

    assert carrier.find(uuid.UUID(int=7)).has is Has.CANNOT_TELL


def test_find_is_asked_again_when_notify_is_in_trouble(server: notify.NotifyServer) -> None:
    server.answers_questions = False

    with pytest.raises(TemporaryFailure):
        _carrier(server.url).find(uuid.UUID(int=7))


# the client


def test_client_is_called_by_names_that_it_has() -> None:
    """A newer client that renames what we call, or what we pass, fails here first."""
    called = {
        "send_email_notification": {
            *("email_address", "template_id", "personalisation", "reference"),
        },
        "send_sms_notification": {"phone_number", "template_id", "personalisation", "reference"},
        "send_precompiled_letter_notification": {"reference", "pdf_file", "postage"},
        "get_all_notifications": {"reference"},
        "get_notification_by_id": {"id"},
    }

    for name, passed in called.items():
        taken = inspect.signature(getattr(NotificationsAPIClient, name)).parameters
        assert passed <= set(taken), name
