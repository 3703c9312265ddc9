"""A program is told once, signed, and again when it did not answer, until somebody gives up."""

import json
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import LazySettings
from django.db import connection, transaction

from letters.access.models import User
from letters.announcing import actions
from letters.announcing.errors import NotGivenUp
from letters.announcing.kinds import EventKind
from letters.announcing.models import Announcement, AnnouncementStatus, Event, Subscription
from letters.announcing.queries import due
from letters.announcing.record import announce
from letters.announcing.telling import (
    LEASE,
    LONGEST_FAILING,
    MOST_FAILURES_IN_A_ROW,
    WAITS,
    tell,
)
from tests import factories
from tests.announcing.receiver import Receiver, receiving
from tests.factories import NOW

_WAITING, _SENT, _FAILED = AnnouncementStatus


@pytest.fixture
def announcement(house: factories.House, subscription: Subscription) -> Announcement:
    return _another(house)


def _another(house: factories.House) -> Announcement:
    with transaction.atomic():
        announce(
            EventKind.LETTER_APPROVED,
            partnership_id=house.partnership.pk,
            subject_id=uuid4(),
            case_id=uuid4(),
            at=NOW,
        )
    return Announcement.objects.latest("event__number")


def _tried(announcement: Announcement, *, at: datetime = NOW) -> tuple[str, str]:
    after = tell(announcement_id=announcement.pk, at=at)
    return after.status, after.reason


def test_tell_posts_ids_and_nothing_else(announcement: Announcement, receiver: Receiver) -> None:
    assert _tried(announcement) == (_SENT, "")

    (taken,) = receiver.taken
    event = Event.objects.get()
    assert taken.path == "/hook?from=letters"
    assert json.loads(taken.body) == {
        "id": str(event.public_id),
        "kind": "letter_approved",
        "at": "2026-11-23T11:00:00+00:00",
        "subject": str(event.subject_id),
        "case": str(event.case_id),
        "partnership": str(event.partnership_id),
    }
    assert taken.headers["host"] == f"localhost:{receiver.port}"
    assert taken.headers["webhook-id"] == str(event.public_id)
    assert taken.headers["content-type"] == "application/json"


def test_tell_twice_posts_once(announcement: Announcement, receiver: Receiver) -> None:
    _tried(announcement)
    _tried(announcement, at=NOW + LEASE * 2)

    assert len(receiver.taken) == 1


