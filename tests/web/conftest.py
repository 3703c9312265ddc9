"""A house with people who have signed in, and cases as far as a page needs them."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from letters.access.models import User
from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch
from letters.issuing.models import Letter
from letters.tracking import actions as tracking
from tests import factories
from tests.factories import NOW
from tests.sign_in import browser_of

AsPerson = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    """The pages read the clock; here it stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def house(db: None) -> factories.House:
    """A partnership whose law two reviewers have signed."""
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def signed_in() -> AsPerson:
    """A browser in which the person has signed in."""

    return browser_of


@pytest.fixture
def clinician(house: factories.House, signed_in: AsPerson) -> Client:
    return signed_in(house.clinician)


@pytest.fixture
def adviser(house: factories.House, signed_in: AsPerson) -> Client:
    return signed_in(house.adviser)


@pytest.fixture
def sent_letter(house: factories.House) -> Letter:
    """Posted, its clocks running."""
    return posted(house, at=NOW).letter


def ready(house: factories.House, *, at: datetime) -> Dispatch:
    """An approved letter that waits to be printed and posted."""
    letter = factories.an_approved_letter(house, at=at)
    dispatch = delivery.queue_dispatch(
        letter=letter, channel=Channel.DOWNLOAD, by=house.clinician, at=at
    )
    return delivery.deliver(dispatch_id=dispatch.pk, at=at)


def posted(house: factories.House, *, at: datetime) -> Dispatch:
    """The same, posted on that day."""
    dispatch = ready(house, at=at)
    delivery.record_posted(dispatch=dispatch, posted_on=at.date(), by=house.clinician, at=at)
    dispatch.refresh_from_db()
    tracking.start_clocks(dispatch=dispatch, at=at)
    return dispatch


def words(response: object) -> str:
    """The page as text."""
    content = getattr(response, "content", b"")
    assert isinstance(content, bytes)
    return content.decode()
