"""What a rehearsal says is what then happens, and it changes nothing."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.cases import actions as cases
from letters.cases.models import Landlord
from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.delivery.no_way_out import no_way_out
from letters.delivery.rehearsal import Rehearsed, rehearse
from letters.issuing.files import make_files
from letters.issuing.models import Letter, LetterFile, SignOff
from letters.rendering.hindrances import Hindrance
from letters.tracking import actions as tracking
from letters.tracking.models import Deadline
from tests import factories, servers
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def letter(house: factories.House) -> Letter:
    return factories.an_approved_letter(house)


def _one(house: factories.House) -> Rehearsed:
    (one,) = rehearse(house.partnership, NOW)
    return one


def test_an_approved_letter_would_go_by_email(house: factories.House, letter: Letter) -> None:
    one = _one(house)

    assert one.letter == letter
    assert (one.channel, one.carrier) == (Channel.EMAIL, "Our mail server")
    assert one.reader == "Exampleton Borough Council (invented)"
    assert one.would_go
    assert one.goes_at is None, "nobody has asked for it"
    assert [way.channel for way in one.shut] == [Channel.POST]


def test_nothing_is_written_and_nothing_leaves(
    house: factories.House, letter: Letter, mail_server: servers.MailServer
) -> None:
    with CaptureQueriesContext(connection) as queries, no_way_out():
        rehearse(house.partnership, NOW)

    assert queries.captured_queries
    assert all(query["sql"].lstrip("(").startswith("SELECT") for query in queries)
    assert not Dispatch.objects.exists()


def test_what_it_says_is_what_happens(
    house: factories.House, letter: Letter, mail_server: servers.MailServer
) -> None:
    said = _one(house)

    make_files(letter_id=letter.pk, at=NOW)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW
    )
    sent = delivery.deliver(dispatch_id=queued.pk, at=NOW)
    tracking.start_clocks(dispatch=sent, at=NOW)

    assert sent.status == DispatchStatus.ACCEPTED
    assert sent.carrier == "smtp"
    started = Deadline.objects.values_list("provision_id", "requires", "due_at")
    assert {(each.provision, each.requires, each.due_at) for each in said.starts} == set(started)
    assert said.starts
    assert said.receipt_at == Deadline.objects.all()[0].start.at
    assert rehearse(house.partnership, NOW) == (), "it has left"


@pytest.mark.parametrize(("channel", "minutes"), [(Channel.EMAIL, 10), (Channel.DOWNLOAD, 0)])
def test_what_is_queued_goes_when_it_is_due(
    house: factories.House,
    letter: Letter,
    settings: LazySettings,
    channel: Channel,
    minutes: int,
) -> None:
    settings.UNDO_SECONDS = 600
    delivery.queue_dispatch(letter=letter, channel=channel, by=house.clinician, at=NOW)

    one = _one(house)

    assert one.is_asked_for
    assert one.channel == channel
    assert one.goes_at == NOW + timedelta(minutes=minutes)


def test_the_time_to_undo_puts_off_when_it_would_arrive(
    house: factories.House, letter: Letter, settings: LazySettings
) -> None:
    at_once = _one(house).receipt_at
    assert at_once is not None

    settings.UNDO_SECONDS = 8 * 3_600  # until the evening, when nobody is there

    later = _one(house).receipt_at
    assert later is not None
    assert later.date() == at_once.date() + timedelta(days=1)


def test_what_no_envelope_would_hold_is_stopped(house: factories.House, letter: Letter) -> None:
    make_files(letter_id=letter.pk, at=NOW)
    delivery.queue_dispatch(letter=letter, channel=Channel.DOWNLOAD, by=house.clinician, at=NOW)
    assert _one(house).stopped_by == ()

    LetterFile.objects.update(post_faults=[[Hindrance.ADDRESS_LINES.value, 1]])

    assert _one(house).stopped_by == ("not_fit_for_post",)


def test_what_failed_is_rehearsed_again(house: factories.House, letter: Letter) -> None:
    delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW)
    Dispatch.objects.update(status=DispatchStatus.FAILED, next_try_at=None)

    assert _one(house).channel == Channel.EMAIL


def test_withdrawn_consent_would_stop_it(house: factories.House, letter: Letter) -> None:
    cases.withdraw_consent(case=letter.case, reason="", by=house.clinician, at=NOW)

    one = _one(house)

    assert (one.stopped_by, one.would_go) == (("consent_withdrawn",), False)


def test_a_sign_off_that_ran_out_would_stop_it(house: factories.House, letter: Letter) -> None:
    SignOff.objects.update(review_by=NOW.date() - timedelta(days=1))

    assert _one(house).stopped_by == ("law_not_signed",)


def test_another_landlord_would_stop_it(house: factories.House, letter: Letter) -> None:
    landlord = Landlord.objects.get()
    landlord.name = "Somebody Else (invented)"
    landlord.save()

    assert _one(house).stopped_by == ("addressee_changed",)


def test_without_a_mail_server_it_would_be_printed(
    house: factories.House, letter: Letter, settings: LazySettings
) -> None:
    settings.EMAIL_CONFIGURED = False

    one = _one(house)

    assert one.channel == Channel.DOWNLOAD
    assert {way.channel for way in one.shut} == {Channel.EMAIL, Channel.POST}
    assert all(way.says for way in one.shut)


def test_a_draft_that_a_deadline_prepared_waits_for_approval(house: factories.House) -> None:
    first = factories.posted(house, factories.an_approved_letter(house))
    Deadline.objects.filter(letter=first).update(
        due_at=NOW, original_due_at=NOW - timedelta(days=1)
    )
    later = NOW + timedelta(hours=1)
    tracking.mark_missed(at=later)

    found = rehearse(house.partnership, later)

    assert [one.letter.follows for one in found] == [first]
    assert found[0].stopped_by[0] == "not_approved"
    assert found[0].letter.status == "draft"
    assert not found[0].would_go


def test_another_partnerships_letters_are_not_rehearsed(letter: Letter) -> None:
    assert rehearse(factories.a_house().partnership, NOW) == ()


def test_a_demonstrations_letters_stay_here() -> None:
    house = factories.a_house(is_demonstration=True)
    factories.an_approved_letter(house)

    assert _one(house).carrier == "A folder here, for the demonstration"
