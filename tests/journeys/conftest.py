"""A house on which a real browser, worker and mail server work."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests import factories
from tests.journeys.pages import Walk


@pytest.fixture
def house(transactional_db: None) -> factories.House:
    """Not a demonstration: its letters go by real mail. Two invented reviewers have signed."""
    house = factories.a_house()
    factories.law_signed(house, at=timezone.now())
    return house


@pytest.fixture
def house_unsigned(transactional_db: None) -> factories.House:
    """One in which nobody has signed anything yet."""
    return factories.a_house()


@pytest.fixture
def walk(page: Page) -> Walk:
    """A browser of usual size, with scripts."""
    page.set_viewport_size({"width": 1280, "height": 900})
    return Walk(page)


@pytest.fixture
def narrow_walk(page: Page) -> Walk:
    """A telephone."""
    page.set_viewport_size({"width": 375, "height": 800})
    return Walk(page)


@pytest.fixture
def walk_without_scripts(browser: Browser, web_server: str) -> Iterator[Walk]:
    """A browser that runs no scripts, so that axe cannot look either."""
    context = browser.new_context(base_url=web_server, java_script_enabled=False, locale="en-GB")
    yield Walk(context.new_page(), has_scripts=False)
    context.close()
