"""Stopped before each statement in turn, a delivery loses nothing and sends nothing twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.delivery.queries import due
from letters.issuing.files import make_files
from tests import factories, servers
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)
_MORE_THAN_ENOUGH = 200


class Killed(BaseException):
    """No handler of ours catches it: as when the process is gone."""


@contextmanager
def _killed_before(statement: int) -> Iterator[None]:
    """The database connection answers so many statements and then nothing more."""
    left = [statement]

    def stop(execute: Callable[..., Any], *given: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return execute(*given)

    with connection.execute_wrapper(stop):
        yield


def _queued(house: factories.House) -> Dispatch:
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    return delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW)


def test_deliver_stopped_before_any_statement_sends_once(
    mail_server: servers.MailServer, empty_queue: None
) -> None:
    house = factories.a_house()
    factories.law_signed(house)
    outcomes: set[str] = set()

    for statement in range(_MORE_THAN_ENOUGH):
        dispatch, already = _queued(house), len(mail_server.messages)
        was_killed = _deliver_and_die(dispatch, statement)
        outcomes.add(_recover(dispatch))
        sent = len(mail_server.messages) - already
        if _status(dispatch) == DispatchStatus.ACCEPTED:
            assert sent == 1, f"lost or doubled when stopped before statement {statement}"
        else:
            assert _status(dispatch) == DispatchStatus.UNKNOWN
            assert sent <= 1
        if not was_killed:
            break

    assert not was_killed
    assert outcomes == {DispatchStatus.ACCEPTED, DispatchStatus.UNKNOWN}


def _deliver_and_die(dispatch: Dispatch, statement: int) -> bool:
    try:
        with _killed_before(statement):
            delivery.deliver(dispatch_id=dispatch.pk, at=NOW)
    except Killed:
        return True
    return False


def _recover(dispatch: Dispatch) -> str:
    """What the sweep and another worker make of it, once the lease is over."""
    later = NOW + delivery.LEASE + timedelta(seconds=1)
    delivery.free_stale(at=later)
    for found in due(later):
        delivery.deliver(dispatch_id=found.pk, at=later)
    return _status(dispatch)


def _status(dispatch: Dispatch) -> str:
    return Dispatch.objects.values_list("status", flat=True).get(pk=dispatch.pk)
