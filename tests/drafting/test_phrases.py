"""Lists, dates, ages and counts as English."""

import calendar
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.drafting import phrases

FIXED = "\N{NO-BREAK SPACE}"
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))


@pytest.mark.parametrize(
    ("words", "said"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listed(words: list[str], said: str) -> None:
    assert phrases.listed(words) == said


def test_listed_refuses_nothing() -> None:
    with pytest.raises(ValueError, match="nothing to list"):
        phrases.listed([])


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["damp and mould"], "damp and mould"),
        (["damp and mould", "pests"], "damp and mould, and pests"),
        (["excess cold", "pests"], "excess cold and pests"),
        (["excess cold", "pests", "damp and mould"], "excess cold, pests, and damp and mould"),
    ],
)
def test_listed_names_parts_names_that_hold_and(names: list[str], said: str) -> None:
    assert phrases.listed_names(names) == said


@pytest.mark.parametrize(
    ("text", "says"),
    [("a", True), (" a ", True), ("-", True), ("", False), (" \t\n", False), ("\u200b\x07", False)],
)
def test_says_something(text: str, says: bool) -> None:  # noqa: FBT001 - a case, not a switch
    assert phrases.says_something(text) is says


def test_days_are_never_broken_across_lines() -> None:
    day = date(2026, 12, 7)

    assert phrases.day_in_words(day) == f"Monday{FIXED}7{FIXED}December{FIXED}2026"
    assert phrases.short_day(day) == f"7{FIXED}December{FIXED}2026"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 0, "12 am"),
        (9, 0, "9 am"),
        (9, 5, "9.05 am"),
        (12, 0, "12 pm"),
        (16, 30, "4.30 pm"),
        (23, 59, "11.59 pm"),
    ],
)
def test_moment_in_words(hour: int, minute: int, said: str) -> None:
    moment = datetime(2026, 12, 7, hour, minute)  # noqa: DTZ001 - the clock on the wall

    words = phrases.moment_in_words(moment).replace(FIXED, " ")

    assert words == f"{said} on Monday 7 December 2026"


@pytest.mark.parametrize(("number", "said"), [(0, "0 courses"), (1, "1 course"), (3, "3 courses")])
def test_counted(number: int, said: str) -> None:
    assert phrases.counted(number, "course", "courses").replace(FIXED, " ") == said


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2019, 3, 4), date(2026, 3, 3), 6),
        (date(2019, 3, 4), date(2026, 3, 4), 7),
        (date(2020, 2, 29), date(2027, 2, 28), 6),
        (date(2020, 2, 29), date(2027, 3, 1), 7),
    ],
)
def test_age_on(born: date, day: date, age: int) -> None:
    assert phrases.age_on(born, day) == age


@given(DAYS, st.integers(min_value=0, max_value=120))
def test_age_grows_by_one_on_each_birthday(born: date, years: int) -> None:
    is_leap_child = (born.month, born.day) == (2, 29)
    year = born.year + years
    birthday = (
        date(year, 3, 1) if is_leap_child and not calendar.isleap(year) else born.replace(year=year)
    )

    assert phrases.age_on(born, birthday) == years


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2026, 11, 23), "aged 0 months"),
        (date(2026, 10, 23), "aged 1 month"),
        (date(2026, 10, 24), "aged 0 months"),
        (date(2024, 11, 24), "aged 23 months"),
        (date(2024, 11, 23), "aged 2"),
    ],
)
def test_age_in_words_counts_months_for_infants(born: date, said: str) -> None:
    assert phrases.age_in_words(born, date(2026, 11, 23)).replace(FIXED, " ") == said


@pytest.mark.parametrize(
    ("own", "said"),
    [("it leaks", "It leaks."), (" It leaks! ", "It leaks!"), ("why?", "Why?"), ("a.", "A.")],
)
def test_sentence(own: str, said: str) -> None:
    assert phrases.sentence(own) == said


@pytest.mark.parametrize(
    ("own", "said"), [("Any day. ", "any day"), ("COPD since 2021", "COPD since 2021"), ("", "")]
)
def test_clause(own: str, said: str) -> None:
    assert phrases.clause(own) == said
