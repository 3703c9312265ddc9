"""Whoever follows the log misses nothing and hears nothing twice, however commits interleave."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event as Signal
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from letters.access.models import User
from letters.announcing.errors import CursorNotKnown
from letters.announcing.kinds import EventKind
from letters.announcing.queries import Page, events_after
from letters.announcing.record import announce
from tests import factories
from tests.announcing.waiting import let_others_end
from tests.factories import NOW


def _happens(house: factories.House) -> UUID:
    subject = uuid4()
    announce(
        EventKind.LETTER_APPROVED,
        partnership_id=house.partnership.pk,
        subject_id=subject,
        case_id=None,
        at=NOW,
    )
    return subject


def _committed(house: factories.House) -> UUID:
    with transaction.atomic():
        return _happens(house)


@contextmanager
def _under_way(house: factories.House) -> Iterator[tuple[list[UUID], Callable[[], None]]]:
    """An event in a transaction of another connection, and what writes one more and commits."""
    written, go_on, subjects = Signal(), Signal(), list[UUID]()

    def elsewhere() -> None:
        with transaction.atomic():
            subjects.append(_happens(house))
            written.set()
            go_on.wait(10)
            subjects.append(_happens(house))
        connection.close()

    other = Thread(target=elsewhere)

    def commit() -> None:
        go_on.set()
        other.join()

    other.start()
    assert written.wait(10)
    try:
        yield subjects, commit
    finally:
        commit()


def _subjects(page: Page) -> list[UUID]:
    return [event.subject_id for event in page.events]


@pytest.mark.django_db(transaction=True)
def test_what_commits_late_is_not_skipped() -> None:
    house = factories.a_house()
    by = house.evaluator
    with _under_way(house) as (early, commit):
        late = _committed(house)
        meanwhile = events_after("", most=10, by=by)
        commit()
        let_others_end()

        after = events_after(meanwhile.cursor, most=10, by=by)

    assert _subjects(meanwhile) + _subjects(after) == [*early, late]


@pytest.mark.django_db(transaction=True)
def test_a_cursor_holds_while_commits_cross() -> None:
    """Two under way at once, the later committed first, with others before and after."""
    house = factories.a_house()
    by, seen, cursor = house.evaluator, list[UUID](), ""

    def read() -> None:
        nonlocal cursor
        page = events_after(cursor, most=1, by=by)
        while page.events:
            seen.extend(_subjects(page))
            cursor = page.cursor
            page = events_after(cursor, most=1, by=by)

    made = [_committed(house)]
    with _under_way(house) as (first, commit_first):
        read()
        with _under_way(house) as (second, commit_second):
            made.append(_committed(house))
            read()
            commit_second()
            read()
            commit_first()
            read()
    made += [*first, *second, _committed(house)]
    let_others_end()
    read()

    assert sorted(seen) == sorted(made)


@pytest.mark.django_db(transaction=True)
def test_pages_follow_one_another() -> None:
    house = factories.a_house()
    made = [_committed(house) for _ in range(5)]
    let_others_end()

    first = events_after("", most=3, by=house.evaluator)
    second = events_after(first.cursor, most=3, by=house.evaluator)
    third = events_after(second.cursor, most=3, by=house.evaluator)

    assert _subjects(first) + _subjects(second) == made
    assert (_subjects(third), third.cursor) == ([], second.cursor)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["clinician", "reviewer"])
def test_the_log_is_for_those_who_follow_it(who: str) -> None:
    house = factories.a_house()
    _committed(house)
    person: User = getattr(house, who)

    assert _subjects(events_after("", most=10, by=person)) == []


@pytest.mark.django_db(transaction=True)
def test_another_partnerships_log_is_not_shown() -> None:
    house = factories.a_house()
    _committed(house)

    stranger = factories.a_house().evaluator

    assert _subjects(events_after("", most=10, by=stranger)) == []


@pytest.mark.parametrize(
    "cursor", ["x", "====", "MTox", "MToxOng", "é", "MToxOjk5OTk5OTk5OTk5OTk5OTk5OTk5OTk", " "]
)
@pytest.mark.django_db
def test_a_cursor_that_is_none_is_refused(house: factories.House, cursor: str) -> None:
    with pytest.raises(CursorNotKnown):
        events_after(cursor, most=10, by=house.evaluator)
