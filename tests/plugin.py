"""Loaded before Django's settings: starts the servers once a run and tells where they are."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from hjp_letters.command import servers

# Set for the xdist workers, and by `./hjp test`, when the servers run already.
RUNNING = "HJP_TEST_SERVERS"
_open = contextlib.ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """A wrapper, because pytest-django reads the settings in this very hook."""
    if RUNNING not in os.environ:
        directory = Path(tempfile.mkdtemp(prefix="hjp-tests-"))
        directory.chmod(0o711)  # PostgreSQL may run as another account, in a folder of its own
        _open.callback(shutil.rmtree, directory, ignore_errors=True)
        announce(_open.enter_context(servers.running(directory, options=servers.FLEETING)))
    _use_own_queue()
    return (yield)


def announce(addresses: servers.Addresses) -> None:
    """Pass the addresses to this process and its children."""
    os.environ["DATABASE_URL"] = addresses.database_url
    os.environ["REDIS_URL"] = os.environ[RUNNING] = addresses.redis_url


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what this process started; the workers started nothing."""
    if not hasattr(config, "workerinput"):
        _open.close()


def _use_own_queue() -> None:
    """A numbered Valkey database for each xdist worker, as pytest-django gives each its rows."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = os.environ[RUNNING].rsplit("/", 1)[0] + f"/{number}"
