"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

LENGTH = 50
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of rows that nobody has counted, which takes longer than to read fifty of them.
    `earlier` and `later` number the pages beside it; None where there is none."""

    rows: tuple[Any, ...]
    earlier: int | None
    later: int | None


def one_page(request: HttpRequest, rows: QuerySet[Any]) -> Listed:
    """The page that the address asks for; the first where it asks for none that has rows."""
    asked = request.GET.get("page", "")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) <= _MOST_DIGITS else 1
    found = _page(rows, number)
    if not found.rows and number > 1:
        return _page(rows, 1)
    return found


def _page(rows: QuerySet[Any], number: int) -> Listed:
    begin = (number - 1) * LENGTH
    found = tuple(rows[begin : begin + LENGTH + 1])
    return Listed(
        rows=found[:LENGTH],
        earlier=number - 1 if number > 1 else None,
        later=number + 1 if len(found) > LENGTH else None,
    )


def one_page_of_counted(request: HttpRequest, rows: Sequence[Any]) -> Page[Any]:
    """The same of rows that were read already; the nearest page where the address asks for none
    that there is."""
    return Paginator(rows, LENGTH).get_page(request.GET.get("page"))
