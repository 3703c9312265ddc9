"""How a partnership sends, and which way a letter goes on when the first did not lead to its
reader."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from letters.access.errors import NotAllowed
from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.cases.models import Landlord
from letters.delivery import actions as delivery
from letters.delivery.errors import NoWayBack, UndoTooLong
from letters.delivery.fallbacks import fall_back, fall_back_missed
from letters.delivery.models import Channel, Dispatch, DispatchStatus, Says, Source
from letters.delivery.receipts import record_receipt
from letters.delivery.rules import Fallback, postage_of, rules_of, undo_of
from letters.delivery.vocabulary import CarrierName, Postage, When
from letters.issuing import actions as issuing
from letters.issuing.models import Letter
from tests import factories, servers
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)
TO_PAPER = Fallback(channel=Channel.EMAIL, when=When.REFUSED, to=Channel.DOWNLOAD)
BACK_TO_PAPER = Fallback(channel=Channel.EMAIL, when=When.RETURNED, to=Channel.DOWNLOAD)


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def letter(house: factories.House) -> Letter:
    return factories.with_files(factories.an_approved_letter(house))


def mailed(house: factories.House, letter: Letter) -> Dispatch:
    queued = delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.adviser, at=NOW)
    return delivery.deliver(dispatch_id=queued.pk, at=NOW)


@pytest.fixture
def refused(house: factories.House, letter: Letter, mail_server: servers.MailServer) -> Dispatch:
    """By the mail server, for good."""
    mail_server.mood = servers.Mood.REFUSES
    dispatch = mailed(house, letter)
    assert dispatch.status == DispatchStatus.FAILED
    return dispatch


# deciding


def test_rules_are_decided_by_an_administrator(house: factories.House) -> None:
    factories.sends_by(house, email=CarrierName.SMTP, postage=Postage.FIRST, fallbacks=[TO_PAPER])

    rules = rules_of(house.partnership)
    assert rules is not None
    assert rules.ways_on == (TO_PAPER,)
    assert postage_of(house.partnership) == Postage.FIRST
    assert AuditEvent.objects.filter(verb="change_sending_rules").count() == 1


def test_rules_are_nobody_elses(house: factories.House) -> None:
    stranger = factories.an_administrator(factories.a_house())
    for person in (house.clinician, house.adviser, stranger):
        with pytest.raises(NotAllowed):
            delivery.change_sending_rules(
                partnership=house.partnership,
                email_carrier=None,
                postage=None,
                undo=None,
                fallbacks=(),
                by=person,
                at=NOW,
            )


def test_nothing_is_decided_before_somebody_does(
    house: factories.House, settings: LazySettings
) -> None:
    settings.UNDO_SECONDS = 90

    assert rules_of(house.partnership) is None
    assert postage_of(house.partnership) is None
    assert undo_of(house.partnership) == timedelta(seconds=90)


@pytest.mark.parametrize(
    "ways",
    [
        [Fallback(channel=Channel.EMAIL, when=When.REFUSED, to=Channel.EMAIL)],
        [Fallback(channel=Channel.POST, when=When.RETURNED, to=Channel.DOWNLOAD)],
        [Fallback(channel=Channel.EMAIL, when=When.REFUSED, to=Channel.TEXT)],
        [TO_PAPER, Fallback(channel=Channel.EMAIL, when=When.REFUSED, to=Channel.POST)],
    ],
)
def test_no_rule_leads_back(house: factories.House, ways: list[Fallback]) -> None:
    with pytest.raises(NoWayBack):
        factories.sends_by(house, fallbacks=ways)


def test_the_time_to_undo_is_the_partnerships(house: factories.House, letter: Letter) -> None:
    administrator = factories.an_administrator(house)
    given: dict[str, Any] = {
        "partnership": house.partnership,
        "email_carrier": None,
        "postage": None,
    }
    with pytest.raises(UndoTooLong):
        delivery.change_sending_rules(
            **given, undo=timedelta(hours=2), fallbacks=(), by=administrator, at=NOW
        )
    delivery.change_sending_rules(
        **given, undo=timedelta(seconds=300), fallbacks=(), by=administrator, at=NOW
    )

    queued = delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.adviser, at=NOW)

    assert queued.next_try_at == NOW + timedelta(seconds=300)


# another way


def test_a_refused_letter_goes_another_way_once(house: factories.House, refused: Dispatch) -> None:
    factories.sends_by(house, fallbacks=[TO_PAPER])

    other = fall_back(dispatch=refused, at=LATER)

    assert other is not None
    assert (other.channel, other.status) == (Channel.DOWNLOAD, DispatchStatus.QUEUED)
    assert (other.instead_of, other.reason) == (refused, "fallback")
    assert other.queued_by == house.adviser
    assert fall_back(dispatch=refused, at=LATER) is None
    assert fall_back_missed(at=LATER) == 0


def test_a_letter_that_came_back_goes_another_way(
    house: factories.House, letter: Letter, mail_server: servers.MailServer
) -> None:
    factories.sends_by(house, fallbacks=[BACK_TO_PAPER])
    dispatch = mailed(house, letter)
    returned = record_receipt(
        dispatch_id=dispatch.pk,
        says=Says.RETURNED,
        source=Source.BOUNCE,
        happened_at=LATER,
        reason="mailbox_unknown",
        at=LATER,
    )

    other = fall_back(dispatch=returned, at=LATER)

    assert other is not None
    assert other.channel == Channel.DOWNLOAD


def test_what_a_crash_left_lying_is_found(house: factories.House, refused: Dispatch) -> None:
    factories.sends_by(house, fallbacks=[TO_PAPER])

    assert fall_back_missed(at=LATER) == 1
    assert fall_back_missed(at=LATER) == 0


def test_without_a_rule_nothing_goes_by_itself(house: factories.House, refused: Dispatch) -> None:
    assert fall_back(dispatch=refused, at=LATER) is None

    factories.sends_by(house, fallbacks=[BACK_TO_PAPER])  # it was refused, and did not come back
    assert fall_back(dispatch=refused, at=LATER) is None
    assert Dispatch.objects.count() == 1


def test_what_is_well_stays_as_it_is(
    house: factories.House, letter: Letter, mail_server: servers.MailServer
) -> None:
    factories.sends_by(house, fallbacks=[TO_PAPER, BACK_TO_PAPER])
    dispatch = mailed(house, letter)

    assert fall_back(dispatch=dispatch, at=LATER) is None


def test_a_way_that_was_tried_is_not_tried_again(
    house: factories.House, letter: Letter, mail_server: servers.MailServer
) -> None:
    factories.sends_by(house, fallbacks=[TO_PAPER])
    by_hand = delivery.queue_dispatch(
        letter=letter, channel=Channel.DOWNLOAD, by=house.adviser, at=NOW - timedelta(hours=1)
    )
    delivery.cancel_dispatch(dispatch=by_hand, by=house.adviser, at=NOW)
    mail_server.mood = servers.Mood.REFUSES
    dispatch = mailed(house, letter)

    assert fall_back(dispatch=dispatch, at=LATER) is None


def _withdraw_consent(house: factories.House, letter: Letter) -> None:
    cases.withdraw_consent(case=letter.case, reason="moved", by=house.clinician, at=LATER)


def _withdraw_letter(house: factories.House, letter: Letter) -> None:
    issuing.withdraw_letter(letter=letter, by=house.clinician, at=LATER)


def _rename_landlord(house: factories.House, letter: Letter) -> None:
    landlord = letter.case.tenancy.landlord
    assert landlord is not None
    Landlord.objects.filter(pk=landlord.pk).update(name="Another Council (invented)")


def _deal_with_it(house: factories.House, letter: Letter) -> None:
    dispatch = Dispatch.objects.get(letter=letter)
    delivery.leave_as_it_is(dispatch=dispatch, by=house.adviser, at=LATER)


def _leave(house: factories.House, letter: Letter) -> None:
    house.adviser.is_active = False
    house.adviser.save()


def _spoil(house: factories.House, letter: Letter) -> None:
    Dispatch.objects.filter(letter=letter).update(reason="enclosure_altered")


def _unfit(house: factories.House, letter: Letter) -> None:
    letter.letterfile_set.filter(file_format="pdf").update(post_faults=[["address_lines", 1]])


@pytest.mark.parametrize(
    "change",
    [
        _withdraw_consent,
        _withdraw_letter,
        _rename_landlord,
        _deal_with_it,
        _leave,
        _spoil,
        _unfit,
    ],
)
def test_no_rule_is_followed_where_a_person_must_act(
    house: factories.House, letter: Letter, refused: Dispatch, change: object
) -> None:
    factories.sends_by(house, fallbacks=[TO_PAPER])
    assert callable(change)
    change(house, letter)

    assert fall_back_missed(at=LATER) == 0
    assert Dispatch.objects.count() == 1


def test_a_way_that_is_not_set_up_is_no_way(house: factories.House, refused: Dispatch) -> None:
    by_printer = Fallback(channel=Channel.EMAIL, when=When.REFUSED, to=Channel.POST)
    factories.sends_by(house, postage=Postage.FIRST, fallbacks=[by_printer])

    assert fall_back(dispatch=refused, at=LATER) is None
