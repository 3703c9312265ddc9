"""A letter leaves once, whatever happens on the way."""

import hashlib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import connection

from letters.cases import actions as cases
from letters.delivery import actions as delivery
from letters.delivery.actions.carrying import MOST_ATTEMPTS
from letters.delivery.errors import AlreadyQueued, LetterNotApproved
from letters.delivery.models import ALLOWED_MOVES, LEFT, Channel, Dispatch, DispatchStatus
from letters.delivery.no_way_out import NoWayOut
from letters.delivery.queries import due
from letters.drafting.vocabulary import DataItem
from letters.evidence import actions as evidence
from letters.evidence.models import Enclosure
from letters.issuing import actions as issuing
from letters.issuing.files import make_files
from letters.issuing.models import FileFormat, LetterEnclosure, LetterFile
from letters.law.tenures import LandlordKind
from tests import factories, servers
from tests.factories import NOW
from tests.rendering.picture_samples import jpeg, quarters

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


def test_deliver_attaches_the_letter(dispatch: Dispatch, mail_server: servers.MailServer) -> None:
    delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    (message,) = mail_server.messages
    (attachment,) = message.iter_attachments()
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_content().startswith(b"%PDF")
    assert message["Message-ID"].startswith(f"<{dispatch.pk}@")


@pytest.fixture
def enclosing(house: factories.House) -> Dispatch:
    """A letter with a picture enclosed, waiting to be e-mailed."""
    draft = factories.a_draft(house, factories.a_full_case(house))
    added = evidence.add_enclosure(
        case=draft.case,
        name="Inspection report",
        tells=(DataItem.HOUSING_CONDITIONS,),
        data=jpeg(quarters((400, 300))),
        by=house.clinician,
        at=NOW,
    )
    chosen = issuing.choose_evidence(
        letter=draft, photographs=(), enclosures=(added,), by=house.clinician, at=NOW
    )
    letter = factories.signed(chosen, by=house.clinician)
    make_files(letter_id=letter.pk, at=NOW)
    return delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW)


def test_deliver_attaches_what_the_letter_encloses(
    enclosing: Dispatch, mail_server: servers.MailServer
) -> None:
    delivery.deliver(dispatch_id=enclosing.pk, at=NOW)

    (message,) = mail_server.messages
    letter, enclosure = message.iter_attachments()
    issued = LetterFile.objects.get(letter=enclosing.letter, file_format=FileFormat.PDF)
    assert hashlib.sha256(letter.get_content()).hexdigest() == issued.sha256
    (approved,) = LetterEnclosure.objects.filter(letter=enclosing.letter)
    assert hashlib.sha256(enclosure.get_content()).hexdigest() == approved.pdf_digest
    assert enclosure.get_filename() == "enclosure-1.pdf"


def test_deliver_stops_when_an_enclosure_is_not_the_approved_one(
    enclosing: Dispatch, mail_server: servers.MailServer
) -> None:
    Enclosure.objects.update(pdf=b"%PDF-1.7 another")  # the digest stays: the database sees to it

    after = delivery.deliver(dispatch_id=enclosing.pk, at=NOW)

    assert (after.status, after.reason) == (DispatchStatus.FAILED, "enclosure_altered")
    assert mail_server.messages == []


