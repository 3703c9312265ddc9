"""Invitations in the background."""

import os

import pytest
import redis
import time_machine
from django.core import mail

from letters import jobs
from letters.access import invitations
from tests import factories
from tests.factories import NOW
from worker import tasks

pytestmark = pytest.mark.django_db(transaction=True)


def _queued() -> list[str]:
    with redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True) as queue:
        return [str(each) for each in queue.lrange(jobs.SEND, 0, -1)]


@pytest.mark.usefixtures("empty_queue")
def test_a_job_holds_the_id_and_nothing_that_opens() -> None:
    invitation = factories.an_invitation(factories.a_house())

    (job,) = _queued()

    assert str(invitation.pk) in job
    for said in (invitations.url_of(invitation)[-41:-1], "new@people.example", "Noor"):
        assert said not in job


@pytest.mark.usefixtures("empty_queue")
def test_a_nudge_that_was_lost_is_given_again() -> None:
    invitation = factories.an_invitation(factories.a_house())

    with time_machine.travel(NOW, tick=False):
        tasks.sweep_invitations()
        tasks.mail_invitation(str(invitation.pk))
        tasks.sweep_invitations()

    assert len(_queued()) == 2  # the first, and the one of the first sweep
    assert len(mail.outbox) == 1
