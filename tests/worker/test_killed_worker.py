"""A worker killed at any point loses nothing and sends nothing twice: the real worker, broker, rows
and mail server."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.db import transaction
from django.utils import timezone

from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.tracking.models import Deadline
from tests import factories, servers
from worker import tasks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house, at=timezone.now())
    return house


def _queue(house: factories.House) -> Dispatch:
    now = timezone.now()
    letter = factories.an_approved_letter(house, at=now)
    with transaction.atomic():
        return delivery.queue_dispatch(
            letter=letter, channel=Channel.EMAIL, by=house.clinician, at=now
        )


def _status(dispatch: Dispatch) -> str:
    return Dispatch.objects.values_list("status", flat=True).get(pk=dispatch.pk)


def _lease_over(dispatch: Dispatch) -> None:
    """As if the lease of the dead worker had run out by now."""
    past = timezone.now() - timedelta(seconds=1)
    Dispatch.objects.filter(pk=dispatch.pk, lease_until__isnull=False).update(lease_until=past)
    Dispatch.objects.filter(pk=dispatch.pk).update(next_try_at=past)


def test_worker_sends_and_starts_the_clocks(
    house: factories.House,
    running_worker: servers.Process,
    mail_server: servers.MailServer,
) -> None:
    dispatch = _queue(house)

    (message,) = mail_server.wait_for_messages(1)
    servers.wait_until(lambda: Deadline.objects.exists(), "clocks running")

    assert message["To"] == "repairs@council.example"
    assert _status(dispatch) == DispatchStatus.ACCEPTED


def test_letter_queued_while_no_worker_runs_is_sent_later(
    house: factories.House,
    start_worker: Callable[[], servers.Process],
    mail_server: servers.MailServer,
) -> None:
    dispatch = _queue(house)
    start_worker()

    tasks.sweep_dispatches()

    mail_server.wait_for_messages(1)
    servers.wait_until(lambda: _status(dispatch) == DispatchStatus.ACCEPTED, "accepted")
    assert len(mail_server.messages) == 1


def test_worker_killed_while_the_server_hangs_loses_and_doubles_nothing(
    house: factories.House,
    start_worker: Callable[[], servers.Process],
    mail_server: servers.MailServer,
) -> None:
    mail_server.mood = servers.Mood.HANGS
    worker = start_worker()
    dispatch = _queue(house)
    mail_server.wait_for_attempts(1)
    worker.kill()
    mail_server.mood = servers.Mood.ACCEPTS

    _lease_over(dispatch)
    start_worker()
    tasks.sweep_dispatches()
    servers.wait_until(
        lambda: _status(dispatch) in (DispatchStatus.UNKNOWN, DispatchStatus.ACCEPTED), "settled"
    )

    # it hung after the whole message: whether it was kept is for a person to find out
    assert _status(dispatch) == DispatchStatus.UNKNOWN
    assert mail_server.messages == []


def test_worker_killed_before_it_committed_is_replaced(
    house: factories.House,
    start_worker: Callable[[], servers.Process],
    mail_server: servers.MailServer,
) -> None:
    dispatch = _queue(house)
    Dispatch.objects.filter(pk=dispatch.pk).update(
        status=DispatchStatus.CLAIMED, lease_until=timezone.now() - timedelta(seconds=1)
    )
    start_worker()

    tasks.sweep_dispatches()

    mail_server.wait_for_messages(1)
    servers.wait_until(lambda: _status(dispatch) == DispatchStatus.ACCEPTED, "accepted")


def test_a_worker_whose_clock_is_wrong_leaves_the_lease_of_another(
    house: factories.House, settings: LazySettings, empty_queue: None
) -> None:
    dispatch = _queue(house)
    assert delivery.claim(dispatch_id=dispatch.pk, at=timezone.now())
    settings.WORKERS_SHARE_A_CLOCK = True

    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        tasks.sweep_dispatches()

    assert _status(dispatch) == DispatchStatus.CLAIMED


def test_task_run_ten_times_sends_once(
    house: factories.House, mail_server: servers.MailServer, empty_queue: None
) -> None:
    dispatch = _queue(house)

    for _ in range(10):
        tasks.deliver(str(dispatch.pk))

    assert len(mail_server.messages) == 1
    assert _status(dispatch) == DispatchStatus.ACCEPTED


def test_two_workers_send_each_letter_once(
    house: factories.House,
    start_worker: Callable[[], servers.Process],
    mail_server: servers.MailServer,
) -> None:
    start_worker()
    start_worker()
    dispatches = [_queue(house) for _ in range(5)]

    for _ in range(3):
        tasks.sweep_dispatches()
    mail_server.wait_for_messages(5)
    servers.wait_until(
        lambda: all(_status(each) == DispatchStatus.ACCEPTED for each in dispatches), "accepted"
    )

    identifiers = [message["Message-ID"] for message in mail_server.messages]
    assert len(identifiers) == len(set(identifiers)) == 5
