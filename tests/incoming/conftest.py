"""Cases with letters that have left, as their landlord's mail programs know them."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from django.conf import LazySettings

from letters.cases.models import Case
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.delivery.reply_addresses import reply_address_of
from letters.incoming import actions as incoming
from letters.incoming.models import Message, MessageSource
from letters.issuing.models import Letter
from tests import factories
from tests.factories import NOW
from tests.incoming import mails
from tests.incoming.corpus import World
from tests.incoming.mails import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter that went out by e-mail."""

    house: factories.House
    case: Case
    letter: Letter
    dispatch: Dispatch
    known: Known


@pytest.fixture(autouse=True)
def mailbox(settings: LazySettings) -> None:
    """Where answers come to in these tests."""
    settings.REPLY_MAILBOX = mails.MAILBOX


def written(house: factories.House, *, at: datetime = NOW) -> Written:
    """A letter that the landlord's mail server has taken."""
    letter = factories.an_approved_letter(house, at=at)
    dispatch = Dispatch.objects.create(
        letter=letter,
        channel=Channel.EMAIL,
        address=mails.LANDLORD,
        status=DispatchStatus.ACCEPTED,
        queued_by=house.clinician,
        queued_at=at,
        sent_at=at,
    )
    address = reply_address_of(letter.case, at=at)
    token = address.partition("+")[2].partition("@")[0]
    known = Known(reference=letter.case.reference, token=token, dispatch_id=dispatch.pk)
    return Written(house=house, case=letter.case, letter=letter, dispatch=dispatch, known=known)


@pytest.fixture
def house(db: None) -> factories.House:
    made = factories.a_house()
    factories.law_signed(made)
    return made


@pytest.fixture
def sent(house: factories.House) -> Written:
    return written(house)


@pytest.fixture
def pair(house: factories.House) -> tuple[Written, Written]:
    """Two cases of one landlord."""
    return written(house), written(house)


def world_of(pair: tuple[Written, Written], elsewhere: Written) -> World:
    return World(a=pair[0].known, b=pair[1].known, elsewhere=elsewhere.known)


def come(raw: bytes, *, at: datetime = NOW) -> Message:
    """A message, kept and sorted as the worker does it."""
    kept = incoming.keep_message(raw=raw, source=MessageSource.MAILBOX, received_at=at, at=at)
    return incoming.sort_message(message_id=kept.pk, at=at)
