"""A letter leaves once, whatever happens on the way."""

from datetime import timedelta

import pytest
from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.issuing.files import make_files
from tests import factories, servers
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def dispatch(house: factories.House) -> Dispatch:
    """A letter that waits to be e-mailed, its files made."""
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    return delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW)


def test_deliver_hands_over_once_when_called_twice(
    dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    delivery.deliver(dispatch_id=dispatch.pk, at=NOW)
    again = delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    assert again.status == DispatchStatus.ACCEPTED
    assert len(mail_server.messages) == 1
