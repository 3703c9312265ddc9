"""A partnership with an administrator, and a program of theirs that is told what happens."""

from collections.abc import Iterator

import pytest

from letters.access.models import User
from letters.access.roles import Role
from letters.announcing import actions
from letters.announcing.kinds import EventKind
from letters.announcing.models import Subscription
from tests import factories
from tests.announcing.receiver import Receiver, receiving
from tests.factories import NOW


@pytest.fixture
def house(db: None) -> factories.House:
    return factories.a_house()


@pytest.fixture
def administrator(house: factories.House) -> User:
    return factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def subscription(administrator: User, receiver: Receiver) -> Subscription:
    """The receiver is told of letters and of what came back."""
    return actions.subscribe(
        url=receiver.url,
        kinds=(EventKind.LETTER_APPROVED, EventKind.DISPATCH_RETURNED),
        by=administrator,
        at=NOW,
    )
