"""Photographs that a patient is asked for: message, link, and what becomes of what comes."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection

from letters.cases import actions as cases
from letters.cases.models import Case
from letters.drafting.identifiers import NotAMobileNumber, normal_mobile_number
from letters.drafting.vocabulary import ContactWay
from letters.evidence import actions as evidence
from letters.evidence.models import Photograph
from letters.evidence.queries import original_of
from letters.incoming.asking import actions as asking
from letters.incoming.asking.actions import Opening
from letters.incoming.asking.errors import (
    ConsentTakenBack,
    NotSafeToWrite,
    RequestOver,
    TooManySent,
    WayNotOffered,
)
from letters.incoming.asking.looking import look_through
from letters.incoming.asking.models import PhotographRequest, SentPhotograph
from letters.incoming.asking.queries import (
    Shut,
    due_photographs,
    due_requests,
    token_of,
    url_of,
    why_shut,
)
from letters.incoming.asking.sending import MOST_TRIES, send_request, take_callback
from letters.rendering.errors import PictureRefused
from tests import factories, notify
from tests.factories import NOW
from tests.incoming.servers import EICAR, Scanner
from tests.notify import Fault
from tests.rendering import picture_samples as samples
from tests.servers import MailServer, Mood

MOBILE = "07700 900123"
BORN = date(2019, 3, 4)
Way = PhotographRequest.Way


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanner]:
    scanner = Scanner(tmp_path_factory.mktemp("clamd"))
    scanner.start()
    yield scanner
    scanner.kill()


@pytest.fixture
def scanner(running: Scanner, settings: LazySettings) -> Scanner:
    settings.CLAMD = str(running.socket)
    return running


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_full_case(house)


@pytest.fixture
def by_mail(house: factories.House, case: Case) -> PhotographRequest:
    return factories.a_photograph_request(house, case)


def by_text(house: factories.House, case: Case) -> PhotographRequest:
    return factories.a_photograph_request(house, case, way=Way.TEXT, address=MOBILE)


def came(request: PhotographRequest, data: bytes, *, shows: str = "") -> SentPhotograph:
    return asking.send_photograph(request=request, data=data, shows=shows, at=NOW)


# asking


@pytest.mark.parametrize("contact", [each for each in ContactWay if each is not ContactWay.ANY])
def test_nobody_is_written_to_whom_it_could_harm(
    house: factories.House, case: Case, contact: ContactWay
) -> None:
    factories.safety(house, case, contact=contact)

    with pytest.raises(NotSafeToWrite):
        factories.a_photograph_request(house, case)

    assert not PhotographRequest.objects.exists()


def test_nobody_is_written_to_before_safety_is_recorded(house: factories.House) -> None:
    with pytest.raises(NotSafeToWrite, match="record it under Safety first"):
        factories.a_photograph_request(house, factories.a_case(house))


def test_nobody_is_asked_who_took_consent_back(house: factories.House, case: Case) -> None:
    cases.withdraw_consent(case=case, reason="", by=house.clinician, at=NOW)

    with pytest.raises(ConsentTakenBack):
        factories.a_photograph_request(house, case)


def test_a_text_is_not_offered_without_a_template(house: factories.House, case: Case) -> None:
    with pytest.raises(WayNotOffered):
        by_text(house, case)


def test_asking_the_same_twice_is_one_message(
    house: factories.House, case: Case, by_mail: PhotographRequest
) -> None:
    again = factories.a_photograph_request(house, case)
    for _ in range(2):
        send_request(request_id=again.pk, at=NOW)

    assert again.pk == by_mail.pk
    assert len(mail.outbox) == 1


def test_asking_elsewhere_ends_the_link_before(
    house: factories.House, case: Case, by_mail: PhotographRequest
) -> None:
    other = factories.a_photograph_request(house, case, address="other@home.example")

    by_mail.refresh_from_db()
    assert why_shut(by_mail, NOW) is Shut.ENDED
    assert why_shut(other, NOW) is None
    send_request(request_id=by_mail.pk, at=NOW)
    assert mail.outbox == []


@pytest.mark.parametrize("written", [MOBILE, "+44 7700 900123", "0044 (0)7700-900123"])
def test_a_mobile_number_has_one_form(written: str) -> None:
    assert normal_mobile_number(written) == "+447700900123"


@pytest.mark.parametrize("written", ["020 7946 0101", "07700 90012", "+1 202 555 0101", "+44"])
def test_what_is_no_uk_mobile_number_is_refused(written: str) -> None:
    with pytest.raises(NotAMobileNumber):
        normal_mobile_number(written)


def test_neither_token_nor_address_is_in_the_database(by_mail: PhotographRequest) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT r::text FROM letters_photographrequest r")
        (row,) = cursor.fetchone()

    for said in (token_of(by_mail.pk), "home.example", "Maya"):
        assert said not in row


# the message


def test_the_message_names_neither_illness_nor_home_nor_anybody(by_mail: PhotographRequest) -> None:
    send_request(request_id=by_mail.pk, at=NOW)

    (message,) = mail.outbox
    said = f"{message.subject} {message.body}".lower()
    assert url_of(by_mail) in said
    for word in ("maya", "sampleton", "court", "asthma", "mould", "home", "clinic", "landlord"):
        assert word not in said.replace(url_of(by_mail), "")


def test_a_text_holds_the_link_and_goes_once(
    house: factories.House, case: Case, notify_server: notify.NotifyServer
) -> None:
    request = by_text(house, case)

    for _ in range(2):
        send_request(request_id=request.pk, at=NOW)

    taken = notify_server.by_reference(request.pk)
    assert taken.body["phone_number"] == "+447700900123"
    assert taken.body["personalisation"]["link"] == url_of(request)
    request.refresh_from_db()
    assert (request.sent_at, request.next_try_at) == (NOW, None)


def test_a_text_that_may_have_gone_is_asked_for_first(
    house: factories.House, case: Case, notify_server: notify.NotifyServer
) -> None:
    request = by_text(house, case)
    notify_server.fault = Fault.ACCEPTS_THEN_500
    send_request(request_id=request.pk, at=NOW)
    notify_server.fault = Fault.NONE

    send_request(request_id=request.pk, at=NOW + timedelta(minutes=2))

    assert notify_server.counted() == {str(request.pk): 1}
    request.refresh_from_db()
    assert request.sent_at is not None


def test_a_server_that_is_down_is_tried_later_and_not_for_ever(
    by_mail: PhotographRequest, mail_server: MailServer
) -> None:
    mail_server.mood = Mood.DROPS
    at = NOW
    for _ in range(MOST_TRIES):
        send_request(request_id=by_mail.pk, at=at)
        at += timedelta(hours=2)

    by_mail.refresh_from_db()
    assert (by_mail.sent_at, by_mail.next_try_at) == (None, None)
    assert by_mail.reason == "server_out_of_reach"
    assert due_requests(at) == []


def test_a_text_that_did_not_arrive_is_told_and_can_be_sent_anew(
    house: factories.House, case: Case, notify_server: notify.NotifyServer
) -> None:
    request = by_text(house, case)
    send_request(request_id=request.pk, at=NOW)
    told = notify_server.callback(notify_server.by_reference(request.pk), "permanent-failure")

    ours = [take_callback(told=told) for _ in range(2)]

    request.refresh_from_db()
    assert (ours, request.reason) == ([True, True], "text_not_delivered")
    assert by_text(house, case).pk != request.pk


def test_what_became_unsafe_meanwhile_is_not_sent(
    house: factories.House, case: Case, by_mail: PhotographRequest
) -> None:
    factories.safety(house, case, contact=ContactWay.NONE)

    send_request(request_id=by_mail.pk, at=NOW)

    by_mail.refresh_from_db()
    assert mail.outbox == []
    assert by_mail.reason == "not_safe_to_write"


@pytest.mark.django_db
def test_a_demonstration_writes_to_nobody() -> None:
    house = factories.a_house(is_demonstration=True)
    request = by_text(house, factories.a_full_case(house))

    send_request(request_id=request.pk, at=NOW)

    request.refresh_from_db()
    assert (request.reason, request.next_try_at) == ("demonstration", None)


# the link


def test_who_knows_the_date_of_birth_is_let_in(by_mail: PhotographRequest) -> None:
    tries = [date(2019, 3, 5), BORN, BORN]

    outcomes = [asking.let_in(request=by_mail, date_of_birth=born, at=NOW) for born in tries]

    assert outcomes == [Opening.REFUSED, Opening.OPENED, Opening.OPENED]
    by_mail.refresh_from_db()
    assert by_mail.opened_at == NOW


def test_guessing_is_put_off_longer_each_time(by_mail: PhotographRequest) -> None:
    def guess(hours: float, born: date = date(1980, 1, 1)) -> Opening:
        at = NOW + timedelta(hours=hours)
        return asking.let_in(request=by_mail, date_of_birth=born, at=at)

    first = [guess(0) for _ in range(5)]
    meanwhile = guess(0.5, BORN)
    second = [guess(1) for _ in range(5)]

    assert first[-1] is second[-1] is Opening.LOCKED
    assert meanwhile is Opening.LOCKED
    assert guess(2.5, BORN) is Opening.LOCKED
    assert guess(3, BORN) is Opening.OPENED


def test_a_link_stops_when_the_case_closes_or_its_days_pass(
    house: factories.House, case: Case, by_mail: PhotographRequest
) -> None:
    assert why_shut(by_mail, NOW + asking.LASTS) is Shut.EXPIRED

    cases.close_case(case=case, by=house.clinician, at=NOW)

    by_mail.refresh_from_db()
    assert why_shut(by_mail, NOW) is Shut.CLOSED
    with pytest.raises(RequestOver):
        came(by_mail, samples.jpeg())


def test_who_has_the_link_can_end_it(by_mail: PhotographRequest) -> None:
    for _ in range(2):
        asking.decline(request=by_mail, at=NOW)

    by_mail.refresh_from_db()
    assert (by_mail.ended_at, by_mail.ended_by) == (NOW, None)
    with pytest.raises(RequestOver):
        came(by_mail, samples.jpeg())


# what comes


def test_a_clean_photograph_is_kept_as_the_patients_and_not_described(
    case: Case, by_mail: PhotographRequest, scanner: Scanner
) -> None:
    data = samples.heic(with_exif=samples.exif())
    sent = came(by_mail, data, shows="Bedroom")

    for _ in range(2):
        look_through(sent_id=sent.pk, at=NOW)

    kept = Photograph.objects.get(case=case)
    assert original_of(kept) == data
    assert kept.added_by is None
    assert not kept.is_described
    sent.refresh_from_db()
    assert (sent.status, sent.photograph, bytes(sent.data)) == ("kept", kept, b"")


@pytest.mark.parametrize("clamd", ["", "/nowhere/clamd.sock"])
def test_nothing_is_kept_while_nobody_looks_through_it(
    by_mail: PhotographRequest, settings: LazySettings, clamd: str
) -> None:
    settings.CLAMD = clamd
    sent = came(by_mail, samples.jpeg())

    look_through(sent_id=sent.pk, at=NOW)

    sent.refresh_from_db()
    assert sent.status == "held"
    assert sent.reason in ("no_scanner", "scanner_down")
    assert due_photographs(NOW + timedelta(minutes=30)) == [sent.pk]
    assert not Photograph.objects.exists()


def test_a_harmful_photograph_stays_shut(by_mail: PhotographRequest, scanner: Scanner) -> None:
    sent = came(by_mail, samples.jpeg())
    sent.data = EICAR  # no picture is known to the scanner as harmful
    sent.save()

    look_through(sent_id=sent.pk, at=NOW)

    sent.refresh_from_db()
    assert sent.status == "infected"
    assert not Photograph.objects.exists()


def test_the_same_photograph_twice_is_one(by_mail: PhotographRequest, scanner: Scanner) -> None:
    first, again = came(by_mail, samples.jpeg()), came(by_mail, samples.jpeg())
    look_through(sent_id=first.pk, at=NOW)

    after_it_was_kept = came(by_mail, samples.jpeg())

    assert first.pk == again.pk == after_it_was_kept.pk
    assert Photograph.objects.count() == 1


def test_what_somebody_here_took_out_stays_out(
    house: factories.House, case: Case, by_mail: PhotographRequest, scanner: Scanner
) -> None:
    added = evidence.add_photograph(case=case, data=samples.jpeg(), by=house.clinician, at=NOW)
    evidence.remove_photograph(photograph=added, by=house.clinician, at=NOW)

    look_through(sent_id=came(by_mail, samples.jpeg()).pk, at=NOW)

    added.refresh_from_db()
    assert added.removed_at == NOW


@pytest.mark.parametrize(
    "data", [b"MZ\x90\x00 a program", samples.png_of_claimed_size(60000, 60000), b"%PDF-1.7"]
)
def test_what_is_no_photograph_is_refused_at_once(by_mail: PhotographRequest, data: bytes) -> None:
    with pytest.raises(PictureRefused):
        came(by_mail, data)

    assert not SentPhotograph.objects.exists()


def test_a_link_takes_so_many_and_no_more(
    by_mail: PhotographRequest, settings: LazySettings
) -> None:
    settings.EVIDENCE_FILES_A_CASE = 1
    came(by_mail, samples.jpeg())

    with pytest.raises(TooManySent):
        came(by_mail, samples.png())
