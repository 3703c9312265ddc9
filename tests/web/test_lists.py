"""Long lists, a page at a time."""

import re

import pytest
from django.test import Client

from letters.web.lists import LENGTH
from tests import factories
from tests.web.conftest import words

CASE_LINK = re.compile(r'href="/cases/[0-9a-f-]{36}/"')


@pytest.fixture
def one_too_many(house: factories.House) -> set[str]:
    """The cases of a list of more than one page, all opened at the same moment."""
    return {factories.a_case(house).reference for _ in range(LENGTH + 1)}


def _shown(client: Client, page: str) -> tuple[int, bool, bool]:
    """How many cases a page has, and whether newer and older ones are offered beside it."""
    html = words(client.get(f"/cases/{page}"))
    return len(CASE_LINK.findall(html)), "Newer" in html, "Older" in html


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("", (LENGTH, False, True)),
        ("?page=2", (1, True, False)),
        ("?page=3", (LENGTH, False, True)),
        ("?page=0", (LENGTH, False, True)),
        ("?page=-1", (LENGTH, False, True)),
        ("?page=99999999999999999999", (LENGTH, False, True)),
        ("?page=two", (LENGTH, False, True)),
    ],
)
def test_a_list_is_shown_by_pages_and_begins_anew_where_there_is_none(
    clinician: Client, one_too_many: set[str], page: str, shown: tuple[int, bool, bool]
) -> None:
    assert _shown(clinician, page) == shown


def test_every_case_stands_on_one_page(clinician: Client, one_too_many: set[str]) -> None:
    pages = [words(clinician.get(f"/cases/?page={number}")) for number in (1, 2)]

    assert [sum(case in page for page in pages) for case in one_too_many] == [1] * (LENGTH + 1)
