"""Months as bars with their words beside them; widths in hundredths of the picture, so that words
keep their size on a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass

from letters.drafting.phrases import counted
from letters.outcomes.months import Month

_LINE = 24
_GAP = 16
_WIDEST = 40  # the rest is for the words


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`kind` is how it is drawn; '' for a line of words alone."""

    top: int
    kind: str
    width: float
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The bars of one month."""

    top: int
    month: Month
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    groups: tuple[Group, ...]
    height: int


def chart_of(months: Sequence[Month]) -> Chart | None:
    """None where no letter has left in any of them."""
    most = max(month.letters for month in months)
    if not most:
        return None
    groups: list[Group] = []
    top = 0
    for month in months:
        bars = _bars(month, most, top + _LINE)
        groups.append(Group(top=top, month=month, bars=bars))
        top = bars[-1].top + _LINE + _GAP
    return Chart(groups=tuple(groups), height=top - _GAP)


def _bars(month: Month, most: int, top: int) -> tuple[Bar, ...]:
    if not month.letters:
        return (Bar(top=top, kind="", width=0, says="No letters sent"),)
    cases = counted(month.cases, "case", "cases")
    said = (
        ("letters", month.letters, f"{counted(month.letters, 'letter', 'letters')} sent"),
        ("inspected", month.inspected, f"{month.inspected} of {cases} inspected"),
        ("mended", month.mended, f"{month.mended} of {cases} mended"),
    )
    return tuple(
        Bar(top=top + _LINE * number, kind=kind, width=_WIDEST * count / most, says=says)
        for number, (kind, count, says) in enumerate(said)
    )
