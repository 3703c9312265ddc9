"""Letters for the benchmark of delivery, and how long they take."""

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from letters.access.roles import Role
from letters.delivery import actions as delivery
from letters.delivery.actions.queueing import put_in_queue
from letters.delivery.actions.ruling import change_sending_rules
from letters.delivery.carriers import parcel_of
from letters.delivery.channels.parcel import message_of
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.delivery.queries import due
from letters.delivery.vocabulary import CarrierName
from letters.issuing.files import make_files
from letters.issuing.models import Letter
from tests import factories
from tests.chaos.seeding import copies_of
from worker import tasks
from worker.schedule import SWEEP_EVERY

_PATIENCE = 300.0


@dataclass
class _Made:
    """The house and the letter that all others are copies of."""

    house: factories.House
    letter: Letter


_made: list[_Made] = []


def make_ready() -> None:
    """Tables, a partnership and one approved letter."""
    call_command("migrate", verbosity=0)
    house, at = factories.a_house(), timezone.now()
    factories.law_signed(house, at=at)
    change_sending_rules(
        partnership=house.partnership,
        email_carrier=CarrierName.SMTP,
        postage=None,
        undo=timedelta(0),
        fallbacks=(),
        by=factories.a_member(house.clinic, Role.ADMINISTRATOR, "Sam Specimen"),
        at=at,
    )
    _made.append(_Made(house, factories.an_approved_letter(house, at=at)))


def write_content(path: Path) -> Path:
    """What the letter says, for those that only render it."""
    path.write_text(json.dumps(_made[0].letter.content), encoding="utf-8")
    return path


def write_message(path: Path) -> Path:
    """The e-mail that carries the letter, for those that only send it."""
    dispatch = Dispatch.objects.filter(status=DispatchStatus.ACCEPTED).first()
    assert dispatch is not None  # noqa: S101 - the ones before have arrived
    path.write_bytes(message_of(parcel_of(dispatch)).as_bytes())
    return path


def seconds_one_by_one(count: int) -> list[float]:
    """From approval to acceptance of each, the queue being idle: rendered, sent, written down."""
    return [_seconds_of_one() for _ in range(count)]


def _seconds_of_one() -> float:
    made, at = _made[0], timezone.now()
    draft = factories.a_draft(made.house, made.letter.case, at=at)
    began = time.monotonic()
    letter = factories.signed(draft, by=made.house.clinician, at=timezone.now())
    dispatch = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=made.house.clinician, at=timezone.now()
    )
    _wait(lambda: not _is_accepted(dispatch.pk), pause=0.01)
    return time.monotonic() - began


def _is_accepted(pk: uuid.UUID) -> bool:
    return Dispatch.objects.filter(pk=pk, status=DispatchStatus.ACCEPTED).exists()


def seconds_for(count: int, *, with_files: bool) -> float:
    """From the sweep that finds them to the last acceptance; the sweep comes as often as the
    schedule has it. They were queued before: as many pages of other people would take their time
    elsewhere."""
    made = _made[0]
    if with_files:
        make_files(letter_id=made.letter.pk, at=timezone.now())
    ids = copies_of(made.letter, count, with_files=with_files)
    begins_at = timezone.now() + timedelta(hours=1)
    for letter in Letter.objects.filter(pk__in=ids):
        with transaction.atomic():
            put_in_queue(letter, Channel.EMAIL, by=made.house.clinician, at=begins_at)
    already = _accepted()
    Dispatch.objects.filter(letter__in=ids).update(next_try_at=timezone.now())
    began = swept = time.monotonic()
    tasks.sweep_dispatches()
    until = began + _PATIENCE
    while _accepted() - already < count:
        if time.monotonic() > until:
            raise TimeoutError
        if time.monotonic() - swept > SWEEP_EVERY.total_seconds():
            swept = time.monotonic()
            tasks.sweep_dispatches()
        time.sleep(0.1)
    return time.monotonic() - began


def _accepted() -> int:
    return Dispatch.objects.filter(status=DispatchStatus.ACCEPTED).count()


def _wait(not_yet: Callable[[], bool], *, pause: float) -> None:
    until = time.monotonic() + _PATIENCE
    while not_yet():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(pause)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What it costs to take the next of a queue, and to sweep it; the middle of many times."""

    claim_ms: float
    sweep_ms: float


def long_queue(length: int, rounds: int) -> Queue:
    """A queue of so many that are due; letters in it are bare rows, for nothing of them is read."""
    _fill(length)
    claims, sweeps = [], []
    for _ in range(rounds):
        claims.append(_milliseconds(_claim))
        sweeps.append(_milliseconds(_sweep))
    return Queue(claim_ms=median(claims), sweep_ms=median(sweeps))


def _claim() -> None:
    delivery.claim_next(at=timezone.now())


def _sweep() -> None:
    now = timezone.now()
    delivery.free_stale(at=now)
    due(now).exists()


def _fill(length: int) -> None:
    Dispatch.objects.filter(status__in=("queued", "claimed")).delete()
    made, now = _made[0], timezone.now()
    ids = copies_of(made.letter, length, with_files=False, bare=True)
    for start in range(0, length, 5_000):
        Dispatch.objects.bulk_create(
            Dispatch(
                letter_id=pk,
                channel=Channel.EMAIL,
                address="bench@council.example",
                status=DispatchStatus.QUEUED,
                next_try_at=now - timedelta(seconds=number),
                queued_by=made.house.clinician,
                queued_at=now,
            )
            for number, pk in enumerate(ids[start : start + 5_000], start=start)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE letters_dispatch")


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1_000
