"""Lists, dates, ages and counts as English; numbers are never parted from what they count."""

from collections.abc import Sequence
from datetime import date, datetime

_FIXED = "\N{NO-BREAK SPACE}"


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; refuses an empty list, which would print as a blank."""
    if not words:
        raise ValueError("nothing to list")
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} and {words[-1]}"


def listed_names(names: Sequence[str]) -> str:
    """The same for names that may hold an "and" of their own: "damp and mould, and pests"."""
    if len(names) > 1 and any(" and " in name for name in names):
        return f"{', '.join(names[:-1])}, and {names[-1]}"
    return listed(names)


def says_something(text: str) -> bool:
    """Whether the text has a character that can be seen; others print as a blank."""
    return any(character.isprintable() and not character.isspace() for character in text)


def day_in_words(day: date) -> str:
    """ "Monday 7 December 2026", never broken across lines."""
    return _FIXED.join((f"{day:%A}", str(day.day), f"{day:%B}", str(day.year)))


def short_day(day: date) -> str:
    """ "7 December 2026", never broken across lines."""
    return _FIXED.join((str(day.day), f"{day:%B}", str(day.year)))


def moment_in_words(moment: datetime) -> str:
    """ "4.30 pm on Monday 7 December 2026", by the clock it is given in."""
    hour = moment.hour % 12 or 12
    half = "am" if moment.hour < 12 else "pm"
    minute = f".{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minute}{_FIXED}{half} on {day_in_words(moment)}"


def counted(number: int, one: str, many: str) -> str:
    """ "1 course", "3 courses"."""
    return f"{number}{_FIXED}{one if number == 1 else many}"


def age_on(born: date, day: date) -> int:
    """Whole years on that day; born on 29 February counts from 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_in_words(born: date, day: date) -> str:
    """ "aged 7"; months below two years, since infants are weighed differently."""
    years = age_on(born, day)
    if years >= 2:
        return f"aged{_FIXED}{years}"
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return f"aged{_FIXED}{counted(months, 'month', 'months')}"


def in_one_piece(text: str) -> str:
    """For a telephone number: never broken across lines."""
    return text.replace(" ", _FIXED)


def sentence(text: str) -> str:
    """Somebody's own words as a sentence: a capital first, a full stop last if none is there."""
    stripped = text.strip()
    closed = stripped if stripped.endswith((".", "!", "?")) else f"{stripped}."
    return closed[:1].upper() + closed[1:]


def clause(text: str) -> str:
    """Somebody's own words for the middle of a sentence: no full stop, no capital at the start."""
    return lower_first(text.strip().rstrip("."))


def lower_first(text: str) -> str:
    """For the middle of a sentence; abbreviations like COPD keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