def test_what_a_dead_worker_held_is_told_again(
    announcement: Announcement, receiver: Receiver
) -> None:
    Announcement.objects.update(lease_until=NOW + LEASE, attempts=1)

    while_held = _tried(announcement, at=NOW + LEASE / 2)
    afterwards = _tried(announcement, at=NOW + LEASE * 2)

    assert (while_held, afterwards) == ((_WAITING, ""), (_SENT, ""))
    assert len(receiver.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once(announcement: Announcement, receiver: Receiver) -> None:
    """The second comes while the other side still thinks about the first."""

    def another_worker() -> None:
        tell(announcement_id=announcement.pk, at=NOW + LEASE / 2)
        connection.close()

    receiver.meanwhile = another_worker

    assert _tried(announcement) == (_SENT, "")
    assert len(receiver.taken) == 1


@pytest.mark.parametrize(
    ("status", "reason"),
    [(302, "redirected"), (400, "answered_4xx"), (429, "answered_4xx"), (503, "answered_5xx")],
)
def test_anything_but_a_yes_is_tried_later(
    announcement: Announcement, receiver: Receiver, status: int, reason: str
) -> None:
    with receiving() as elsewhere:
        receiver.status, receiver.location = status, elsewhere.url

        assert _tried(announcement) == (_WAITING, reason)

        announcement.refresh_from_db()
        assert WAITS[0] * 0.8 <= announcement.next_try_at - NOW <= WAITS[0] * 1.2
        assert _tried(announcement) == (_WAITING, reason), "not before it is due"
        assert len(receiver.taken) == 1
        assert elsewhere.taken == [], "no redirect is followed"


def test_a_yes_ends_a_row_of_failures(
    announcement: Announcement, receiver: Receiver, subscription: Subscription
) -> None:
    receiver.status = 500
    _tried(announcement)
    receiver.status = 200

    _tried(announcement, at=NOW + timedelta(hours=1))

    subscription.refresh_from_db()
    assert (subscription.failures_in_a_row, subscription.failing_since) == (0, None)


def test_after_a_day_of_tries_it_is_given_up(
    announcement: Announcement, receiver: Receiver
) -> None:
    receiver.status, at, tries = 500, NOW, 0
    while announcement.status == _WAITING:
        at = announcement.next_try_at
        announcement = tell(announcement_id=announcement.pk, at=at)
        tries += 1

    assert (announcement.status, announcement.reason) == (_FAILED, "answered_5xx")
    assert tries == len(receiver.taken) == len(WAITS) + 1
    assert timedelta(hours=18) < at - NOW < timedelta(hours=32)


def test_what_was_given_up_is_told_again_by_a_person(
    announcement: Announcement, receiver: Receiver, administrator: User
) -> None:
    Announcement.objects.update(status=_FAILED, reason="program_not_reached", attempts=8)
    announcement.refresh_from_db()

    again = actions.tell_again(announcement=announcement, by=administrator, at=NOW)

    assert (again.status, again.attempts) == (_WAITING, 0)
    assert _tried(again) == (_SENT, "")
    with pytest.raises(NotGivenUp):
        actions.tell_again(announcement=again, by=administrator, at=NOW)


def test_somebody_who_drips_is_not_waited_for(
    announcement: Announcement, receiver: Receiver
) -> None:
    """Each byte is in time; all of them together are not."""
    receiver.drips = True

    assert _tried(announcement) == (_WAITING, "too_slow")


def test_a_long_answer_is_not_read(announcement: Announcement, receiver: Receiver) -> None:
    receiver.status, receiver.body = 200, b"x" * 5_000_000

    assert _tried(announcement) == (_SENT, "")


def test_nobody_there_is_tried_later(
    announcement: Announcement, subscription: Subscription
) -> None:
    with receiving() as gone:
        url = gone.url
    subscription.url = url
    subscription.save()

    assert _tried(announcement) == (_WAITING, "program_not_reached")


def _pause(house: factories.House, receiver: Receiver) -> list[Announcement]:
    receiver.status = 500
    waiting = [_another(house) for _ in range(MOST_FAILURES_IN_A_ROW)]
    for each in waiting[:-1]:
        _tried(each)
    _tried(waiting[-1], at=NOW + LONGEST_FAILING)
    return waiting


def test_who_fails_always_is_paused(
    house: factories.House, subscription: Subscription, receiver: Receiver
) -> None:
    waiting = _pause(house, receiver)
    receiver.status, later = 200, NOW + timedelta(hours=3)

    subscription.refresh_from_db()
    assert subscription.paused_at == NOW + LONGEST_FAILING
    assert due(later) == ()
    assert _tried(waiting[0], at=later)[0] == _WAITING
    assert len(receiver.taken) == MOST_FAILURES_IN_A_ROW


def test_a_burst_that_fails_at_once_pauses_nobody(
    house: factories.House, subscription: Subscription, receiver: Receiver
) -> None:
    receiver.status = 500
    for _ in range(MOST_FAILURES_IN_A_ROW + 1):
        _tried(_another(house))

    subscription.refresh_from_db()
    assert subscription.paused_at is None


def test_who_is_paused_hears_later_what_was_missed(
    house: factories.House, subscription: Subscription, receiver: Receiver, administrator: User
) -> None:
    waiting = _pause(house, receiver)
    meanwhile = _another(house)
    receiver.status = 200

    later = NOW + timedelta(days=2)
    actions.resume(subscription=subscription, by=administrator, at=later)

    assert set(due(later)) == {each.pk for each in (*waiting, meanwhile)}
    assert _tried(meanwhile, at=later) == (_SENT, "")


def test_who_says_gone_is_paused_at_once(
    announcement: Announcement, receiver: Receiver, subscription: Subscription
) -> None:
    receiver.status = 410

    assert _tried(announcement) == (_WAITING, "gone")

    subscription.refresh_from_db()
    assert subscription.paused_at == NOW


def test_what_waited_for_an_ended_subscription_is_not_told(
    announcement: Announcement,
    receiver: Receiver,
    subscription: Subscription,
    administrator: User,
) -> None:
    actions.end_subscription(subscription=subscription, by=administrator, at=NOW)

    assert (due(NOW), _tried(announcement), receiver.taken) == ((), (_WAITING, ""), [])


def _certificate(directory: Path, name: str) -> Path:
    """Signed by itself, for one name."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    day = timedelta(days=1)
    made = (
        x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - day)
        .not_valid_after(datetime.now(UTC) + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = directory / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.mark.parametrize(
    ("name", "asked_for", "ends"),
    [
        ("localhost", "localhost", (_SENT, "")),
        ("localhost", "127.0.0.1", (_WAITING, "certificate_refused")),
        ("elsewhere.example", "localhost", (_WAITING, "certificate_refused")),
    ],
)
def test_the_machine_must_prove_its_name(
    announcement: Announcement,
    subscription: Subscription,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    asked_for: str,
    ends: tuple[str, str],
) -> None:
    path = _certificate(tmp_path, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with receiving(context) as receiver:
        subscription.url = receiver.url.replace("localhost", asked_for)
        subscription.save()

        assert _tried(announcement) == ends
        assert len(receiver.taken) == (ends[0] == _SENT)


def test_a_certificate_nobody_knows_is_refused(
    announcement: Announcement, subscription: Subscription, tmp_path: Path
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path, "localhost"))
    with receiving(context) as receiver:
        subscription.url = receiver.url
        subscription.save()

        assert _tried(announcement) == (_WAITING, "certificate_refused")


def test_a_network_that_is_not_opened_is_not_reached(
    announcement: Announcement, receiver: Receiver, settings: LazySettings
) -> None:
    settings.WEBHOOK_NETWORKS = ("10.0.0.0/8",)

    assert _tried(announcement) == (_WAITING, "address_not_allowed")
    assert receiver.taken == []
