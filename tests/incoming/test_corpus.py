"""Every kind of mail in the corpus ends where it should; none is dropped."""

from uuid import UUID

import pytest
from django.db import transaction

from letters.delivery.models import Receipt
from letters.incoming.models import Message, MessageLink, MessageStatus
from letters.incoming.queries import raw_of
from tests import factories
from tests.factories import NOW
from tests.incoming.conftest import Written, come, world_of, written
from tests.incoming.corpus import SAMPLES, Sample, World


@pytest.fixture
def world(pair: tuple[Written, Written]) -> World:
    other = factories.a_house()
    factories.law_signed(other)
    return world_of(pair, written(other))


def test_the_corpus_has_at_least_sixty_kinds() -> None:
    assert len(SAMPLES) >= 60


def test_all_mail_ends_where_it_should(world: World, pair: tuple[Written, Written]) -> None:
    """On the same rows, undone after each, so that a hundred kinds take seconds."""
    cases = {pair[0].case.pk: "a", pair[1].case.pk: "b"}

    wrong = {}
    for name, sample in SAMPLES.items():
        with transaction.atomic():
            found = _end_of(sample, sample.make(world), cases)
            transaction.set_rollback(True)
        if found != _wanted(sample):
            wrong[name] = (found, _wanted(sample))

    assert wrong == {}


def _wanted(sample: Sample) -> tuple[object, ...]:
    told = [(sample.told, sample.reason)] if sample.told else []
    status = MessageStatus.MATCHED if sample.at else MessageStatus.UNMATCHED
    return (sample.kind, status, sample.at, sample.waits, told, "whole")


def _end_of(sample: Sample, raw: bytes, cases: dict[UUID, str]) -> tuple[object, ...]:
    """What it is, where it lies, who is asked to read it, what was concluded, and that its bytes
    are there."""
    message = come(raw)
    links = MessageLink.objects.filter(message=message)
    ends = "".join(sorted(cases.get(link.case_id, "?") for link in links))
    waits = any(link.settled_at is None for link in links) if links else sample.waits
    told = [(each.says, each.reason) for each in Receipt.objects.all()]
    is_whole = "whole" if raw_of(message) == raw else "cut"
    return (message.kind, message.status, ends, waits, told, is_whole)


def test_mail_that_comes_twice_is_kept_once(world: World) -> None:
    raw = SAMPLES["reply_with_a_thousand_parts"].make(world)

    first, second = come(raw), come(raw, at=NOW)

    assert first.pk == second.pk
    assert Message.objects.count() == 1
    assert MessageLink.objects.count() == 1
