"""One PDF a day for a team's printer: nothing printed twice, nothing forgotten, nothing posted that
may not be."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from letters.access.errors import NotAllowed
from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.delivery import actions as delivery
from letters.delivery.batches.actions import ask_for_batch, take_batch, tick_off
from letters.delivery.batches.errors import BatchNotMade, NothingTicked, NothingToPrint
from letters.delivery.batches.making import LEASE, MOST_ATTEMPTS, make_batch
from letters.delivery.batches.models import BatchStatus, PrintBatch, PrintBatchItem
from letters.delivery.batches.queries import due, items_of, to_tick, waiting_for
from letters.delivery.codes import code_of, printed
from letters.delivery.errors import PostedOutOfRange
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.delivery.queries import dispatch_by_code
from letters.evidence.models import Enclosure
from letters.issuing.models import LetterFile
from letters.rendering.post import faults_for_post
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = NOW.date(), NOW + timedelta(days=1)


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


def ready(house: factories.House) -> Dispatch:
    """A letter that a clinician has chosen to print and post."""
    letter = factories.with_files(factories.an_approved_letter(house))
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.DOWNLOAD, by=house.clinician, at=NOW
    )
    return delivery.deliver(dispatch_id=queued.pk, at=NOW)


@pytest.fixture
def two(house: factories.House) -> list[Dispatch]:
    """In the order in which they are printed."""
    return sorted((ready(house), ready(house)), key=lambda each: each.pk)


def made(house: factories.House) -> PrintBatch:
    batch = ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)
    return make_batch(batch_id=batch.pk, at=NOW)


def texts(data: bytes) -> Iterator[str]:
    """The words of each page."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        for page in document:
            yield " ".join(page.get_textpage().get_text_bounded().split())


# what is printed


def test_a_batch_is_a_list_and_each_letter_after_its_sheet(
    house: factories.House, two: list[Dispatch]
) -> None:
    batch = made(house)

    pages = list(texts(take_batch(batch=batch, by=house.clinician)))
    assert (batch.status, batch.page_count) == (BatchStatus.MADE, len(pages))
    for dispatch in two:
        assert dispatch.letter.case.reference in pages[0]
        assert printed(code_of(dispatch.pk)) in pages[0]
    for item, dispatch in zip(items_of(batch), two, strict=True):
        assert item.dispatch == dispatch
        assert item.first_page is not None
        assert item.first_page % 2 == 1  # on a sheet of its own, as is the letter after it
        sheet = pages[item.first_page - 1]
        assert sheet.startswith("Exampleton Borough Council (invented) Housing Repairs Team")
        assert printed(code_of(dispatch.pk)) in sheet
        assert pages[item.first_page] == ""  # the back of the address sheet
        letter = pages[item.first_page + 1 : item.first_page + 1 + item.page_count]
        assert "Page 1 of" in letter[0]
        assert f"Page {item.page_count} of {item.page_count}" in letter[-1]


def test_an_address_sheet_tells_nothing_about_a_patient(
    house: factories.House, two: list[Dispatch]
) -> None:
    batch = made(house)

    pages = list(texts(take_batch(batch=batch, by=house.clinician)))
    first = items_of(batch)[0].first_page
    assert first is not None
    for page in (pages[0], pages[first - 1]):
        for word in ("Maya", "Sampleton", "asthma", "Sample Court", "mould"):
            assert word not in page


def test_an_address_sheet_fits_its_envelope(house: factories.House) -> None:
    ready(house)
    batch = made(house)

    data = take_batch(batch=batch, by=house.clinician)

    first = items_of(batch)[0].first_page
    assert first is not None
    alone = BytesIO()
    with pikepdf.open(BytesIO(data)) as whole:
        whole.pages[:] = [whole.pages[first - 1]]
        whole.save(alone)
    assert faults_for_post(alone.getvalue()) == ()


def test_the_same_letters_make_the_same_bytes(house: factories.House, two: list[Dispatch]) -> None:
    batch = made(house)
    sha256 = batch.sha256
    PrintBatch.objects.update(status=BatchStatus.ASKED, made_at=None, data=None, attempts=0)

    assert make_batch(batch_id=batch.pk, at=NOW).sha256 == sha256


