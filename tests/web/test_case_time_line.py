"""The deadlines and promises of a case as a line of days, and the same in a table."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.cases.models import Case
from letters.issuing.models import Letter
from letters.tracking import actions as tracking
from letters.tracking.models import Commitment, CommitmentStatus, Deadline, DeadlineStatus
from letters.tracking.queries import commitments_of, deadlines_of
from letters.web.time_line import Shape, TimeLine, time_line_of
from tests import factories
from tests.factories import NOW
from tests.web.conftest import words

DAY = timedelta(days=1)


@pytest.fixture
def deadline(sent_letter: Letter) -> Deadline:
    """The only one of its case."""
    kept = Deadline.objects.filter(letter=sent_letter).order_by("-due_at")[0]
    Deadline.objects.exclude(pk=kept.pk).delete()
    return kept


def changed(deadline: Deadline, **fields: Any) -> None:
    """The row as weeks would leave it, due from the beginning on the day that is given."""
    first_due = {"original_due_at": fields["due_at"]} if "due_at" in fields else {}
    Deadline.objects.filter(pk=deadline.pk).update(**first_due, **fields)


def line_of(case: Case, *, at: datetime = NOW) -> TimeLine:
    return time_line_of(case, deadlines_of(case), commitments_of(case), at=at)


def picture(page: str) -> str:
    found = re.search(r'<svg class="app-time-line".*</svg>', page, re.DOTALL)
    assert found
    return found[0]


def test_a_case_without_clocks_says_so(house: factories.House, adviser: Client) -> None:
    page = words(adviser.get(f"/cases/{factories.a_full_case(house).pk}/"))

    assert "Nothing runs yet" in page
    assert "app-time-line" not in page


def test_clocks_stand_in_the_order_of_their_days(
    house: factories.House, deadline: Deadline
) -> None:
    changed(deadline, due_at=NOW + 9 * DAY)
    sooner = factories.a_promise(house, deadline.letter.case, day=NOW.date() + 3 * DAY)
    later = factories.a_promise(house, deadline.letter.case, day=NOW.date() + 20 * DAY)

    line = line_of(deadline.letter.case)

    assert [each.deadline or each.commitment for each in line.spans] == [sooner, deadline, later]
    places = [line.place(span.due_on) for span in line.spans]
    assert 0 < places[0] < places[1] < places[2] < 100


def test_the_line_reaches_from_the_first_start_to_the_last_day(deadline: Deadline) -> None:
    changed(deadline, due_at=NOW - 5 * DAY)

    line = line_of(deadline.letter.case, at=NOW + 30 * DAY)

    assert line.first == NOW.date() - 5 * DAY
    assert line.last == line.today == NOW.date() + 30 * DAY


def test_a_line_of_one_day_has_a_place_for_it(house: factories.House) -> None:
    case = factories.a_case(house)
    factories.a_promise(house, case, day=NOW.date())

    line = line_of(case)

    assert (line.first, line.last) == (NOW.date(), NOW.date())
    assert 0 < line.place(NOW.date()) < 100


def test_words_never_run_off_the_nearer_edge(house: factories.House) -> None:
    case = factories.a_case(house)
    for days in (0, 50, 100):
        factories.a_promise(house, case, day=NOW.date() + days * DAY)

    line = line_of(case)

    assert [line.anchor(each.due_on) for each in line.spans] == ["start", "middle", "end"]


@pytest.mark.parametrize(
    ("fields", "shape", "left"),
    [
        ({"due_at": NOW + 14 * DAY}, Shape.RUNS, "14\xa0days left"),
        ({"due_at": NOW + DAY}, Shape.RUNS, "1\xa0day left"),
        ({"due_at": NOW + timedelta(hours=3)}, Shape.RUNS, "due today"),
        ({"due_at": NOW - timedelta(hours=3)}, Shape.RUNS, "passed today"),
        ({"due_at": NOW - 2 * DAY}, Shape.RUNS, "2\xa0days over"),
        (
            {"due_at": NOW - DAY, "status": DeadlineStatus.MISSED, "ended_at": NOW},
            Shape.MISSED,
            "1\xa0day over",
        ),
        (
            {"due_at": NOW + DAY, "status": DeadlineStatus.MET, "ended_at": NOW - DAY},
            Shape.DONE,
            "on 22\xa0November\xa02026",
        ),
        (
            {"due_at": NOW + DAY, "status": DeadlineStatus.CLOSED, "ended_at": NOW},
            Shape.OFF,
            "on 23\xa0November\xa02026",
        ),
        (
            {"due_at": NOW - DAY, "status": DeadlineStatus.PAUSED, "paused_at": NOW - 3 * DAY},
            Shape.PAUSED,
            "since 20\xa0November\xa02026",
        ),
    ],
)
def test_each_state_of_a_deadline_is_told(
    deadline: Deadline, fields: dict[str, Any], shape: Shape, left: str
) -> None:
    changed(deadline, **fields)

    (span,) = line_of(deadline.letter.case).spans

    assert (span.shape, span.left) == (shape, left)


@pytest.mark.parametrize(
    ("days", "status", "state", "shape", "left"),
    [
        (2, CommitmentStatus.OPEN, "Promised", Shape.RUNS, "2\xa0days left"),
        (0, CommitmentStatus.OPEN, "Promised", Shape.RUNS, "due today"),
        (-2, CommitmentStatus.MISSED, "Not kept", Shape.MISSED, "2\xa0days over"),
        (2, CommitmentStatus.KEPT, "Kept", Shape.DONE, "on 23\xa0November\xa02026"),
        (2, CommitmentStatus.WITHDRAWN, "Taken back", Shape.OFF, "on 23\xa0November\xa02026"),
    ],
)
def test_each_state_of_a_promise_is_told(
    house: factories.House, days: int, status: str, state: str, shape: Shape, left: str
) -> None:
    case = factories.a_case(house)
    promise = factories.a_promise(house, case, day=NOW.date() + days * DAY)
    ended_at = None if status == CommitmentStatus.OPEN else NOW
    Commitment.objects.filter(pk=promise.pk).update(status=status, ended_at=ended_at)

    (span,) = line_of(case).spans

    assert (span.state, span.shape, span.left) == (state, shape, left)


def test_days_are_those_of_london(deadline: Deadline) -> None:
    late_in_summer = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    changed(deadline, due_at=late_in_summer)

    (span,) = line_of(deadline.letter.case, at=late_in_summer - 2 * DAY).spans

    assert span.due_on == date(2027, 7, 1)
    assert span.left == "2\xa0days left"


def test_the_picture_says_what_it_shows(
    house: factories.House, adviser: Client, deadline: Deadline
) -> None:
    changed(deadline, due_at=NOW + 9 * DAY)
    factories.a_promise(house, deadline.letter.case, day=NOW.date() + 3 * DAY)

    shown = picture(words(adviser.get(f"/cases/{deadline.letter.case_id}/")))

    assert 'role="img"' in shown
    assert 'aria-labelledby="time-line-title time-line-desc"' in shown
    assert "Today, 23\xa0November\xa02026" in shown
    assert "1. Promised, 26\xa0November\xa02026" in shown
    assert "2. Running, 2\xa0December\xa02026" in shown
    assert "style=" not in shown  # which the policy of the pages would refuse


def test_the_table_says_the_same_and_by_which_law(
    house: factories.House, adviser: Client, deadline: Deadline
) -> None:
    promise = factories.a_promise(house, deadline.letter.case, day=NOW.date() + 3 * DAY)
    tracking.move_commitment(
        commitment=promise, to=NOW.date() + 5 * DAY, reason="", by=house.adviser, at=NOW
    )

    page = words(adviser.get(f"/cases/{deadline.letter.case_id}/"))

    table = page.partition('app-clocks"')[2].partition("</table>")[0]
    (span,) = (each for each in line_of(deadline.letter.case).spans if each.provision)
    assert span.provision is not None
    assert span.provision.citation[1:] in table.replace("&#39;", "'")
    assert f"/deadlines/{deadline.pk}/" in table
    assert "How it was counted" in table
    assert "first promised for 26\xa0November\xa02026" in table
    assert "Promised by a contractor" in table
    assert f'href="#promise-{promise.pk}"' in table
    assert f'id="promise-{promise.pk}"' in page


def test_forty_clocks_are_shown_without_more_queries(
    house: factories.House, adviser: Client, deadline: Deadline
) -> None:
    case, counts = deadline.letter.case, []
    for many in (1, 39):
        for number in range(many):
            factories.a_promise(house, case, day=NOW.date() + (many + number) * DAY)
        with CaptureQueriesContext(connection) as queries:
            page = words(adviser.get(f"/cases/{case.pk}/"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert "41. " in picture(page)


def test_the_clocks_of_another_case_are_not_shown(
    house: factories.House, adviser: Client, deadline: Deadline
) -> None:
    other = factories.a_full_case(house)

    assert "Nothing runs yet" in words(adviser.get(f"/cases/{other.pk}/"))


def test_words_of_a_deadline_are_shown_as_text(adviser: Client, deadline: Deadline) -> None:
    changed(deadline, requires="<b>an answer</b>")

    page = words(adviser.get(f"/cases/{deadline.letter.case_id}/"))

    assert "<b>an answer" not in page.lower()
    assert "&lt;b&gt;an answer" in page
