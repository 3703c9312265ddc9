"""When a letter is taken to have arrived: cautious, never before it was sent."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.law.errors import LawFileError, NaiveMoment
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import LONDON
from letters.law.receipt import ReceiptRules, read_receipt_rules
from letters.law.working_days import WorkingDays
from tests.law.law_cases import TEMPLATES

RULES = read_receipt_rules(TEMPLATES, Jurisdiction.ENGLAND)
CALENDAR = WorkingDays.of(Jurisdiction.ENGLAND)
MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2028, 11, 1),  # noqa: DTZ001
    timezones=st.sampled_from([LONDON, ZoneInfo("UTC"), ZoneInfo("Asia/Kolkata")]),
)
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 11, 1))
GOOD = """citation: a rule
verification: source
sources: [somewhere]
email: {before: "16:30", says: Words.}
post: {days: 2, says: Words.}
"""


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type,misc]  # year to second


def end_of(*parts: int) -> datetime:
    return datetime.combine(date(*parts), time(23, 59, 59), tzinfo=LONDON)


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        (london(2026, 11, 23, 9), london(2026, 11, 23, 9)),
        (london(2026, 11, 23, 16, 29, 59), london(2026, 11, 23, 16, 29, 59)),
        (london(2026, 11, 23, 16, 30), end_of(2026, 11, 24)),
        (london(2026, 11, 27, 17), end_of(2026, 11, 30)),
        (london(2026, 11, 28, 9), end_of(2026, 11, 30)),
        (london(2026, 12, 24, 17), end_of(2026, 12, 29)),
        (london(2026, 12, 25, 9), end_of(2026, 12, 29)),
    ],
)
def test_of_email(sent: datetime, received: datetime) -> None:
    assert RULES.of_email(sent, CALENDAR) == received


def test_of_email_reads_the_clock_of_london() -> None:
    summer = datetime(2026, 7, 1, 15, 45, tzinfo=ZoneInfo("UTC"))  # 16.45 in London

    assert RULES.of_email(summer, CALENDAR) == end_of(2026, 7, 2)


@given(MOMENTS)
def test_of_email_is_never_before_it_was_sent(sent: datetime) -> None:
    assert RULES.of_email(sent, CALENDAR) >= sent


@given(MOMENTS)
def test_of_email_is_the_same_moment_or_a_working_day(sent: datetime) -> None:
    received = RULES.of_email(sent, CALENDAR)

    assert received == sent or CALENDAR.is_working(received.date())
    assert CALENDAR.is_working(received.date())


@given(MOMENTS, st.timedeltas(min_value=timedelta(), max_value=timedelta(days=10)))
def test_of_email_keeps_the_order_of_sending(sent: datetime, after: timedelta) -> None:
    later = sent + after

    # on the day of arrival itself a moment is known more finely than a day's end
    assert RULES.of_email(later, CALENDAR).date() >= RULES.of_email(sent, CALENDAR).date()


def test_of_email_refuses_a_moment_without_a_zone() -> None:
    with pytest.raises(NaiveMoment):
        RULES.of_email(datetime(2026, 11, 23, 9), CALENDAR)  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize(
    ("posted", "received"),
    [
        (date(2026, 11, 23), end_of(2026, 11, 25)),
        (date(2026, 11, 26), end_of(2026, 11, 30)),
        (date(2026, 11, 27), end_of(2026, 11, 30)),
        (date(2026, 11, 28), end_of(2026, 11, 30)),
        (date(2026, 12, 23), end_of(2026, 12, 29)),
        (date(2026, 12, 24), end_of(2026, 12, 29)),
    ],
)
def test_of_post(posted: date, received: datetime) -> None:
    assert RULES.of_post(posted, CALENDAR) == received


@given(DAYS)
def test_of_post_is_a_working_day_two_days_on(posted: date) -> None:
    day = RULES.of_post(posted, CALENDAR).date()

    assert CALENDAR.is_working(day)
    assert day >= posted + timedelta(days=2)


def read(folder: Path, text: str) -> ReceiptRules:
    (folder / "england").mkdir()
    (folder / "england" / "receipt.yaml").write_text(text, encoding="utf-8")
    return read_receipt_rules(folder, Jurisdiction.ENGLAND)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"16:30"', '"4.30 pm"', 4),
        ('"16:30"', '"24:00"', 4),
        ('"16:30"', "16:30", 4),
        ("days: 2", "days: two", 5),
        ("days: 2, ", "", 5),
        ("citation: a rule", "rule: a rule", 1),
    ],
)
def test_read_refuses_with_file_and_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    with pytest.raises(LawFileError) as refused:
        read(tmp_path, GOOD.replace(old, new))

    assert refused.value.path.name == "receipt.yaml"
    assert refused.value.line == line


def test_rules_say_that_they_are_an_analogy() -> None:
    assert "by analogy" in RULES.citation
    assert "4.30 pm" in RULES.email_says
    assert "second day after posting" in RULES.post_says