def test_deliver_names_nobody_outside_the_letter(
    dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    (message,) = mail_server.messages
    body = message.get_body()
    assert body is not None
    said = f"{message['Subject']} {body.get_content()} {message.get_filename()}"
    for word in ("Maya", "Sampleton", "asthma", "Sample Court"):
        assert word not in said


@pytest.mark.parametrize(
    ("mood", "status"),
    [
        (servers.Mood.REFUSES, DispatchStatus.FAILED),
        (servers.Mood.DEFERS, DispatchStatus.QUEUED),
        (servers.Mood.HANGS, DispatchStatus.UNKNOWN),
        (servers.Mood.DROPS, DispatchStatus.UNKNOWN),
        (servers.Mood.ACCEPTS_THEN_DROPS, DispatchStatus.UNKNOWN),
    ],
)
def test_deliver_says_what_a_server_in_trouble_did(
    dispatch: Dispatch,
    mail_server: servers.MailServer,
    mood: servers.Mood,
    status: DispatchStatus,
) -> None:
    mail_server.mood = mood

    after = delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    assert after.status == status
    assert after.reason != ""


def test_deliver_sends_nothing_again_when_unknown(
    dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    mail_server.mood = servers.Mood.ACCEPTS_THEN_DROPS
    delivery.deliver(dispatch_id=dispatch.pk, at=NOW)
    mail_server.mood = servers.Mood.ACCEPTS

    swept = _swept(NOW + timedelta(days=1))
    delivery.deliver(dispatch_id=dispatch.pk, at=NOW + timedelta(days=1))

    assert swept == []
    assert len(mail_server.messages) == 1


def test_deliver_tries_again_after_a_server_was_down(
    dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    mail_server.mood = servers.Mood.DEFERS
    delivery.deliver(dispatch_id=dispatch.pk, at=NOW)
    mail_server.mood = servers.Mood.ACCEPTS

    later = NOW + timedelta(hours=1)
    assert _swept(later) == [dispatch.pk]
    after = delivery.deliver(dispatch_id=dispatch.pk, at=later)

    assert after.status == DispatchStatus.ACCEPTED
    assert len(mail_server.messages) == 1


def test_deliver_gives_up_where_a_person_sees_it(
    dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    mail_server.mood = servers.Mood.DEFERS
    at = NOW
    for _ in range(MOST_ATTEMPTS):
        after = delivery.deliver(dispatch_id=dispatch.pk, at=at)
        at += timedelta(hours=2)

    assert after.status == DispatchStatus.FAILED


def test_deliver_stops_when_consent_was_withdrawn(
    house: factories.House, dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    case = dispatch.letter.case
    cases.withdraw_consent(case=case, reason="changed her mind", by=house.clinician, at=NOW)

    after = delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    assert (after.status, after.reason) == (DispatchStatus.CANCELLED, "consent_withdrawn")
    assert mail_server.messages == []


def test_deliver_stops_when_one_item_was_withdrawn(
    house: factories.House, dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    told = [DataItem.HOUSING_CONDITIONS, DataItem.DIAGNOSIS]
    factories.consent(house, dispatch.letter.case, items=told)

    after = delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    assert after.reason == "consent_withdrawn"
    assert mail_server.messages == []


def test_deliver_stops_when_consent_has_run_out(
    dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    after = delivery.deliver(dispatch_id=dispatch.pk, at=NOW + timedelta(days=400))

    assert after.status == DispatchStatus.CANCELLED
    assert mail_server.messages == []


def test_deliver_stops_when_the_letter_was_withdrawn(
    house: factories.House, dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    issuing.withdraw_letter(letter=dispatch.letter, by=house.clinician, at=NOW)

    after = delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    assert after.reason == "letter_withdrawn"
    assert mail_server.messages == []


def test_deliver_stops_when_the_landlord_changed(
    house: factories.House, dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    other = cases.add_landlord(
        partnership=house.partnership,
        kind=LandlordKind.COUNCIL,
        name="Another Council (invented)",
        department="",
        address=("Elsewhere",),
        email="repairs@elsewhere.example",
        by=house.clinician,
    )
    cases.name_landlord(case=dispatch.letter.case, landlord=other, by=house.clinician)

    after = delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    assert after.reason == "addressee_changed"
    assert mail_server.messages == []


def test_queue_dispatch_refuses_a_second(house: factories.House, dispatch: Dispatch) -> None:
    with pytest.raises(AlreadyQueued):
        delivery.queue_dispatch(
            letter=dispatch.letter, channel=Channel.DOWNLOAD, by=house.clinician, at=NOW
        )


def test_queue_dispatch_refuses_a_draft(house: factories.House) -> None:
    draft = factories.a_draft(house, factories.a_full_case(house))

    with pytest.raises(LetterNotApproved):
        delivery.queue_dispatch(letter=draft, channel=Channel.EMAIL, by=house.clinician, at=NOW)


def test_free_stale_frees_what_a_dead_worker_claimed(dispatch: Dispatch) -> None:
    _left_at(dispatch, DispatchStatus.CLAIMED)

    assert _swept(NOW + timedelta(minutes=10)) == [dispatch.pk]


def test_free_stale_asks_a_person_where_it_may_have_gone(dispatch: Dispatch) -> None:
    _left_at(dispatch, DispatchStatus.HANDED_OVER)

    swept = _swept(NOW + timedelta(minutes=10))

    dispatch.refresh_from_db()
    assert swept == []
    assert dispatch.status == DispatchStatus.UNKNOWN


def test_deliver_sends_nothing_when_another_worker_took_over(
    dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    """The first worker was slow, its lease ran out, a second one is already committed."""
    with _taken_over_at_the_last_moment(dispatch):
        after = delivery.deliver(dispatch_id=dispatch.pk, at=NOW)

    assert mail_server.messages == []
    assert after.status == DispatchStatus.HANDED_OVER


def test_the_lease_counts_anew_once_the_files_are_made(
    dispatch: Dispatch, mail_server: servers.MailServer
) -> None:
    """They may have taken most of it, and the hand-over may take as long again."""
    leases: list[datetime | None] = []

    def look(execute: Callable[..., Any], sql: str, params: Any, *given: Any) -> Any:
        done = execute(sql, params, *given)
        if sql.startswith("UPDATE") and DispatchStatus.HANDED_OVER in params:
            leases.append(Dispatch.objects.get(pk=dispatch.pk).lease_until)
        return done

    assert delivery.claim(dispatch_id=dispatch.pk, at=NOW)
    late = NOW + timedelta(minutes=4)
    with connection.execute_wrapper(look):
        delivery.deliver_claimed(dispatch_id=dispatch.pk, at=late)

    assert leases == [late + delivery.LEASE]


@contextmanager
def _taken_over_at_the_last_moment(dispatch: Dispatch) -> Iterator[None]:
    """Another worker commits just before this one opens its transaction to do so."""
    pending = [DispatchStatus.HANDED_OVER]

    def overtake(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        if pending and sql.startswith("SAVEPOINT") and _status(dispatch) == DispatchStatus.CLAIMED:
            _left_at(dispatch, pending.pop())
        return execute(sql, *given)

    with connection.execute_wrapper(overtake):
        yield


def test_deliver_keeps_a_demonstration_on_this_machine(
    mail_server: servers.MailServer, settings: LazySettings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    demonstration = factories.a_house(is_demonstration=True)
    letter = factories.an_approved_letter(demonstration)
    make_files(letter_id=letter.pk, at=NOW)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=demonstration.clinician, at=NOW
    )

    after = delivery.deliver(dispatch_id=queued.pk, at=NOW)

    assert after.status == DispatchStatus.ACCEPTED
    assert mail_server.messages == []
    assert [path.name for path in (tmp_path / "outbox").iterdir()] == [f"{queued.pk}.eml"]


def test_nothing_can_leave_while_a_demonstration_is_carried(
    mail_server: servers.MailServer, settings: LazySettings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    demonstration = factories.a_house(is_demonstration=True)
    letter = factories.an_approved_letter(demonstration)
    make_files(letter_id=letter.pk, at=NOW)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=demonstration.clinician, at=NOW
    )
    doors: list[str] = []

    def try_to_leave(execute: Callable[..., Any], *given: Any) -> Any:
        with socket.socket() as attempt:
            try:
                attempt.connect(("127.0.0.1", mail_server.port))
                doors.append("open")
            except NoWayOut:
                doors.append("shut")
        return execute(*given)

    with connection.execute_wrapper(try_to_leave):
        delivery.deliver(dispatch_id=queued.pk, at=NOW)

    assert (doors[0], doors[-1]) == ("open", "open")  # claimed before, read again after
    assert "shut" in doors


@pytest.mark.parametrize("came_from", list(DispatchStatus))
@pytest.mark.parametrize("to", list(DispatchStatus))
def test_allowed_moves_never_send_a_second_time(
    came_from: DispatchStatus, to: DispatchStatus
) -> None:
    if to == DispatchStatus.HANDED_OVER:
        assert (to in ALLOWED_MOVES[came_from]) == (came_from == DispatchStatus.CLAIMED)
    if came_from in (*LEFT, DispatchStatus.CANCELLED):
        assert not {DispatchStatus.QUEUED, DispatchStatus.CLAIMED} & ALLOWED_MOVES[came_from]


def test_queue_dispatch_leaves_time_to_undo_it(
    house: factories.House, settings: LazySettings, mail_server: servers.MailServer
) -> None:
    settings.UNDO_SECONDS = 60
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW
    )

    early = delivery.deliver(dispatch_id=queued.pk, at=NOW + timedelta(seconds=59))
    delivery.cancel_dispatch(dispatch=early, by=house.clinician, at=NOW)
    after = delivery.deliver(dispatch_id=queued.pk, at=NOW + timedelta(seconds=61))

    assert early.status == DispatchStatus.CANCELLED
    assert after.status == DispatchStatus.CANCELLED
    assert mail_server.messages == []


def test_what_people_print_themselves_is_ready_at_once(
    house: factories.House, settings: LazySettings
) -> None:
    settings.UNDO_SECONDS = 60
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.DOWNLOAD, by=house.clinician, at=NOW
    )

    assert delivery.deliver(dispatch_id=queued.pk, at=NOW).status == DispatchStatus.READY


@pytest.mark.parametrize("was_kept", [True, False])
def test_deliver_asks_the_carrier_before_a_second_try(
    settings: LazySettings, tmp_path: Path, *, was_kept: bool
) -> None:
    """The worker died while the carrier may have taken it; this carrier can tell."""
    settings.VAR_DIR = tmp_path
    demonstration = factories.a_house(is_demonstration=True)
    letter = factories.an_approved_letter(demonstration)
    make_files(letter_id=letter.pk, at=NOW)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=demonstration.clinician, at=NOW
    )
    kept = tmp_path / "outbox" / f"{queued.pk}.eml"
    if was_kept:
        kept.parent.mkdir()
        kept.write_bytes(b"as it was taken")
    _left_at(queued, DispatchStatus.HANDED_OVER)

    later = NOW + timedelta(minutes=10)
    assert _swept(later) == [queued.pk]
    after = delivery.deliver(dispatch_id=queued.pk, at=later)

    assert after.status == DispatchStatus.ACCEPTED
    assert (kept.read_bytes() == b"as it was taken") == was_kept


def _swept(at: datetime) -> list[UUID]:
    """What the sweep finds to be done, once it has freed what dead workers held."""
    delivery.free_stale(at=at)
    return [dispatch.pk for dispatch in due(at)]


def _status(dispatch: Dispatch) -> str:
    return Dispatch.objects.values_list("status", flat=True).get(pk=dispatch.pk)


def _left_at(dispatch: Dispatch, status: DispatchStatus) -> None:
    """As a worker leaves it that is killed there."""
    Dispatch.objects.filter(pk=dispatch.pk).update(
        status=status,
        next_try_at=None,
        lease_until=NOW + delivery.LEASE,
        may_be_there=status == DispatchStatus.HANDED_OVER,
    )
