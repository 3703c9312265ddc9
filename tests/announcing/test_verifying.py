"""The few lines that docs/api.md gives to whoever is told, used as they stand there."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction

from letters.access.models import User
from letters.announcing import actions
from letters.announcing.kinds import EventKind
from letters.announcing.models import Announcement, Subscription
from letters.announcing.record import announce
from letters.announcing.telling import tell
from tests import factories
from tests.announcing.receiver import Receiver, Taken
from tests.factories import NOW

Check = Callable[[dict[str, str], bytes, str], bool]
_DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "api.md"


@pytest.fixture
def is_ours() -> Check:
    """The function of the document."""
    (code,) = re.findall(r"```python\n(.*?)```", _DOCUMENT.read_text(encoding="utf-8"), re.S)
    assert len([line for line in code.splitlines() if line.strip()]) <= 14
    made: dict[str, Any] = {}
    exec(code, made)  # noqa: S102 - our own document
    check: Check = made["is_ours"]
    return check


def _told(house: factories.House, receiver: Receiver) -> Taken:
    with transaction.atomic():
        announce(
            EventKind.LETTER_APPROVED,
            partnership_id=house.partnership.pk,
            subject_id=uuid4(),
            case_id=None,
            at=NOW,
        )
    tell(announcement_id=Announcement.objects.latest("event__number").pk, at=NOW)
    return receiver.taken[-1]


@pytest.fixture
def taken(house: factories.House, subscription: Subscription, receiver: Receiver) -> Taken:
    return _told(house, receiver)


def test_what_we_sent_is_ours(is_ours: Check, taken: Taken, subscription: Subscription) -> None:
    with time_machine.travel(NOW, tick=False):
        assert is_ours(taken.headers, taken.body, subscription.secret)


def test_it_comes_a_second_time_in_vain(
    is_ours: Check, taken: Taken, subscription: Subscription
) -> None:
    with time_machine.travel(NOW, tick=False):
        is_ours(taken.headers, taken.body, subscription.secret)

        assert not is_ours(taken.headers, taken.body, subscription.secret)


@pytest.mark.parametrize("late", [timedelta(minutes=6), -timedelta(minutes=6)])
def test_an_old_one_is_none(
    is_ours: Check, taken: Taken, subscription: Subscription, late: timedelta
) -> None:
    with time_machine.travel(NOW + late, tick=False):
        assert not is_ours(taken.headers, taken.body, subscription.secret)


@pytest.mark.parametrize("changed", ["webhook-id", "webhook-timestamp", "body", "secret"])
def test_a_changed_one_is_none(
    is_ours: Check, taken: Taken, subscription: Subscription, administrator: User, changed: str
) -> None:
    headers, body, secret = dict(taken.headers), taken.body, subscription.secret
    if changed in headers:
        headers[changed] = f"{int(NOW.timestamp()) + 1}"
    elif changed == "body":
        body = body.replace(b"approved", b"returned")
    else:
        secret = actions.change_secret(subscription=subscription, by=administrator, at=NOW).secret

    with time_machine.travel(NOW, tick=False):
        assert not is_ours(headers, body, secret)


def test_either_secret_fits_while_it_changes(
    is_ours: Check,
    house: factories.House,
    subscription: Subscription,
    administrator: User,
    receiver: Receiver,
) -> None:
    old = subscription.secret
    new = actions.change_secret(subscription=subscription, by=administrator, at=NOW).secret

    with time_machine.travel(NOW, tick=False):
        first, second = _told(house, receiver), _told(house, receiver)
        assert is_ours(first.headers, first.body, old)
        assert is_ours(second.headers, second.body, new)