# once each


def test_a_second_click_is_the_same_batch(house: factories.House, two: list[Dispatch]) -> None:
    first = ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)
    second = ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)
    make_batch(batch_id=first.pk, at=NOW)
    third = ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)

    assert first == second == third
    assert PrintBatchItem.objects.count() == 2


def test_what_comes_later_in_the_day_is_a_second_batch(
    house: factories.House, two: list[Dispatch]
) -> None:
    first = made(house)
    later = ready(house)

    second = ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)

    assert (second.day, second.number) == (first.day, 2)
    assert [item.dispatch for item in items_of(second)] == [later]


def test_there_is_no_batch_of_nothing(house: factories.House) -> None:
    with pytest.raises(NothingToPrint):
        ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)


def test_making_twice_makes_once(house: factories.House, two: list[Dispatch]) -> None:
    batch = made(house)

    again = make_batch(batch_id=batch.pk, at=NOW + timedelta(hours=1))

    assert again.made_at == NOW
    assert AuditEvent.objects.filter(verb="make_batch").count() == 1


def test_a_batch_of_a_dead_worker_is_found(house: factories.House, two: list[Dispatch]) -> None:
    batch = ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)
    PrintBatch.objects.update(lease_until=NOW + LEASE, attempts=1)

    assert due(NOW) == ()
    assert due(NOW + LEASE + timedelta(seconds=1)) == (batch.pk,)


def test_a_batch_at_which_workers_die_frees_its_letters(
    house: factories.House, two: list[Dispatch]
) -> None:
    batch = ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)
    PrintBatch.objects.update(attempts=MOST_ATTEMPTS)

    after = make_batch(batch_id=batch.pk, at=NOW)

    assert (after.status, after.reason) == (BatchStatus.FAILED, "batch_gave_up")
    assert set(waiting_for(house.clinic)) == set(two)


# what may not be printed


def test_consent_is_asked_about_once_more(house: factories.House, two: list[Dispatch]) -> None:
    batch = ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)
    case = two[0].letter.case
    cases.withdraw_consent(case=case, reason="changed", by=house.clinician, at=NOW)

    batch = make_batch(batch_id=batch.pk, at=NOW)

    two[0].refresh_from_db()
    assert (two[0].status, two[0].reason) == (DispatchStatus.CANCELLED, "consent_withdrawn")
    pages = list(texts(take_batch(batch=batch, by=house.clinician)))
    assert case.reference not in " ".join(pages[:1])
    assert [item.dispatch for item in to_tick(batch)] == [two[1]]


def test_nothing_is_made_when_nothing_is_left(house: factories.House) -> None:
    dispatch = ready(house)
    batch = ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)
    delivery.cancel_dispatch(dispatch=dispatch, by=house.clinician, at=NOW)

    after = make_batch(batch_id=batch.pk, at=NOW)

    assert (after.status, after.reason) == (BatchStatus.FAILED, "nothing_left_to_print")


def test_an_altered_letter_is_not_printed(house: factories.House, two: list[Dispatch]) -> None:
    batch = ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)
    LetterFile.objects.filter(letter=two[0].letter).update(data=b"%PDF-1.7 another")

    after = make_batch(batch_id=batch.pk, at=NOW)

    assert (after.status, after.reason) == (BatchStatus.FAILED, "altered")
    assert not Enclosure.objects.exists()


# in the post


def test_ticking_off_some_leaves_the_rest_for_tomorrow(
    house: factories.House, two: list[Dispatch]
) -> None:
    batch = made(house)
    first, second = items_of(batch)

    count = tick_off(batch=batch, items=[first.pk], posted_on=TODAY, by=house.clinician, at=NOW)

    assert count == 1
    posted = Dispatch.objects.get(pk=first.dispatch_id)
    assert posted.status == DispatchStatus.POSTED
    assert posted.sent_at is not None
    assert posted.sent_at.date() == TODAY
    tomorrow = ask_for_batch(team=house.clinic, by=house.clinician, at=TOMORROW)
    assert tomorrow != batch
    assert [item.dispatch_id for item in items_of(tomorrow)] == [second.dispatch_id]
    batch.refresh_from_db()
    assert batch.closed_at == TOMORROW


