"""What those who watch the service are told: numbers, and nothing about anybody."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from letters import jobs
from letters.access.roles import Role
from letters.announcing import actions as announcing
from letters.announcing.kinds import EventKind
from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.incoming import actions as incoming
from letters.incoming.models import MessageSource
from tests import factories
from tests.incoming import mails
from tests.rendering import picture_samples

_TOKEN = "Bearer watch-me"  # noqa: S105 - opens nothing


@pytest.fixture
def late(db: None) -> Dispatch:
    """A letter that has been due for twenty minutes, and that nobody has tried."""
    house, at = factories.a_house(), timezone.now() - timedelta(minutes=20)
    factories.law_signed(house, at=at)
    letter = factories.an_approved_letter(house, at=at)
    return delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.clinician, at=at)


def _metrics(settings: LazySettings) -> str:
    settings.METRICS_TOKEN = "watch-me"  # noqa: S105 - opens nothing
    response = Client().get("/metrics", HTTP_AUTHORIZATION=_TOKEN)
    assert response.status_code == 200
    return response.content.decode()


def _figure(told: str, name: str) -> float:
    (line,) = (line for line in told.splitlines() if line.startswith(name))
    return float(line.rpartition(" ")[2])


def test_metrics_tell_how_long_the_oldest_letter_has_waited(
    late: Dispatch, settings: LazySettings
) -> None:
    told = _metrics(settings)

    assert 1_190 < _figure(told, 'hjp_oldest_untried_seconds{channel="email"}') < 1_300
    assert _figure(told, 'hjp_dispatches{channel="email",status="queued"}') == 1
    assert _figure(told, 'hjp_oldest_due_seconds{channel="post"}') == 0


def test_metrics_tell_what_waits_for_a_person(late: Dispatch, settings: LazySettings) -> None:
    Dispatch.objects.update(status=DispatchStatus.UNKNOWN, next_try_at=None)

    told = _metrics(settings)

    assert _figure(told, 'hjp_dispatches_for_a_person{channel="email"}') == 1
    assert _figure(told, 'hjp_oldest_due_seconds{channel="email"}') == 0


def test_metrics_tell_how_many_jobs_wait(
    db: None, settings: LazySettings, empty_queue: None
) -> None:
    jobs.enqueue_lanes(jobs.DELIVER_DUE, count=3, within=timedelta(minutes=1))

    assert _figure(_metrics(settings), 'hjp_jobs_waiting{queue="send"}') == 3


def test_metrics_tell_of_what_came_in_and_waits(db: None, settings: LazySettings) -> None:
    settings.REPLY_MAILBOX, settings.CLAMD = mails.MAILBOX, ""
    hour_ago = timezone.now() - timedelta(hours=1)
    files = [("scan.png", "image/png", picture_samples.png())]
    kept = incoming.keep_message(
        raw=mails.Mail(to="nobody@partnership.example", text="Hello.\n", files=files).bytes(),
        source=MessageSource.MAILBOX,
        received_at=hour_ago,
        at=hour_ago,
    )
    assert _figure(_metrics(settings), "hjp_unsorted_mail ") == 1

    incoming.sort_message(message_id=kept.pk, at=timezone.now())

    told = _metrics(settings)
    assert _figure(told, "hjp_unsorted_mail ") == 0
    assert _figure(told, "hjp_oldest_unsorted_mail_seconds ") == 0
    assert 3_590 < _figure(told, "hjp_oldest_mail_for_a_person_seconds ") < 3_700
    assert _figure(told, "hjp_held_files ") == 1


def test_metrics_tell_what_other_programs_wait_for(db: None, settings: LazySettings) -> None:
    house = factories.a_house()
    administrator = factories.a_member(house.clinic, Role.ADMINISTRATOR, "Sam Specimen")
    announcing.subscribe(
        url="https://records.example/hook",
        kinds=[EventKind.LETTER_APPROVED],
        by=administrator,
        at=timezone.now(),
    )
    factories.law_signed(house, at=timezone.now())
    factories.an_approved_letter(house, at=timezone.now())

    assert _figure(_metrics(settings), "hjp_announcements ") == 1


def test_metrics_tell_which_carrier_is_held_back(db: None, settings: LazySettings) -> None:
    factories.a_carrier_pause(at=timezone.now())

    told = _metrics(settings)

    name = 'hjp_carrier_paused_seconds{carrier="notify",channel="post"}'
    assert 290 < _figure(told, name) < 400


def test_metrics_are_for_those_with_the_token(db: None, settings: LazySettings) -> None:
    settings.METRICS_TOKEN = "watch-me"  # noqa: S105 - opens nothing
    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", HTTP_AUTHORIZATION="Bearer other").status_code == 404

    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 404


def test_a_service_without_its_broker_is_ready_and_says_so(
    db: None, settings: LazySettings, queue_down: None
) -> None:
    response = Client().get("/readyz")

    assert (response.status_code, response.json()) == (200, {"database": True, "broker": False})
    assert "hjp_jobs_waiting{" not in _metrics(settings)


def test_a_process_that_answers_is_live() -> None:
    assert Client().get("/livez").json() == {"live": True}