def test_a_batch_ends_when_all_of_it_is_posted(house: factories.House, two: list[Dispatch]) -> None:
    batch = made(house)
    items = [item.pk for item in items_of(batch)]

    tick_off(batch=batch, items=items, posted_on=TODAY, by=house.clinician, at=NOW)
    again = tick_off(batch=batch, items=items, posted_on=TODAY, by=house.clinician, at=NOW)

    assert again == 0
    batch.refresh_from_db()
    assert batch.closed_at == NOW
    with pytest.raises(NothingToPrint):
        ask_for_batch(team=house.clinic, by=house.clinician, at=TOMORROW)


def test_what_was_stopped_meanwhile_is_left_as_it_is(
    house: factories.House, two: list[Dispatch]
) -> None:
    batch = made(house)
    delivery.cancel_dispatch(dispatch=two[0], by=house.clinician, at=NOW)
    items = [item.pk for item in items_of(batch)]

    count = tick_off(batch=batch, items=items, posted_on=TODAY, by=house.clinician, at=NOW)

    assert count == 1
    two[0].refresh_from_db()
    assert two[0].status == DispatchStatus.CANCELLED


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=1)])
def test_a_wrong_day_ticks_nothing_off(
    house: factories.House, two: list[Dispatch], day: date
) -> None:
    batch = made(house)
    items = [item.pk for item in items_of(batch)]

    with pytest.raises(PostedOutOfRange):
        tick_off(batch=batch, items=items, posted_on=day, by=house.clinician, at=NOW)

    assert to_tick(batch).count() == 2


def test_nothing_is_ticked_off_by_mistake(house: factories.House, two: list[Dispatch]) -> None:
    batch = ask_for_batch(team=house.clinic, by=house.clinician, at=NOW)
    items = [item.pk for item in items_of(batch)]
    given: dict[str, Any] = {"batch": batch, "posted_on": TODAY, "by": house.clinician, "at": NOW}
    with pytest.raises(BatchNotMade):
        tick_off(**given, items=items)
    make_batch(batch_id=batch.pk, at=NOW)
    with pytest.raises(NothingTicked):
        tick_off(**given, items=[])


# whose


def test_a_batch_is_the_teams_own(house: factories.House, two: list[Dispatch]) -> None:
    """The agency's people see the cases, and print what they have chosen themselves."""
    assert list(waiting_for(house.agency)) == []
    with pytest.raises(NotAllowed):
        ask_for_batch(team=house.clinic, by=house.adviser, at=NOW)
    batch = made(house)
    with pytest.raises(NotAllowed):
        take_batch(batch=batch, by=house.adviser)


def test_each_time_it_is_printed_is_written_down(
    house: factories.House, two: list[Dispatch]
) -> None:
    batch = made(house)

    assert take_batch(batch=batch, by=house.clinician) == take_batch(
        batch=batch, by=house.clinician
    )

    assert AuditEvent.objects.filter(verb="download_batch", subject_id=batch.pk).count() == 2


# the code on the sheet


def test_a_code_leads_to_its_dispatch(house: factories.House, two: list[Dispatch]) -> None:
    code = code_of(two[0].pk)

    assert dispatch_by_code(code, by=house.clinician) == two[0]
    assert dispatch_by_code(printed(code).lower(), by=house.adviser) == two[0]


def test_a_code_leads_nobody_else_there(house: factories.House, two: list[Dispatch]) -> None:
    code = code_of(two[0].pk)
    stranger = factories.a_house()

    assert dispatch_by_code(code, by=stranger.clinician) is None
    assert dispatch_by_code("no code", by=house.clinician) is None
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    assert dispatch_by_code(wrong, by=house.clinician) is None
